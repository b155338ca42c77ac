"""Figures become one over places and over periods in two ways, declared apart; what is missing is never 0."""

from __future__ import annotations

from decimal import Decimal

import pytest

from partners.targets.aggregation import Total, put_all_together, put_together
from partners.targets.states import AcrossPlaces, AcrossTime

FIGURES = [Decimal(4), None, Decimal(10), Decimal(1)]


@pytest.mark.parametrize(
    ("way", "number"),
    [
        (AcrossTime.SUM, Decimal(15)),
        (AcrossTime.LATEST, Decimal(1)),
        (AcrossTime.MAX, Decimal(10)),
        (AcrossTime.MEAN, Decimal(5)),
        (AcrossTime.DISTINCT, None),
        (AcrossTime.NEVER, None),
    ],
)
def test_put_together_counts_what_is_missing_and_adds_nothing_for_it(way, number):
    assert put_together(FIGURES, way).number == number


def test_put_together_of_nothing_known_is_missing_and_not_zero():
    assert put_together([None, None], AcrossTime.SUM) == Total(None, 2)


def test_latest_value_that_is_missing_is_said():
    assert put_together([Decimal(4), None], AcrossTime.LATEST) == Total(Decimal(4), 1)


@pytest.mark.parametrize(
    ("across_places", "across_time", "number"),
    [
        # By hand: places 1 and 2 in three periods: 3 and 5, 4 and nothing, 6 and 2.
        (AcrossPlaces.SUM, AcrossTime.SUM, Decimal(20)),
        (AcrossPlaces.SUM, AcrossTime.LATEST, Decimal(8)),
        (AcrossPlaces.MAX, AcrossTime.SUM, Decimal(15)),
        (AcrossPlaces.MEAN, AcrossTime.MAX, Decimal(4)),
        (AcrossPlaces.SUM, AcrossTime.MEAN, Decimal(20) / 3),
        (AcrossPlaces.NEVER, AcrossTime.SUM, None),
    ],
)
def test_put_all_together_equals_what_is_computed_by_hand(across_places, across_time, number):
    periods = [{1: Decimal(3), 2: Decimal(5)}, {1: Decimal(4), 2: None}, {1: Decimal(6), 2: Decimal(2)}]
    total = put_all_together(periods, across_places=across_places, across_time=across_time)
    assert total == Total(number, 1)
