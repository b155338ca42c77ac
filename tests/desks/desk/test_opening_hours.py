"""When a desk is open, minute by minute, wherever it is and whatever its clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks.desk.opening_hours import Timetable

ATHENS = ZoneInfo("Europe/Athens")
OFFICE = [(day, time(9), time(17)) for day in range(5)]
CHRISTMAS = (date(2026, 12, 24), date(2027, 1, 6))
ZONES = st.sampled_from(["Europe/Athens", "Europe/Ljubljana", "Atlantic/Azores", "Australia/Lord_Howe", "Asia/Beirut"])
# Weeks in which the clocks of some of these places change, and one in which none do.
WEEKS = st.sampled_from([datetime(2026, *day, tzinfo=UTC) for day in ((3, 27), (10, 23), (4, 3), (10, 2), (6, 1))])
TIMES = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
SPANS = st.tuples(st.integers(0, 6), TIMES, TIMES).filter(lambda span: span[1] < span[2] or span[2] == time())
CLOSED = st.lists(st.dates(date(2026, 3, 25), date(2026, 4, 10)).map(lambda day: (day, day)), max_size=3)


def there(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ATHENS, fold=fold)


@given(zone=ZONES, week=WEEKS, minute=st.integers(0, 3 * 24 * 60), hours=st.lists(SPANS, max_size=4), closures=CLOSED)
@settings(max_examples=150, deadline=None)
def test_next_opening_is_the_first_minute_at_which_it_is_open(zone, week, minute, hours, closures):
    table = Timetable(ZoneInfo(zone), hours, closures)
    moment = week + timedelta(minutes=minute)
    opening = table.next_opening(moment)
    if table.is_open_at(moment):
        assert opening is None
        return
    minutes = (moment + timedelta(minutes=each) for each in range(1, 5 * 24 * 60))
    first = next((each for each in minutes if table.is_open_at(each)), None)
    if first is None:
        assert opening is None or opening > moment + timedelta(days=4)
    else:
        assert opening.astimezone(UTC) == first


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (there(2026, 11, 23, 8, 59), False),
        (there(2026, 11, 23, 9), True),
        (there(2026, 11, 23, 16, 59), True),
        (there(2026, 11, 23, 17), False),
        (there(2026, 11, 22, 12), False),
        (datetime(2026, 11, 23, 7, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 6, tzinfo=UTC), True),
        (there(2026, 12, 24, 12), False),
        (there(2027, 1, 7, 12), True),
    ],
)
def test_desk_is_open_by_its_own_clock_and_not_on_closed_days(moment, is_open):
    assert Timetable(ATHENS, OFFICE, [CHRISTMAS]).is_open_at(moment) is is_open


def test_desk_opens_after_its_closed_days():
    assert Timetable(ATHENS, OFFICE, [CHRISTMAS]).next_opening(there(2026, 12, 23, 18)) == there(2027, 1, 7, 9)


def test_desk_that_is_there_day_and_night_never_opens():
    always = Timetable(ATHENS, [(day, time(), time()) for day in range(7)], [])
    moments = [there(2026, 10, 25, 0) + timedelta(minutes=7 * number) for number in range(1500)]
    assert {always.is_open_at(each) for each in moments} == {True}
    assert always.next_opening(moments[0]) is None


def test_desk_of_one_night_is_open_across_midnight():
    night = Timetable(ATHENS, [(0, time(22), time()), (1, time(), time(6))], [])
    assert [night.is_open_at(there(2026, 11, day, hour)) for day, hour in ((23, 23), (24, 0), (24, 5), (24, 6))] == [
        *(True, True, True),
        False,
    ]


def test_desk_that_opens_in_the_hour_that_a_spring_night_lacks_opens_when_it_is_over():
    table = Timetable(ATHENS, [(6, time(3, 30), time(5))], [])
    assert table.next_opening(there(2026, 3, 29, 1)) == there(2026, 3, 29, 4)


def test_desk_without_hours_never_opens():
    assert Timetable(ATHENS, [], []).next_opening(there(2026, 11, 23, 9)) is None
