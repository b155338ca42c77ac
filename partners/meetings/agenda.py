"""What a meeting deals with: put on its agenda, and taken off."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from partners.meetings.errors import MeetingMoveNotPossible
from partners.meetings.locks import PLAN, lock_meeting
from partners.meetings.models import AgendaItem, Meeting
from partners.meetings.states import ItemKind, MeetingState
from victor.access import Actor, require
from victor.audit.actions import record


@transaction.atomic
def add_item(meeting: Meeting, title: str, *, kind: ItemKind, minutes: int, who: str, by: Actor) -> AgendaItem:
    """Put something on the agenda. After the invitation it is marked as late.

    Raises:
        MeetingMoveNotPossible: the meeting is over, or cancelled.
    """
    meeting = lock_meeting(meeting)
    require(by, PLAN, meeting)
    if meeting.state not in {MeetingState.DRAFT, MeetingState.ANNOUNCED}:
        raise MeetingMoveNotPossible
    is_late = meeting.state == MeetingState.ANNOUNCED
    item = append_item(meeting, title, kind=kind, minutes=minutes, who=who, is_late=is_late)
    record("meeting.item_added", meeting, by=by, item=item.pk)
    return item


def append_item(
    meeting: Meeting,
    title: str,
    *,
    kind: ItemKind = ItemKind.DISCUSSION,
    minutes: int = 10,
    who: str = "",
    is_late: bool = False,
    carried_from: str = "",
) -> AgendaItem:
    """Write an item at the end of the agenda of a locked meeting."""
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.create(
        meeting=meeting,
        position=last + 1,
        title=title,
        kind=kind,
        minutes=minutes,
        who=who,
        is_late=is_late,
        carried_from=carried_from,
    )


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Actor) -> None:
    """Take something off the agenda before anybody was invited.

    Raises:
        MeetingMoveNotPossible: people have been invited to it.
    """
    meeting = lock_meeting(item.meeting)
    require(by, PLAN, meeting)
    if meeting.state != MeetingState.DRAFT:
        raise MeetingMoveNotPossible
    item.delete()
    record("meeting.item_removed", meeting, by=by)
