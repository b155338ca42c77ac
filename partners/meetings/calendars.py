"""Invitations for people's own calendars: RFC 5545, 5546 and 7986, and what the large calendars ask beside them.

A series has one UID for ever. One meeting of it is named by the start that was announced first (RECURRENCE-ID), also
after it was moved. SEQUENCE is counted for time, place and cancellation only. People answer by the button of our page,
so a calendar is told not to answer (RSVP=FALSE).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import STATUS, vCalAddress, vRecur

from partners.meetings.models import Invitation, Meeting
from partners.meetings.states import Answer, Repetition
from partners.meetings.times import week_of_month
from partners.meetings.tokens import invitation_token
from victor.languages import interface_language
from victor.signs import clean_signs

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
INTERVALS = {Repetition.WEEKLY: 1, Repetition.FORTNIGHTLY: 2}
PARTICIPATION = {
    Answer.NONE: "NEEDS-ACTION",
    Answer.YES: "ACCEPTED",
    Answer.PERHAPS: "TENTATIVE",
    Answer.NO: "DECLINED",
}


def request_of(meetings: Sequence[Meeting], invitation: Invitation) -> str:
    """The file that invites to meetings of one series, or to one meeting, or changes their time or place."""
    return _calendar(REQUEST, [_event(meeting, invitation) for meeting in meetings])


def request_of_series(meetings: Sequence[Meeting], invitation: Invitation) -> str:
    """The file that invites to a whole series: its rule, and every meeting that differs from it."""
    return _calendar(REQUEST, _series_events(meetings, invitation))


def cancellation_of(meetings: Sequence[Meeting], invitation: Invitation, *, is_whole_series: bool) -> str:
    """The file that cancels meetings, or the whole series by its rule."""
    if is_whole_series:
        event = _rule_event(meetings, invitation)
        event.status = STATUS.CANCELLED
        return _calendar(CANCEL, [event])
    return _calendar(CANCEL, [_event(meeting, invitation) for meeting in meetings])


def download_of(meetings: Sequence[Meeting], invitation: Invitation) -> str:
    """The file that a page offers: as it stands now, without asking the calendar to answer."""
    series = meetings[0].series
    if series is None or series.meetings.count() > len(meetings):  # a guest is invited to some of a series
        return _calendar(PUBLISH, [_event(meeting, invitation) for meeting in meetings])
    return _calendar(PUBLISH, _series_events(meetings, invitation))


def uid_of(meeting: Meeting) -> str:
    """What names the meeting, or its series, in calendars for ever."""
    return f"meeting-{meeting.series.uid if meeting.series else meeting.uid}@{_host()}"


def _series_events(meetings: Sequence[Meeting], invitation: Invitation) -> list[icalendar.Event]:
    events = [_rule_event(meetings, invitation)]
    events += [_event(meeting, invitation) for meeting in meetings if _differs(meeting, meetings[0])]
    return events


def _differs(meeting: Meeting, first: Meeting) -> bool:
    """Whether a meeting is not what the rule says: moved, or at another place, or longer."""
    is_moved = meeting.starts != meeting.original_start
    is_other = (meeting.place, meeting.link, meeting.ends - meeting.starts) != (
        first.place,
        first.link,
        first.ends - first.starts,
    )
    return not meeting.is_cancelled and (is_moved or is_other)


def _rule_event(meetings: Sequence[Meeting], invitation: Invitation) -> icalendar.Event:
    """The series by its rule. What was cancelled is left out of it."""
    first = meetings[0]
    series = first.series
    if series is None:
        raise ValueError("a meeting of no series has no rule")
    event = _event(first, invitation, is_rule=True)
    zone = ZoneInfo(series.time_zone)
    begins = series.first_start.astimezone(zone)
    event.sequence = series.meetings.aggregate(highest=Max("sequence"))["highest"] or 0
    for name, moment in (("DTSTART", begins), ("DTEND", begins + (first.ends - first.starts))):
        del event[name]
        event.add(name, moment)
    event.add("rrule", _rule(series.repetition, first))
    for meeting in meetings:
        if meeting.is_cancelled and meeting.original_start:
            event.add("exdate", meeting.original_start.astimezone(zone))
    return event


def _rule(repetition: str, first: Meeting) -> vRecur:
    """UNTIL is in UTC where the start has a time zone: RFC 5545, 3.3.10."""
    series = first.series
    begins = series.first_start.astimezone(ZoneInfo(series.time_zone)) if series else first.local_starts
    last = series.last_day if series else begins.date()
    until = begins.replace(year=last.year, month=last.month, day=last.day, hour=23, minute=59).astimezone(UTC)
    if repetition in INTERVALS:
        return vRecur(freq="WEEKLY", interval=INTERVALS[Repetition(repetition)], until=until)
    weekday = f"{week_of_month(begins.date())}{WEEKDAYS[begins.weekday()]}"
    return vRecur(freq="MONTHLY", byday=weekday, until=until)


def _event(meeting: Meeting, invitation: Invitation, *, is_rule: bool = False) -> icalendar.Event:
    """One meeting. Where it belongs to a series and is not its rule, its first start names it."""
    link = urljoin(settings.SITE_URL, reverse("partners:invitation", args=[invitation_token(invitation)]))
    event = icalendar.Event.new(
        uid=uid_of(meeting),
        start=meeting.local_starts,
        end=meeting.local_ends,
        stamp=meeting.changed_at,
        last_modified=meeting.changed_at,
        sequence=meeting.sequence,
        status=STATUS.CANCELLED if meeting.is_cancelled and not is_rule else STATUS.CONFIRMED,
        summary=clean_signs(meeting.title if invitation.shows_title else _("VICTOR meeting")),
        description=link,
        location=clean_signs(meeting.place or meeting.link),
        url=link,
    )
    if meeting.series and meeting.original_start and not is_rule:
        event.add("recurrence-id", meeting.original_start.astimezone(ZoneInfo(meeting.series.time_zone)))
    event.add("organizer", _address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], "VICTOR"))
    guest = _address(invitation.email, invitation.name)
    guest.params["PARTSTAT"] = PARTICIPATION[Answer(invitation.answer)]
    guest.params["RSVP"] = "FALSE"
    event.add("attendee", guest)
    return event


def _calendar(method: str, events: Sequence[icalendar.Event]) -> str:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//VICTOR//Meetings//{interface_language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    days = [moment.date() for event in events for moment in (event.start, event.end) if isinstance(moment, datetime)]
    last = max(days) + timedelta(days=2 * 366)  # a series goes on: both clock changes of each year are named
    calendar.add_missing_timezones(min(days), last)
    return str(calendar.to_ical().decode())


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = clean_signs(name)
    return address


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
