"""What is hidden cannot be narrowed down, by nobody and not by those who know the rows of one part (finding 15)."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.indicators.audit import audit, shapes, small_figures_shown
from tests.sampling import sampled
from victor.indicators.corners import TOTAL, totals
from victor.indicators.suppression import ProtectedTable

# A threshold with its step: of trainings, and of children.
PROTECTIONS = pytest.mark.parametrize(("threshold", "step"), [(5, 5), (11, 10)])
EVERYTHING = shapes(*("".join(shape) for shape in product("01", repeat=2)))
KINDS = {  # the values of each dimension, and the figures that are shown
    "one dimension": (["abcdefgh"], shapes("1", "0")),
    "two by two": (["ab", "xy"], EVERYTHING),
    "three by four": (["abc", "wxyz"], EVERYTHING),
    "six by eight": (["abcdef", "stuvwxyz"], EVERYTHING),
    "two tables that share a side": (["abc", "xy", "123"], shapes("110", "011", "100", "010", "001", "000")),
    "a table and three lists": (["abc", "wp", "yn", "yn"], shapes("1100", "1000", "0100", "0010", "0001", "0000")),
}
NUMBERS = [0, 0, 0, 1, 1, 2, 4, 5, 9, 11, 30]


def table_of(kind: str, parts: list[dict], threshold: int, step: int) -> ProtectedTable:
    cells: Counter = Counter()
    for part in parts:
        cells.update(part)
    codes, is_shown = KINDS[kind]
    return ProtectedTable(dict(cells), is_shown, threshold, step, parts if len(parts) > 1 else (), codes)


def random_parts(kind: str, seeded: random.Random) -> list[dict]:
    cells = list(product(*KINDS[kind][0]))
    scale = seeded.choice([[0, 0, 1, 2, 3], NUMBERS, [*NUMBERS, 60, 200]])
    return [{cell: number for cell in cells if (number := seeded.choice(scale))} for _ in range(seeded.choice([1, 3]))]


def parts_of(kind: str) -> st.SearchStrategy:
    part = st.fixed_dictionaries(dict.fromkeys(product(*KINDS[kind][0]), st.sampled_from(NUMBERS)))
    return st.lists(part, min_size=1, max_size=3)


@pytest.mark.parametrize("kind", sampled(KINDS, daily=["two by two", "one dimension", "three by four"]))
@PROTECTIONS
def test_audit_by_linear_programming_leaves_a_step_for_every_hidden_figure(kind, threshold, step, figure):
    seeded, shown, widths = random.Random(kind), 0, []
    for _ in range(4 if kind == "six by eight" else 10):
        table = table_of(kind, random_parts(kind, seeded), threshold, step)
        hidden = table.figures_to_hide()
        assert small_figures_shown(table, hidden) == []
        widths += audit(table, hidden).values()
        shown += len(table.figures.keys() - hidden)
    figure(f"audit of {kind}, step {step}: hidden, shown, narrowest", f"{len(widths)}, {shown}, {min(widths):.0f}")
    assert min(widths) >= step


@PROTECTIONS
@settings(max_examples=15, deadline=None)
@given(parts_of("three by four"))
@example([dict.fromkeys(product("abc", "wxyz"), 0) | {("a", "w"): 3}])
@example([dict.fromkeys(product("abc", "wxyz"), 40) | {("a", "w"): 1}])
@example([dict.fromkeys(product("abc", "wxyz"), 40), {("a", "w"): 1}])
def test_hide_figures_of_any_table_leaves_a_step_for_each(threshold, step, parts):
    table = table_of("three by four", parts, threshold, step)
    assert [key for key, width in audit(table, table.figures_to_hide()).items() if width < step] == []


@PROTECTIONS
@settings(max_examples=15, deadline=None)
@given(parts_of("two tables that share a side"))
def test_hide_figures_of_two_tables_that_share_their_sums_leaves_a_step_for_each(threshold, step, parts):
    table = table_of("two tables that share a side", parts, threshold, step)
    assert [key for key, width in audit(table, table.figures_to_hide()).items() if width < step] == []


@settings(max_examples=15, deadline=None)
@given(parts_of("three by four"))
def test_hide_figures_beside_measures_leaves_no_line_with_few_people(parts):
    table = table_of("three by four", parts, 5, 5)
    hidden = table.figures_to_hide(with_measures=True)
    assert [key for key, width in audit(table, hidden).items() if width < 5] == []
    sums = [
        sum(table.figures[key] for key in line if key in hidden) for total, line in table.lines if total not in hidden
    ]
    assert [number for number in sums if 0 < number < 5] == []


def test_hide_small_figure_hides_one_beside_it_in_its_line_and_in_its_column():
    cells = {("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40}
    table = ProtectedTable(cells, EVERYTHING, threshold=5, step=5)
    assert table.figures_to_hide() == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}


def test_hide_small_figure_beside_one_that_cannot_fall_by_the_step_hides_their_total():
    """The total was shown before, so that 2 was known to be between 1 and 13."""
    table = ProtectedTable({("a",): 2, ("b",): 12, ("c",): 300}, shapes("1", "0"), threshold=11, step=10)
    assert table.figures_to_hide() == {("a",), ("b",)}
    table = ProtectedTable({("a",): 2, ("b",): 10, ("c",): 9}, shapes("1", "0"), threshold=11, step=10)
    assert (TOTAL,) in table.figures_to_hide()


def test_hide_figure_of_which_one_part_knows_nearly_all_hides_another():
    """Whoever knows 40 of b, which has 41, knows that a and b together are at most three others."""
    cells, shown = {("a",): 2, ("b",): 41, ("c",): 100}, shapes("1", "0")
    assert ProtectedTable(cells, shown, threshold=11, step=10).figures_to_hide() == {("a",), ("b",)}
    parts = [{("b",): 40, ("c",): 50}, {("a",): 2, ("b",): 1, ("c",): 50}]
    assert ProtectedTable(cells, shown, 11, 10, parts).figures_to_hide() == {("a",), ("c",)}


@PROTECTIONS
def test_hide_large_figures_and_zeros_hides_nothing(threshold, step):
    cells = {("a", "x"): threshold, ("b", "y"): threshold + 2, ("a", "y"): 0}
    assert ProtectedTable(cells, EVERYTHING, threshold, step).figures_to_hide() == set()
    assert totals(cells).get(("a", "y"), 0) == 0


@pytest.mark.parametrize("value", ["a", "c"])
def test_value_that_all_hidden_figures_share_is_not_told(value):
    """Before, the one row of a list said that every child who is counted is of this age."""
    table = ProtectedTable({(value,): 3}, shapes("1", "0"), threshold=11, step=10, codes=["abc"])
    assert table.figures_to_hide() == {("a",), ("b",), ("c",), (TOTAL,)}


def test_zero_beside_a_hidden_figure_could_be_larger_by_the_step():
    cells = {("a", "x"): 3, ("a", "y"): 60, ("b", "y"): 70, ("b", "x"): 80}
    table = ProtectedTable(cells, EVERYTHING, threshold=11, step=10, codes=["abc", "xy"])
    hidden = table.figures_to_hide()
    assert hidden == {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")}
    cells |= {("c", "y"): 90}
    table = ProtectedTable(cells, EVERYTHING, threshold=11, step=10, codes=["abc", "xy"])
    hidden = table.figures_to_hide()
    assert ("c", "x") in hidden
    assert min(audit(table, hidden).values()) >= 10


def test_audit_finds_a_zero_that_comes_out():
    """Whoever hides the zero alone hides nothing: the total of its column says what it is."""
    cells = {("a", "x"): 3, ("a", "y"): 60, ("b", "y"): 70, ("b", "x"): 80, ("c", "y"): 90}
    table = ProtectedTable(cells, EVERYTHING, threshold=11, step=10, codes=["abc", "xy"])
    hidden = replace(table, codes=()).figures_to_hide() | {("c", "x")}
    assert audit(table, hidden)["c", "x"] == 0


def test_audit_finds_a_figure_that_was_hidden_too_narrowly():
    """With the step of one that the box had before, a true 2 was known to be 1, 2 or 3."""
    table = ProtectedTable({("a",): 2, ("b",): 2, ("c",): 12}, shapes("1", "0"), threshold=5, step=1)
    assert audit(table, table.figures_to_hide()) == {("a",): 2, ("b",): 2}
