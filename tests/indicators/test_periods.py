"""Half-years do not overlap, and are shown 31 days after their end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from victor.indicators.forms import HalfYearForm
from victor.indicators.periods import HalfYear

ATHENS = ZoneInfo("Europe/Athens")
SHOWN = [("2027-07-30", "2026-2"), ("2027-07-31", "2027-1"), ("2028-01-30", "2027-1"), ("2028-01-31", "2027-2")]


@pytest.mark.parametrize(("day", "key"), SHOWN)
def test_latest_half_year_is_shown_from_31_days_after_its_end(at, day, key):
    at(datetime.fromisoformat(day).replace(tzinfo=ATHENS))
    latest = HalfYear.latest_shown()
    assert latest.key == key
    assert [period.is_shown for period in HalfYear.offered() if period >= latest][-1:] == [True]
    assert not any(period.is_shown for period in HalfYear.offered() if period > latest)


def test_half_years_follow_each_other_without_a_day_between(at):
    at(datetime(2027, 5, 1, tzinfo=ATHENS))
    for later, earlier in pairwise(HalfYear.offered()):
        assert earlier.last + timedelta(days=1) == later.first
        assert later.before() == earlier


@pytest.mark.parametrize(("day", "key"), [("2027-06-30", "2027-1"), ("2027-07-01", "2027-2"), ("2027-12-31", "2027-2")])
def test_half_year_of_a_day(day, key):
    assert HalfYear.containing(date.fromisoformat(day)).key == key


@pytest.mark.parametrize("half", ["", "2027-3", "1999-1", "2027-06", "x", "2027-1 "])
def test_half_year_that_is_not_offered_becomes_the_latest_that_is_shown(at, half):
    at(datetime(2027, 9, 1, tzinfo=ATHENS))
    assert HalfYearForm({"half": half}).half_year == HalfYear(2027, 1)
