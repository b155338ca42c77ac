"""Quarters of a year, each by its first day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from victor.formatting import format_interval

DUE_AFTER = timedelta(days=30)  # after a review has begun
MONTHS = 3


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, day.month - (day.month - 1) % MONTHS, 1)


def next_quarter(first: date) -> date:
    """The first day of the quarter that follows."""
    return quarter_of(first + timedelta(days=31 * MONTHS))


def end_of_quarter(first: date) -> datetime:
    """The moment at which a quarter is over."""
    return timezone.make_aware(datetime.combine(next_quarter(first), time.min))


def quarter_in_words(first: date) -> str:
    """The months of a quarter."""
    return format_interval(first, next_quarter(first) - timedelta(days=1), "yMMMM")
