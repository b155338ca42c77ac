"""Working days are those of a country: its public holidays count as its weekends do."""

from __future__ import annotations

from datetime import date

import pytest
from structlog.testing import capture_logs

from partners.directory.models import Country
from partners.directory.working_days import add_working_days, is_working_day

FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


@pytest.mark.parametrize("code", ["gr", "bg", "ro", "si", "rs", "md", "ua", "hu"])
def test_weekend_is_free_everywhere(code):
    assert is_working_day(FRIDAY, Country(code=code))
    assert not is_working_day(SATURDAY, Country(code=code))


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("gr", date(2027, 3, 25)),
        ("bg", date(2027, 3, 3)),
        ("ro", date(2026, 12, 1)),
        ("si", date(2027, 2, 8)),
        ("rs", date(2027, 2, 15)),
        ("md", date(2027, 8, 27)),
        ("hu", date(2026, 10, 23)),
    ],
)
def test_public_holiday_is_free_in_its_country_alone(code, day):
    assert not is_working_day(day, Country(code=code))
    assert is_working_day(day, Country(code="ua"))


def test_orthodox_easter_monday_is_free_in_greece_and_not_in_slovenia():
    assert not is_working_day(date(2027, 5, 3), Country(code="gr"))
    assert is_working_day(date(2027, 5, 3), Country(code="si"))


def test_add_working_days_leaves_out_weekends_and_holidays():
    assert add_working_days(FRIDAY, 5, Country(code="gr")) == date(2026, 12, 4)
    assert add_working_days(FRIDAY, 5, Country(code="ro")) == date(2026, 12, 8)  # 30 November and 1 December are free


def test_add_no_working_day_is_the_day_itself():
    assert add_working_days(SATURDAY, 0, Country(code="gr")) == SATURDAY


def test_year_of_which_nothing_is_known_has_plain_weekdays_and_says_so():
    with capture_logs() as logs:
        assert is_working_day(date(2032, 11, 29), Country(code="xx"))
    assert [(line["event"], line["country"]) for line in logs] == [("public holidays unknown", "xx")]
