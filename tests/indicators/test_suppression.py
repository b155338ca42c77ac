"""What is hidden cannot be worked out: another table, with the same figures shown, has another figure there."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from victor.indicators.suppression import TOTAL, figures_to_hide, totals

THRESHOLDS = pytest.mark.parametrize("below", [5, 11])
ROWS, COLUMNS = ("a", "b", "c"), ("x", "y")
FLAT = st.fixed_dictionaries(dict.fromkeys(product(ROWS, COLUMNS), st.sampled_from([0, 0, 1, 2, 4, 5, 10, 11, 40])))
DEEP = st.fixed_dictionaries(dict.fromkeys(product("ab", "xy", "12"), st.sampled_from([0, 0, 1, 4, 5, 10, 11, 30])))
EVERYTHING = settings(max_examples=300, deadline=None)


def published(figures, gone, values, is_shown):
    """What a reader has: every figure of the tables, None where it is hidden."""
    keys = product(*((*each, TOTAL) for each in values))
    return {key: None if key in gone else figures.get(key, 0) for key in keys if is_shown(key)}


def others(cells, shown):
    """Tables a step away that a reader cannot tell from this one: every change of at most one in each cell."""
    for change in product((-1, 0, 1), repeat=len(cells)):
        other = {cell: number + step for (cell, number), step in zip(cells.items(), change, strict=True)}
        if min(other.values()) < 0:
            continue
        sums = totals(other)
        if all(sums.get(key, 0) == number if number is not None else key in sums for key, number in shown.items()):
            yield sums


def derivable(cells, values, below, is_shown=lambda _key: True):
    """The hidden figures that are the same in every table that a reader can think of."""
    figures = totals(cells)
    gone = figures_to_hide(figures, values, is_shown=is_shown, hide_below=below)
    shown = published(figures, gone, values, is_shown)
    assert [number for number in shown.values() if number and number < below] == []
    open_ones = set(gone)
    for sums in others(cells, shown):
        open_ones -= {key for key in open_ones if sums.get(key, 0) != figures.get(key, 0)}
        if not open_ones:
            break
    return open_ones


@THRESHOLDS
@EVERYTHING
@given(FLAT)
@example(dict.fromkeys(product(ROWS, COLUMNS), 0) | {("a", "x"): 3})
@example(dict.fromkeys(product(ROWS, COLUMNS), 40) | {("a", "x"): 1})
def test_no_hidden_figure_of_a_flat_table_can_be_derived(below, cells):
    assert derivable(cells, (ROWS, COLUMNS), below) == set()


@THRESHOLDS
@settings(max_examples=60, deadline=None)
@given(DEEP)
def test_no_hidden_figure_of_two_tables_that_share_their_sums_can_be_derived(below, cells):
    assert derivable(cells, ("ab", "xy", "12"), below, is_shown=lambda key: TOTAL in key[1:]) == set()


def test_small_figure_hides_one_beside_it_in_its_line_and_in_its_column():
    cells = {("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40}
    gone = figures_to_hide(totals(cells), ("ab", "xy"), is_shown=lambda _key: True, hide_below=5)
    assert gone == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


@THRESHOLDS
def test_large_figures_and_nothing_are_shown(below):
    cells = {("a", "x"): below, ("b", "y"): below + 2}
    assert figures_to_hide(totals(cells), ("ab", "xy"), is_shown=lambda _key: True, hide_below=below) == set()
