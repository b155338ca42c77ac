"""The audit of releases finds what an audit over all tables finds, also where tables share a sum."""

from __future__ import annotations

import random
from itertools import product

import pytest

from tests.indicators.audit import audit
from tests.indicators.test_suppression import KINDS, random_parts, table_of
from victor.indicators.corners import TOTAL, Key
from victor.indicators.intervals import SeenTable, find_narrow_figures
from victor.indicators.suppression import ProtectedTable

KINDS_TO_COMPARE = ["one dimension", "two by two", "three by four"]
ONE = ((True,), (False,))


def seen(table: ProtectedTable, hidden: set[Key]) -> SeenTable:
    every = product((False, True), repeat=len(table.codes))
    shapes = [side for side in every if table.is_shown(tuple("x" if there else TOTAL for there in side))]
    parts = {str(number): part for number, part in enumerate(table.parts)}
    return SeenTable(table.cells, shapes, hidden, table.step, table.codes, parts)


@pytest.mark.parametrize("kind", KINDS_TO_COMPARE)
def test_figures_that_are_protected_are_not_narrow(kind):
    chance = random.Random(kind)
    tables = [table_of(kind, random_parts(kind, chance), 11, 10) for _ in range(4)]
    assert [find_narrow_figures({"t": seen(table, table.figures_to_hide())}) for table in tables] == [set()] * 4


@pytest.mark.parametrize("kind", KINDS_TO_COMPARE)
def test_figures_that_are_narrow_are_those_of_the_audit_over_all_tables(kind):
    chance = random.Random(kind)
    assert kind in KINDS
    for _ in range(4):
        table = table_of(kind, random_parts(kind, chance), 11, 10)
        shown_by_mistake = {key for key in table.figures_to_hide() if chance.random() < 0.7}
        narrow = {key for key, width in audit(table, shown_by_mistake).items() if width < 10}
        assert {key for _name, key in find_narrow_figures({"t": seen(table, shown_by_mistake)})} == narrow


def test_total_that_is_the_difference_of_two_that_are_shown_is_narrow():
    reports = SeenTable({("a",): 4, ("b",): 30}, ONE, {("a",), (TOTAL,)}, 10, [["a", "b"]])
    enquiries = SeenTable({("x",): 90}, ONE, set(), 10, [["x"]])
    contacts = SeenTable({("GR",): 124}, ONE, set(), 10, [["GR"]])
    tables = {"reports": reports, "enquiries": enquiries, "contacts": contacts}
    assert find_narrow_figures(tables) == set()
    narrow = find_narrow_figures(tables, {"contacts": ["reports", "enquiries"]})
    assert narrow == {("reports", ("a",)), ("reports", (TOTAL,))}
