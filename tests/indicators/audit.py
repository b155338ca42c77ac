"""What a reader can know of hidden figures, by linear programming over whole numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from victor.indicators.corners import TOTAL, Key, totals
from victor.indicators.declarations import Indicator
from victor.indicators.models import FrozenFigures
from victor.indicators.suppression import ProtectedTable
from victor.indicators.tables import shape_of, shapes_of

FAR = 1000
Cells = Mapping[tuple[str, ...], int]


class Reader:
    """Somebody who sees a table with its hidden figures, and knows the rows of one part, or of none."""

    def __init__(self, table: ProtectedTable, hidden: set[Key], own: Cells) -> None:
        values = table.codes or table.values
        self.cells = list(product(*values))
        keys = [key for key in product(*([*known, TOTAL] for known in values)) if table.is_shown(key)]
        self.rows = {key: self._row(key) for key in keys}
        least = 0 if table.codes else 1  # where zeros are protected, what is hidden may be zero
        low = [least if key in hidden else table.figures.get(key, 0) for key in keys]
        high = [math.inf if key in hidden else table.figures.get(key, 0) for key in keys]
        self.constraint = LinearConstraint(np.array([self.rows[key] for key in keys]), low, high)
        beyond = sum(table.cells.values()) + FAR  # the solver does not tell "without a bound" from "impossible"
        self.bounds = Bounds(np.array([own.get(cell, 0) for cell in self.cells]), beyond)

    def width(self, key: Key) -> float:
        """The difference between the largest and the smallest number that a hidden figure could be."""
        return self._largest(key) - self._smallest(key)

    def _row(self, key: Key) -> list[int]:
        """The cells that add up to a figure."""
        return [
            int(all(wanted in {TOTAL, value} for wanted, value in zip(key, cell, strict=True))) for cell in self.cells
        ]

    def _smallest(self, key: Key) -> float:
        return self._solve(np.array(self.rows[key]))

    def _largest(self, key: Key) -> float:
        return -self._solve(-np.array(self.rows[key]))

    def _solve(self, objective: np.ndarray) -> float:
        result = milp(objective, constraints=self.constraint, bounds=self.bounds, integrality=np.ones(len(self.cells)))
        assert result.success, result.message
        return float(round(result.fun))


def audit(table: ProtectedTable, hidden: set[Key], *, every: int = 1) -> dict[Key, float]:
    """Of each hidden figure, the width that remains for the reader who knows most of it; only of `every` second, …"""
    if not hidden:
        return {}
    readers = [Reader(table, hidden, own) for own in ({}, *table.parts)]
    return {key: min(reader.width(key) for reader in readers) for key in sorted(hidden, key=str)[::every]}


def frozen_table(indicator: Indicator, frozen: FrozenFigures) -> ProtectedTable:
    """The table that was protected when it was frozen."""
    shown = shapes_of(indicator, indicator.tables)
    cells = {cell: numbers[0] for cell, numbers in frozen.counted_cells().items()}
    parts = [{cell: numbers[0] for cell, numbers in part.items()} for part in frozen.counted_parts().values()]
    codes = [breakdown.values for breakdown in indicator.breakdowns]
    return ProtectedTable(cells, lambda key: shape_of(key) in shown, indicator.threshold, indicator.step, parts, codes)


def narrowed(table: ProtectedTable, hidden: set[Key], *kept: int) -> tuple[ProtectedTable, set[Key]]:
    """The table and what is hidden of it in these dimensions only, for a table whose cells differ in no other."""

    def keep(key: Key) -> Key:
        return tuple(key[place] for place in kept)

    def is_shown(key: Key) -> bool:
        values = dict(zip(kept, key, strict=True))
        return table.is_shown(tuple(values.get(place, TOTAL) for place in range(len(table.codes))))

    rest = [place for place in range(len(table.codes)) if place not in kept]
    inside = {keep(key) for key in hidden if all(key[place] is TOTAL for place in rest)}
    cells = {keep(cell): number for cell, number in table.cells.items()}
    return replace(table, cells=cells, is_shown=is_shown, parts=(), codes=keep(table.codes)), inside


def shapes(*shown: str) -> Callable[[Key], bool]:
    """Whether a figure is in a table: of `"11", "10"`, those with a value in both dimensions, and in the first."""
    return lambda key: "".join("0" if value is TOTAL else "1" for value in key) in shown


def small_figures_shown(table: ProtectedTable, hidden: set[Key]) -> list[Key]:
    """Figures below the threshold that are shown although they should be hidden."""
    figures = totals(table.cells)
    return [
        key for key, number in figures.items() if table.is_shown(key) and key not in hidden and number < table.threshold
    ]
