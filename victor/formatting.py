"""Dates, times, numbers and places in words, as Babel writes them, in the reader's language and script.

Nothing else asks Babel: it knows less of Serbian in Latin letters than of Serbian in Cyrillic ones. A day has two
formats, one for lists and one for sentences: docs/patterns.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import wraps
from typing import ParamSpec

from babel import Locale, dates, numbers, units
from django.utils import timezone
from django.utils.formats import date_format

from victor.languages import current_language, in_readers_script, locale, spell_year

# Their months, as Babel has them, never stand within a sentence: a day is written in numbers.
MONTHS_IN_NUMBERS = {"sl", "sr"}

Arguments = ParamSpec("Arguments")


def _in_words(function: Callable[Arguments, str]) -> Callable[Arguments, str]:
    """One of Babel's functions for the active language."""

    @wraps(function)
    def write(*arguments: Arguments.args, **options: Arguments.kwargs) -> str:
        options["locale"] = locale()
        return in_readers_script(function(*arguments, **options))

    return write


format_date = _in_words(dates.format_date)
format_interval = _in_words(dates.format_interval)
format_skeleton = _in_words(dates.format_skeleton)
timezone_location = _in_words(dates.get_timezone_location)
format_decimal = _in_words(numbers.format_decimal)
format_unit = _in_words(units.format_unit)


def day_names() -> list[str]:
    """The days of the week, from Monday, as they stand alone."""
    names = dates.get_day_names("wide", context="stand-alone", locale=locale())
    return [in_readers_script(names[day]) for day in range(7)]


def country_name(code: str) -> str:
    """A country, by the two letters of ISO 3166; the letters, where nobody has such a country."""
    return in_readers_script(Locale.parse(locale()).territories.get(code, code))


def short_day(day: date, zone: tzinfo | None = None) -> str:
    """A day in a list: 29 Nov. Of another year: 29 Nov 2026."""
    local = _local(day, zone)
    is_this_year = local.year == timezone.localtime().year
    return format_skeleton("MMMd" if is_this_year else "yMMMd", local)


def short_moment(moment: datetime, zone: tzinfo | None = None) -> str:
    """A moment in a list: 29 Nov, 05:17."""
    return f"{short_day(moment, zone)}, {clock(moment, zone)}"


def short_appointment(moment: datetime, zone: tzinfo | None = None) -> str:
    """A moment in a list at which people meet: Sun 29 Nov, 05:17. Of another year: Sun, 29 Nov 2026, 05:17."""
    local = _local(moment, zone)
    is_this_year = local.year == timezone.localtime().year
    return f"{format_skeleton('MMMEd' if is_this_year else 'yMMMEd', local)}, {clock(moment, zone)}"


def long_day(day: date, zone: tzinfo | None = None) -> str:
    """A day in a sentence: 29 November 2026."""
    local = _local(day, zone)
    if current_language() in MONTHS_IN_NUMBERS:
        return date_format(local, "DATE_FORMAT")
    return spell_year(format_date(local, "long"))


def long_moment(moment: datetime, zone: tzinfo | None = None) -> str:
    """A moment in a sentence: 29 November 2026, 05:17."""
    return f"{long_day(moment, zone)}, {clock(moment, zone)}"


def month_and_year(day: date) -> str:
    """A month: November 2026."""
    return spell_year(format_skeleton("yMMMM", _local(day, None)))


def clock(moment: datetime | time, zone: tzinfo | None = None) -> str:
    """A time of day: 05:17."""
    local = _local(moment, zone) if isinstance(moment, datetime) else moment
    return f"{local:%H:%M}"


def clock_name() -> str:
    """Whose clock the hours of a page are: Athens, UTC+2."""
    now = timezone.localtime()
    city = timezone_location(timezone.get_current_timezone(), return_city=True)
    return f"{city}, UTC{(now.utcoffset() or timedelta()) / timedelta(hours=1):+g}"


def _local(day: date, zone: tzinfo | None) -> date:
    """A moment in this time zone, or in that of the page; a date as it is."""
    return timezone.localtime(day, zone) if isinstance(day, datetime) and timezone.is_aware(day) else day
