"""Who is on duty, at whatever hour, over midnight and both changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from desks.duty.rota import Rota, SingleSpan, WeeklySpan, overlap_in_week

ATHENS = ZoneInfo("Europe/Athens")
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
NIGHT = WeeklySpan(1, 10, "first", FRIDAY, time(20), time(8))
FIRST = datetime(2026, 11, 23, tzinfo=UTC)
TWO_WEEKS = timedelta(days=14)


def local(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ATHENS)


def person_at(moment: datetime, *spans: WeeklySpan | SingleSpan) -> int | None:
    span = Rota(ATHENS, spans).span_at("first", moment)
    return span and span.person


@pytest.mark.parametrize(
    ("moment", "person"),
    [
        (local(27, 19, 59), None),
        (local(27, 20), 10),
        (local(28, 2, 14), 10),
        (local(28, 7, 59), 10),
        (local(28, 8), None),
    ],
)
def test_find_person_over_midnight_gives_who_began_the_day_before(moment, person):
    assert person_at(moment, NIGHT) == person


def test_find_person_on_single_day_gives_the_single_one():
    single = SingleSpan(2, 20, "first", local(28, 0), local(28, 4))
    assert person_at(local(28, 2), NIGHT, single) == 20
    assert person_at(local(28, 5), NIGHT, single) == 10


def test_find_person_of_two_single_ones_gives_the_newer():
    older, newer = (SingleSpan(pk, pk, "first", local(28, 0), local(28, 4)) for pk in (2, 3))
    assert person_at(local(28, 2), newer, older) == 3


@pytest.mark.parametrize(("day", "month"), [(29, 3), (25, 10)])
def test_find_person_when_clocks_change_follows_the_clock_on_the_wall(day, month):
    watch = WeeklySpan(1, 10, "first", SUNDAY, time(2), time(8))
    assert person_at(local(day, 1, 59, month=month), watch) is None
    assert person_at(local(day, 7, 59, month=month), watch) == 10
    assert person_at(local(day, 8, month=month), watch) is None


def test_list_stretches_gives_every_moment_once():
    stretches = Rota(ATHENS, [NIGHT]).stretches("first", FIRST, FIRST + TWO_WEEKS)
    assert stretches[0].starts_at == FIRST
    assert stretches[-1].ends_at == FIRST + TWO_WEEKS
    assert all(before.ends_at == after.starts_at for before, after in pairwise(stretches))


def test_list_stretches_of_weekly_night_gives_two_nights_and_three_gaps():
    stretches = Rota(ATHENS, [NIGHT]).stretches("first", FIRST, FIRST + TWO_WEEKS)
    assert [bool(stretch.span) for stretch in stretches] == [False, True, False, True, False]
    assert stretches[1].starts_at == local(27, 20)
    assert stretches[1].ends_at == local(28, 8)


def test_list_stretches_of_another_rank_gives_one_gap():
    [gap] = Rota(ATHENS, [NIGHT]).stretches("next", FIRST, FIRST + TWO_WEEKS)
    assert gap.span is None


def test_list_stretches_with_cuts_divides_gaps_only():
    cuts = [local(24, 9), local(28, 2)]
    stretches = Rota(ATHENS, [NIGHT]).stretches("first", FIRST, FIRST + TWO_WEEKS, cuts=cuts)
    assert [stretch.starts_at for stretch in stretches[:3]] == [FIRST, local(24, 9), local(27, 20)]
    assert len(stretches) == 6


@pytest.mark.parametrize(
    ("weekday", "starts", "ends", "meets"),
    [
        (SATURDAY, time(7, 59), time(9), True),
        (SATURDAY, time(8), time(9), False),
        (FRIDAY, time(19), time(20), False),
        (FRIDAY, time(19), time(20, 1), True),
        (FRIDAY, time(0), time(0), True),
    ],
)
def test_compare_weekly_spans_finds_those_that_meet(weekday, starts, ends, meets):
    assert overlap_in_week(NIGHT, WeeklySpan(2, 20, "first", weekday, starts, ends)) is meets


def test_compare_weekly_spans_over_the_turn_of_the_week_finds_those_that_meet():
    sunday = WeeklySpan(1, 10, "first", SUNDAY, time(20), time(8))
    assert overlap_in_week(sunday, WeeklySpan(2, 20, "first", 0, time(7), time(9)))
    assert not overlap_in_week(sunday, WeeklySpan(2, 20, "first", 0, time(8), time(9)))
