"""Hours on local clocks: those that exist, those of a series, and what a moment is called elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from partners.directory.models import Country
from partners.meetings.errors import NoSuchHour, TooManyMeetings
from partners.meetings.states import Repetition
from victor.formatting import short_appointment, timezone_location

MAX_MEETINGS = 60  # in a series
STEPS = {Repetition.WEEKLY: timedelta(days=7), Repetition.FORTNIGHTLY: timedelta(days=14)}
DAYS_A_WEEK = 7


def moment_at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """The moment of an hour on a local clock. Of an hour that comes twice, the first.

    Raises:
        NoSuchHour: the clocks go forward over it.
    """
    local = datetime.combine(day, hour, zone)
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchHour(local, zone)
    return local


def days_of_series(first: date, repetition: Repetition, last: date) -> list[date]:
    """The days of a series, the first and perhaps the last among them.

    Raises:
        TooManyMeetings: there are more than anybody oversees.
    """
    days: list[date] = []
    for day in _days_from(first, repetition):
        if day > last:
            return days
        if len(days) == MAX_MEETINGS:
            raise TooManyMeetings
        days.append(day)
    return days


def _days_from(first: date, repetition: Repetition) -> Iterator[date]:
    """Day after day without an end. A month without a fifth weekday is left out, as RFC 5545, 3.3.10 has it."""
    if repetition in STEPS:
        day = first
        while True:
            yield day
            day += STEPS[repetition]
    place, year, month = week_of_month(first), first.year, first.month
    while True:
        begins = date(year, month, 1)
        ahead = (first.weekday() - begins.weekday()) % DAYS_A_WEEK + DAYS_A_WEEK * (place - 1)
        day = begins + timedelta(days=ahead)
        if day.month == month:
            yield day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def week_of_month(day: date) -> int:
    """Which of its weekdays in the month a day is, counted from 1."""
    return (day.day - 1) // DAYS_A_WEEK + 1


def elsewhere(moment: datetime, home: ZoneInfo) -> list[tuple[str, str]]:
    """What a moment is called in the cities of the partner countries whose clocks differ: "Athens, Kyiv", "16:00"."""
    zones = {ZoneInfo(name) for name in Country.objects.in_partnership().values_list("time_zone", flat=True)}
    cities: dict[str, list[str]] = {}
    for zone in zones - {home}:
        cities.setdefault(short_appointment(moment, zone), []).append(timezone_location(zone, return_city=True))
    return [(", ".join(sorted(names)), words) for words, names in sorted(cities.items())]
