"""Open actions stand on the next agenda of their group by themselves, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from partners.meetings.actions import follows_scheduling
from partners.meetings.agenda import append_item
from partners.meetings.locks import lock_meeting
from partners.meetings.models import AgendaItem, Meeting
from partners.meetings.states import MeetingState
from partners.minutes.models import Action

if TYPE_CHECKING:
    from partners.groups.models import WorkingGroup

MINUTES = 5  # planned for an action
TITLE_LENGTH = 200


def next_meeting_of(group: WorkingGroup) -> Meeting | None:
    """The next meeting of a group that has not begun and is not cancelled."""
    coming = Meeting.objects.filter(group=group, starts__gt=timezone.now())
    return coming.filter(state__in=[MeetingState.DRAFT, MeetingState.ANNOUNCED]).order_by("starts", "pk").first()


@follows_scheduling
def carry_open_actions(group: WorkingGroup) -> int:
    """Put every open action on the next agenda, and take what is no longer open from agendas to come.

    Return how many are new there. The caller has locked the group.
    """
    meeting = next_meeting_of(group)
    actions = Action.objects.filter(group=group).select_related("item__meeting")
    open_ones = actions.open().exclude(item__meeting=meeting) if meeting else actions.none()
    coming = AgendaItem.objects.filter(meeting__group=group, meeting__starts__gt=timezone.now())
    stale = coming.filter(carried_action__isnull=False).exclude(meeting=meeting, carried_action__in=open_ones)
    stale.delete()
    if meeting is None:
        return 0
    meeting = lock_meeting(meeting)
    new = list(open_ones.exclude(carried_to__meeting=meeting).order_by("due_on", "pk"))
    for action in new:
        title, is_late = action.words[:TITLE_LENGTH], meeting.state == MeetingState.ANNOUNCED
        source = source_of(action)
        action.carried_to = append_item(meeting, title, minutes=MINUTES, is_late=is_late, carried_from=source)
        action.save(update_fields=["carried_to"])
    return len(new)


def source_of(action: Action) -> str:
    """The numbers of the meeting and of the item that an action comes from: 6.3."""
    return f"{action.item.meeting.number}.{action.item.position}" if action.item else ""
