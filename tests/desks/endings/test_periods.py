"""The last day of a closed case, by age band and days: never before the child is twenty-three."""

from __future__ import annotations

from datetime import date

import pytest

from desks.cases.code_lists import AgeBand, ClosureOutcome
from desks.endings.periods import CASES, DEFAULT_CASE_DAYS, YOUNGEST, deletion_day, earliest_day
from desks.retention.periods import outcome_choices, ruled_kind_of

CLOSED = date(2027, 1, 15)


@pytest.mark.parametrize(
    ("age_band", "year"),
    [("0-5", 2050), ("6-11", 2044), ("12-14", 2038), ("15-17", 2035), ("18+", 2032), ("unknown", 2050)],
)
def test_earliest_day_is_when_the_youngest_of_the_band_is_23(age_band, year):
    assert earliest_day(CLOSED, age_band) == date(year, 1, 15)


def test_every_age_band_has_a_youngest():
    assert set(YOUNGEST) == set(AgeBand)


def test_earliest_day_of_a_leap_day_is_the_last_of_february():
    assert earliest_day(date(2028, 2, 29), AgeBand.ADULT) == date(2033, 2, 28)


def test_default_is_five_years_at_least():
    assert all(
        deletion_day(date(year, 3, 1), None, days=DEFAULT_CASE_DAYS, age_band="18+") >= date(year + 5, 3, 1)
        for year in range(2026, 2040)
    )


def test_short_rule_does_not_beat_the_age():
    assert deletion_day(CLOSED, None, days=365, age_band="15-17") == date(2035, 1, 15)


def test_long_rule_counts_where_it_is_longer():
    assert deletion_day(CLOSED, None, days=10958, age_band="15-17") == date(2057, 1, 15)


def test_words_that_came_later_move_the_day():
    assert deletion_day(CLOSED, date(2030, 1, 15), days=365, age_band="18+") == date(2032, 1, 15)
    assert deletion_day(CLOSED, date(2032, 1, 15), days=365, age_band="18+") == date(2033, 1, 14)


def test_each_outcome_has_one_kind():
    codes = [code for code, _words in outcome_choices()]
    assert len(codes) == len(set(codes))
    assert all(ruled_kind_of(outcome) is CASES for outcome in ClosureOutcome.values)
