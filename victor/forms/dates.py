"""Dates as people write them: the day first, and in Hungarian the year; or as a computer writes them, 2028-03-02."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time

from victor.languages import current_language

YEAR_FIRST = {"hu"}
MAX_LENGTH = 40  # characters
NUMBERS_PATTERN = re.compile(r"\d+(?:[./\- ]+\d+)*\s?(?:[гр]?\.|року|година)?")
MOMENT_PATTERN = re.compile(
    r"(?P<day>.*\d\s?(?:[гр]?\.)?)(?:T|,?\s+)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
)


class UnreadableDate(ValueError):
    """This is not a date in figures, or not in the order of the reader's language."""


class ShortYear(UnreadableDate):
    """The year has two figures."""


class NoSuchDate(UnreadableDate):
    """The calendar does not have this day."""


def read_date(text: str) -> date:
    """A day in figures.

    Raises:
        ShortYear: the year has two figures.
        NoSuchDate: the calendar does not have this day.
        UnreadableDate: it is no date, or has another order.
    """
    first, second, third = _figures(text, 3)
    if len(first) == 4:
        return _day(first, second, third)
    if current_language() in YEAR_FIRST:
        raise UnreadableDate
    return _day(third, second, first)


def read_month(text: str) -> date:
    """The first day of a month in figures: 2028-03 or 3/2028.

    Raises:
        UnreadableDate: it is no month.
    """
    first, second = _figures(text, 2)
    return _day(first, second, "1") if len(first) == 4 else _day(second, first, "1")


def read_moment(text: str) -> datetime:
    """A day in figures and a time of day, without a time zone.

    Raises:
        UnreadableDate: it is no date with a time.
    """
    match = MOMENT_PATTERN.fullmatch(_plain(text))
    if match is None:
        raise UnreadableDate
    try:
        hours = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError as fault:
        raise UnreadableDate from fault
    return datetime.combine(read_date(match["day"]), hours)


def _figures(text: str, number: int) -> list[str]:
    plain = _plain(text)
    if not NUMBERS_PATTERN.fullmatch(plain):
        raise UnreadableDate
    figures = re.findall(r"\d+", plain)
    if len(figures) != number:
        raise UnreadableDate
    return figures


def _plain(text: str) -> str:
    """With ASCII digits and plain spaces, and without marks that only say in which direction the text runs."""
    if len(text) > MAX_LENGTH:
        raise UnreadableDate
    signs = [(sign, unicodedata.category(sign)) for sign in text]
    digits = (str(unicodedata.decimal(sign)) if kind == "Nd" else sign for sign, kind in signs if kind != "Cf")
    return " ".join("".join(digits).replace("\u2010", "-").replace("\u2011", "-").replace("\u2013", "-").split())


def _day(year: str, month: str, day: str) -> date:
    if len(year) == 2:
        raise ShortYear
    if len(year) != 4 or len(month) > 2 or len(day) > 2:
        raise UnreadableDate
    try:
        return date(int(year), int(month), int(day))
    except ValueError as fault:
        raise NoSuchDate from fault
