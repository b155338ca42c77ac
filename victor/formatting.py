"""Dates, times, numbers and places in words, as Babel writes them, in the reader's language and script.

Nothing else asks Babel: it knows less of Serbian in Latin letters than of Serbian in Cyrillic ones.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from babel import dates, numbers, units

from victor.languages import in_readers_script, locale

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
