"""Calendar files: RFC 5545, 5546, 7986 and what the large calendars ask, read again by two ways.

Google, Outlook and Apple ask: METHOD and a matching STATUS, ORGANIZER and ATTENDEE as addresses, DTSTAMP, a UID that
stays, a SEQUENCE that grows, VTIMEZONE for each TZID, lines of at most 75 octets that end with CRLF.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr

from partners.meetings.actions import announce_meetings, cancel_meetings, move_meetings, plan_meetings
from partners.meetings.calendars import download_of, request_of
from partners.meetings.models import Invitation, Meeting
from partners.meetings.states import Extent, Repetition
from tests.partners.groups.sample_groups import join
from tests.partners.meetings.sample_meetings import (
    ZONES,
    announced,
    chaired_group,
    invitation_of_member,
    make_countries,
    plan_on,
)
from victor.mail.delivery import _as_mail
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
DAY = date(2027, 1, 12)


@pytest.fixture(autouse=True)
def now(at) -> None:
    at(NOW)
    make_countries()


def rows_of(meeting: Meeting) -> list[Meeting]:
    series = Meeting.objects.filter(series=meeting.series_id).select_related("group", "series")
    return list(series.order_by("original_start"))


def starts_by_library(text: str) -> set[datetime]:
    """All starts that the file means, read by icalendar and expanded by dateutil."""
    calendar = icalendar.Calendar.from_ical(text)
    master = next(event for event in calendar.events if "RECURRENCE-ID" not in event)
    left_out = {moment.dt for dates in _several(master.get("EXDATE")) for moment in dates.dts}
    rule = rrulestr(master["RRULE"].to_ical().decode(), dtstart=master.start)
    moments = {moment for moment in rule if moment not in left_out}
    for event in calendar.events:
        if "RECURRENCE-ID" in event:
            moments.discard(event["RECURRENCE-ID"].dt)
            moments.add(event.start)
    return {moment.astimezone(UTC) for moment in moments}


def _several(value: object) -> list:
    return value if isinstance(value, list) else [value] if value else []


def starts_by_hand(text: str) -> set[datetime]:
    """The same, read line by line as RFC 5545 writes it, without a library."""
    blocks = text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    moments: dict[datetime, datetime] = {}
    for block in blocks:
        lines = block.split("\r\n")
        start = _moments_of(lines, "DTSTART")[0]
        replaced = _moments_of(lines, "RECURRENCE-ID")
        if replaced:
            moments[replaced[0]] = start
            continue
        rule = dict(part.split("=") for line in lines if line.startswith("RRULE:") for part in line[6:].split(";"))
        until = datetime.strptime(rule["UNTIL"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        left_out = set(_moments_of(lines, "EXDATE"))
        for moment in _walk(start, rule):
            if moment.astimezone(UTC) > until:
                break
            if moment not in left_out:
                moments.setdefault(moment, moment)
    return {moment.astimezone(UTC) for moment in moments.values()}


def _walk(start: datetime, rule: dict[str, str]):
    """The starts of a rule, one after the other, for ever."""
    day, place = start.date(), int(rule.get("BYDAY", "0")[:1] or 0)
    while True:
        is_meant = rule["FREQ"] == "WEEKLY" or (day.weekday() == start.weekday() and (day.day - 1) // 7 + 1 == place)
        if is_meant:
            yield datetime.combine(day, start.time(), start.tzinfo)
        day += timedelta(days=7 * int(rule.get("INTERVAL", 1)) if rule["FREQ"] == "WEEKLY" else 1)


def _moments_of(lines: list[str], name: str) -> list[datetime]:
    moments = []
    for line in lines:
        if line.startswith((f"{name};", f"{name}:")):
            head, _colon, values = line.partition(":")
            zone = ZoneInfo(head.partition("TZID=")[2])
            moments += [datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zone) for value in values.split(",")]
    return moments


@pytest.mark.parametrize("number_of_series", [20, pytest.param(200, marks=[pytest.mark.long, pytest.mark.prove])])
def test_two_readers_agree_on_series_that_were_changed_at_random(number_of_series, figure):
    """The meetings that are left, each where it was moved to, are what both readers find."""
    chance, changes = random.Random(20261201), 0
    group, chair = chaired_group()
    for _number in range(number_of_series):
        zone = chance.choice(sorted(ZONES.values()))
        first = DAY + timedelta(days=chance.randrange(300))
        repetition = chance.choice(list(Repetition))
        hours = {"starts": time(chance.randrange(7, 20)), "ends": time(21), "time_zone": zone}
        last = first + timedelta(days=chance.randrange(60, 330))
        planned = plan_meetings(group, plan_on(first, **hours), by=chair, repetition=repetition, last_day=last)
        announce_meetings(planned[0], by=chair)
        for meeting in chance.sample(planned, min(2, len(planned) - 1)):
            changes += 1
            if chance.random() < 0.5:
                cancel_meetings(meeting, Extent.ONE, by=chair)
            else:
                day = meeting.local_starts.date() + timedelta(days=1)
                move_meetings(meeting, plan_on(day, **hours), Extent.ONE, by=chair)
        rows = rows_of(planned[0])
        text = download_of(rows, rows[0].invitations.get())
        expected = {row.starts for row in rows if not row.is_cancelled}
        assert starts_by_library(text) == expected
        assert starts_by_hand(text) == expected
    figure(f"series read alike by two readers, {changes} changes", number_of_series)


@pytest.mark.parametrize("zone", sorted(ZONES.values()))
def test_local_hour_is_constant_over_both_clock_changes(zone):
    group, chair = chaired_group()
    plan = plan_on(DAY, time_zone=zone)
    planned = plan_meetings(group, plan, by=chair, repetition=Repetition.WEEKLY, last_day=date(2027, 12, 1))
    announce_meetings(planned[0], by=chair)
    rows = rows_of(planned[0])
    read = starts_by_library(download_of(rows, rows[0].invitations.get()))
    assert {moment.astimezone(ZoneInfo(zone)).time() for moment in read} == {time(16)}


def test_series_has_one_uid_for_ever():
    meeting, chair = announced(DAY, repetition=Repetition.WEEKLY, last=date(2027, 2, 9))
    before = icalendar.Calendar.from_ical(download_of(rows_of(meeting), invitation_of_member(meeting)))
    move_meetings(meeting, plan_on(DAY + timedelta(days=1)), Extent.ONE, by=chair)
    after = icalendar.Calendar.from_ical(download_of(rows_of(meeting), invitation_of_member(meeting)))
    assert {event["UID"] for event in (*before.events, *after.events)} == {before.events[0]["UID"]}


def calendars_sent() -> list[icalendar.Calendar]:
    files = Message.objects.order_by("pk").values_list("facts__calendar_file", flat=True)
    return [icalendar.Calendar.from_ical(file) for file in files]


def test_moved_meeting_is_named_by_its_first_start():
    meeting, chair = announced(DAY, repetition=Repetition.WEEKLY, last=date(2027, 2, 9))
    Message.objects.all().delete()
    move_meetings(meeting, plan_on(DAY + timedelta(days=1)), Extent.ONE, by=chair)
    meeting.refresh_from_db()
    move_meetings(meeting, plan_on(DAY + timedelta(days=2)), Extent.ONE, by=chair)
    (event,) = calendars_sent()[-1].events
    assert event["RECURRENCE-ID"].dt.date() == DAY
    assert event["SEQUENCE"] == 2


def test_cancellation_says_so_with_a_higher_sequence():
    meeting, chair = announced(DAY)
    Message.objects.all().delete()
    cancel_meetings(meeting, Extent.ONE, by=chair)
    (calendar, *_others) = calendars_sent()
    assert calendar["METHOD"] == "CANCEL"
    assert calendar.events[0]["STATUS"] == "CANCELLED"
    assert calendar.events[0]["SEQUENCE"] == 1


def test_cancellation_of_a_series_names_no_single_meeting():
    meeting, chair = announced(DAY, repetition=Repetition.WEEKLY, last=date(2027, 2, 9))
    Message.objects.all().delete()
    cancel_meetings(meeting, Extent.ALL, by=chair)
    (calendar, *_others) = calendars_sent()
    assert "RECURRENCE-ID" not in calendar.events[0]
    assert "RRULE" in calendar.events[0]


def test_answer_changes_no_sequence():
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    Invitation.objects.filter(pk=invitation.pk).update(answer="yes")
    invitation.refresh_from_db()
    event = icalendar.Calendar.from_ical(request_of([meeting], invitation)).events[0]
    assert event["SEQUENCE"] == 0
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_request_has_what_the_large_calendars_ask():
    meeting, _chair = announced(DAY)
    text = request_of([meeting], invitation_of_member(meeting))
    event = icalendar.Calendar.from_ical(text).events[0]
    assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "ORGANIZER", "ATTENDEE", "SUMMARY"} <= set(
        event
    )
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert "BEGIN:VTIMEZONE" in text


def test_lines_are_folded_and_end_as_the_standard_says():
    meeting, _chair = announced(DAY)
    Meeting.objects.update(place="Η αίθουσα του πρώτου ορόφου " * 6)
    meeting.refresh_from_db()
    text = request_of([meeting], invitation_of_member(meeting))
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert "\n" not in "".join(lines)


def test_title_is_hidden_unless_the_person_has_chosen_it():
    meeting, _chair = announced(DAY)
    invitation = invitation_of_member(meeting)
    assert icalendar.Calendar.from_ical(request_of([meeting], invitation)).events[0]["SUMMARY"] == "VICTOR meeting"
    invitation.shows_title = True
    assert icalendar.Calendar.from_ical(request_of([meeting], invitation)).events[0]["SUMMARY"] == "Rota"


def test_mail_carries_the_file_as_an_invitation():
    announced(DAY)
    parts = _as_mail(Message.objects.first()).message().walk()
    (part,) = [part for part in parts if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"


def test_evening_in_kyiv_is_another_day_in_the_mail_of_nobody_but_both_say_so():
    group, chair = chaired_group()
    join(group)
    plan = plan_on(DAY, starts=time(0, 30), ends=time(1), time_zone="Europe/Kyiv")
    (meeting,) = plan_meetings(group, plan, by=chair)
    Invitation.objects.filter(meeting=meeting).update(time_zone="Europe/Ljubljana")
    announce_meetings(meeting, by=chair)
    facts = Message.objects.first().facts
    assert "Monday, 11 January 2027" in facts["there"]
    assert "Tuesday, 12 January 2027" in facts["here"]
