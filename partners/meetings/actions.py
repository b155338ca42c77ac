"""Meetings are planned, announced, moved, cancelled and held."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partners.groups.actions import lock_group
from partners.groups.errors import GroupHasEnded
from partners.groups.models import GroupMember
from partners.groups.states import GroupRole
from partners.meetings import emails
from partners.meetings.calendars import cancellation_of, request_of, request_of_series
from partners.meetings.errors import EndsBeforeStart, MeetingMoveNotPossible, NobodyInvited, NoChair, StartsInPast
from partners.meetings.invitations import invite_members, people_of
from partners.meetings.locks import PLAN, lock_meeting
from partners.meetings.models import Invitation, Meeting, MeetingSeries
from partners.meetings.states import MEETING_MOVES, Extent, MeetingMove, MeetingState, Repetition
from partners.meetings.times import days_of_series, moment_at
from victor.access import require
from victor.audit.actions import record

if TYPE_CHECKING:
    from partners.groups.models import WorkingGroup
    from victor.accounts.models import User

AfterScheduling = Callable[["WorkingGroup"], object]
Act = TypeVar("Act", bound=AfterScheduling)
AFTER_SCHEDULING: list[AfterScheduling] = []  # what higher slices do when another meeting may be the next one


@dataclass(frozen=True)
class Plan:
    """When and where a meeting is, on the organiser's clock."""

    title: str
    day: date
    starts: time
    ends: time
    time_zone: str
    place: str = ""
    link: str = ""
    languages: Collection[str] = ()
    interpretation: Collection[str] = ()
    answer_by: date | None = None

    def span_on(self, day: date) -> tuple[datetime, datetime]:
        """The moments on a day.

        Raises:
            EndsBeforeStart: the end is not after the start.
            NoSuchHour: the clocks go forward over one of the hours.
        """
        if self.ends <= self.starts:
            raise EndsBeforeStart
        zone = ZoneInfo(self.time_zone)
        return moment_at(day, self.starts, zone), moment_at(day, self.ends, zone)


def follows_scheduling(act: Act) -> Act:
    """Call `act(group)` in the transaction in which meetings of a locked group are planned, moved or cancelled."""
    AFTER_SCHEDULING.append(act)
    return act


@transaction.atomic
def plan_meetings(
    group: WorkingGroup, plan: Plan, *, by: User, repetition: Repetition | None = None, last_day: date | None = None
) -> list[Meeting]:
    """Draft a meeting, or a series of them, with all members of the group as those who will be invited.

    Raises:
        GroupHasEnded: the group has ended.
        EndsBeforeStart, NoSuchHour, TooManyMeetings: the times are not possible.
    """
    group = lock_group(group)
    require(by, "partners.lead_group", group)
    if group.ended_on is not None:
        raise GroupHasEnded
    days = days_of_series(plan.day, repetition, last_day) if repetition and last_day else [plan.day]
    spans = [plan.span_on(day) for day in days]
    series = _save_series(group, plan, repetition, spans[0][0], days[-1]) if repetition else None
    number = group.meetings.aggregate(last=Max("number"))["last"] or 0
    meetings = []
    for place, (starts, ends) in enumerate(spans, start=1):
        meeting = Meeting(group=group, series=series, number=number + place, planned_by=by, quorum=group.quorum)
        _apply(meeting, plan, starts, ends)
        meeting.original_start = starts if series else None
        meeting.save(force_insert=True)
        invite_members(meeting)
        meetings.append(meeting)
    _follow_scheduling(group)
    record("meeting.planned", group, by=by, number=len(meetings), first=meetings[0].pk)
    return meetings


@transaction.atomic
def change_draft(meeting: Meeting, plan: Plan, *, by: User) -> Meeting:
    """Change a meeting of which nobody has been announced.

    Raises:
        MeetingMoveNotPossible: it is no draft any more.
        EndsBeforeStart, NoSuchHour: the times are not possible.
    """
    group = lock_group(meeting.group)
    meeting = lock_meeting(meeting)
    require(by, PLAN, meeting)
    if meeting.state != MeetingState.DRAFT:
        raise MeetingMoveNotPossible
    starts, ends = plan.span_on(plan.day)
    _apply(meeting, plan, starts, ends)
    meeting.save()
    _follow_scheduling(group)
    record("meeting.changed", meeting, by=by)
    return meeting


@transaction.atomic
def announce_meetings(meeting: Meeting, *, by: User) -> int:
    """Invite everybody to a meeting, or to its whole series. Return how many people get a mail.

    Raises:
        MeetingMoveNotPossible: it is no draft.
        NoChair: nobody leads the group.
        NobodyInvited: there is nobody to invite.
        StartsInPast: it would have begun already.
    """
    meetings = _lock_extent(meeting, Extent.ALL)
    first = meetings[0]
    require(by, PLAN, first)
    _require_move(meetings, MeetingMove.ANNOUNCE)
    if first.starts <= timezone.now():
        raise StartsInPast
    chairs = GroupMember.objects.active().filter(group=first.group, role__in=[GroupRole.CHAIR, GroupRole.DEPUTY])
    if not chairs.exists():
        raise NoChair
    people = people_of(meetings)
    if not people:
        raise NobodyInvited
    now = timezone.now()
    for row in meetings:
        row.state, row.announced_at, row.changed_at, row.planned_by = MeetingState.ANNOUNCED, now, now, by
        row.save(update_fields=["state", "announced_at", "changed_at", "planned_by"])
    Invitation.objects.filter(meeting__in=meetings).update(invited_at=now)
    whole = _whole_series(first)
    for invitation, theirs in people:
        is_whole = first.series is not None and len(theirs) == len(meetings)
        file = request_of_series(whole, invitation) if is_whole else request_of(theirs, invitation)
        emails.send_invitation(theirs[0], invitation, file)
    record("meeting.announced", first, by=by, number=len(meetings), people=len(people))
    return len(people)


@transaction.atomic
def move_meetings(meeting: Meeting, plan: Plan, extent: Extent, *, by: User) -> int:
    """Give a meeting another time or place; of a series perhaps later ones too, each by as many days and hours.

    Everybody who is invited gets one mail, and their calendar is brought up to date. Return how many people.

    Raises:
        MeetingMoveNotPossible: it is not announced, or has begun.
        EndsBeforeStart, NoSuchHour, StartsInPast: the times are not possible.
    """
    group = lock_group(meeting.group)
    meetings = _lock_extent(meeting, extent)
    require(by, PLAN, meeting)
    _require_move(meetings, MeetingMove.MOVE)
    if any(row.has_begun for row in meetings):
        raise MeetingMoveNotPossible
    anchor = next(row for row in meetings if row.pk == meeting.pk)
    days = plan.day - anchor.local_starts.date()
    earlier = anchor.starts
    moved = []
    for row in meetings:
        starts, ends = plan.span_on(row.local_starts.date() + days)
        if starts <= timezone.now():
            raise StartsInPast
        before = _place_in_time(row)
        _apply(row, plan, starts, ends)
        if _place_in_time(row) != before:
            _count_change(row)
            moved.append(row)
        row.save()
    _follow_scheduling(group)
    people = people_of(moved)
    for invitation, theirs in people:
        emails.send_change(theirs[0], invitation, request_of(theirs, invitation), earlier)
    number = len(people)
    record("meeting.moved", anchor, by=by, number=len(meetings), people=number)
    return number


@transaction.atomic
def cancel_meetings(meeting: Meeting, extent: Extent, *, by: User) -> int:
    """Cancel a meeting, or also later ones of its series. Whoever was invited gets one mail. Return how many people.

    Raises:
        MeetingMoveNotPossible: it is over, or cancelled already.
    """
    group = lock_group(meeting.group)
    meetings = _lock_extent(meeting, extent)
    require(by, PLAN, meeting)
    _require_move(meetings, MeetingMove.CANCEL)
    announced = [row for row in meetings if row.state == MeetingState.ANNOUNCED]
    for row in meetings:
        row.state = MeetingState.CANCELLED
        _count_change(row)
        row.save(update_fields=["state", "sequence", "changed_at"])
    _follow_scheduling(group)
    is_whole = extent == Extent.ALL and meetings[0].series is not None
    people = people_of(announced)
    for invitation, theirs in people:
        file = cancellation_of(theirs, invitation, is_whole_series=is_whole and len(theirs) == len(announced))
        emails.send_cancellation(theirs[0], invitation, file)
    number = len(people)
    record("meeting.cancelled", meetings[0], by=by, number=len(meetings), people=number)
    return number


@transaction.atomic
def hold_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Note that a meeting took place.

    Raises:
        MeetingMoveNotPossible: it was not announced, or has not begun.
    """
    meeting = lock_meeting(meeting)
    require(by, PLAN, meeting)
    _require_move([meeting], MeetingMove.HOLD)
    if not meeting.has_begun:
        raise MeetingMoveNotPossible
    meeting.state = MeetingState.HELD
    meeting.save(update_fields=["state"])
    record("meeting.held", meeting, by=by)
    return meeting


def _follow_scheduling(group: WorkingGroup) -> None:
    for act in AFTER_SCHEDULING:
        act(group)


def _lock_extent(meeting: Meeting, extent: Extent) -> list[Meeting]:
    """The meetings to which a change applies, locked: those that are over or cancelled are left as they are."""
    if meeting.series_id is None or extent == Extent.ONE:
        return [lock_meeting(meeting)]
    rows = Meeting.objects.select_for_update(of=["self"], no_key=True).filter(series=meeting.series_id)
    if extent == Extent.LATER:
        rows = rows.filter(starts__gte=meeting.starts)
    open_ones = rows.filter(state__in=[MeetingState.DRAFT, MeetingState.ANNOUNCED], ends__gt=timezone.now())
    listed = list(open_ones.select_related("group", "series", "planned_by").order_by("starts", "pk"))
    if meeting.pk not in {row.pk for row in listed}:
        raise MeetingMoveNotPossible
    return listed


def _require_move(meetings: Sequence[Meeting], move: MeetingMove) -> None:
    starts, _leads_to = MEETING_MOVES[move]
    if any(meeting.state not in starts for meeting in meetings):
        raise MeetingMoveNotPossible


def _apply(meeting: Meeting, plan: Plan, starts: datetime, ends: datetime) -> None:
    meeting.title, meeting.time_zone, meeting.starts, meeting.ends = plan.title, plan.time_zone, starts, ends
    meeting.place, meeting.link, meeting.answer_by = plan.place, plan.link, plan.answer_by
    meeting.languages, meeting.interpretation = list(plan.languages), list(plan.interpretation)


def _count_change(meeting: Meeting) -> None:
    """A calendar takes the file with the higher number: RFC 5546, 2.1.4."""
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, timezone.now()


def _save_series(group: WorkingGroup, plan: Plan, repetition: Repetition, first: datetime, last: date) -> MeetingSeries:
    return MeetingSeries.objects.create(
        group=group, repetition=repetition, time_zone=plan.time_zone, first_start=first, last_day=last
    )


def _whole_series(meeting: Meeting) -> list[Meeting]:
    """All meetings of its series, cancelled ones too, or the meeting alone."""
    if meeting.series_id is None:
        return [meeting]
    rows = Meeting.objects.filter(series=meeting.series_id).select_related("group", "series", "planned_by")
    return list(rows.order_by("original_start"))


def _place_in_time(meeting: Meeting) -> tuple[datetime, datetime, str, str]:
    """What a calendar has to know anew when it changes."""
    return meeting.starts, meeting.ends, meeting.place, meeting.link
