"""Suppression: which figures are hidden, so that nobody learns what a few people did.

Small figures are hidden, and with each as many others as are needed so that it cannot be calculated from the rest
(cell suppression, primary and complementary).

Figures are the sums of a table with any number of dimensions. Take a box of figures: two in each dimension, where one
may be the total. If every other figure of the box is larger by a step and the rest smaller by a step, all other sums
stay the same. For each hidden figure such a box is chosen, and everything in it that would be shown is hidden. So each
hidden figure could be larger or smaller by a step, and no reader can tell, even with linear programming.

A reader may know the rows of one part, such as those of the own desk, and subtract them. What is left of a figure then
is its spare number. A figure may only fall by a step where that leaves no spare number below zero, for any part.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple, TypeVar

TOTAL = None
ANY = "*any*"  # several values together, where no table tells them apart
Key = tuple[str | None, ...]  # a value in each dimension, or TOTAL
Cell = tuple[str, ...]  # a value in each dimension
Side = tuple[bool, ...]  # a corner of a box: in which dimensions it is on the other side
Number = TypeVar("Number", int, float)


class Plan(NamedTuple):
    """The corners of all boxes of one shape."""

    rising: tuple[Side, ...]  # with the first corner, and shown
    falling: tuple[Side, ...]  # against the first corner, and shown
    rising_cells: tuple[Side, ...]  # without a total, so that a number must be there to fall
    falling_cells: tuple[Side, ...]


def totals(cells: Mapping[Cell, Number]) -> dict[Key, Number]:
    """Every figure of a table with all its sums. A figure that is missing is 0."""
    sums: dict[Key, Number] = {}
    for cell, number in cells.items():
        for key in product(*((value, TOTAL) for value in cell)):
            sums[key] = sums.get(key, 0) + number
    return {key: number for key, number in sums.items() if number}


@dataclass(frozen=True)
class ProtectedTable:
    """Figures to protect: their cells, which of them and of their sums are shown, and the cells of each part.

    Figures below the threshold are hidden. Every hidden figure could be larger or smaller by the step.
    """

    cells: Mapping[Cell, int]
    is_shown: Callable[[Key], bool]
    threshold: int
    step: int
    parts: Sequence[Mapping[Cell, int]] = ()

    @cached_property
    def figures(self) -> dict[Key, int]:
        """The figures and their sums."""
        return totals(self.cells)

    @cached_property
    def spare_cells(self) -> list[dict[Cell, int]]:
        """The cells without those of one part, for each part; as they are, where there are no parts."""
        cells = {cell: number for cell, number in self.cells.items() if number}
        parts: Sequence[Mapping[Cell, int]] = self.parts or ({},)
        return [{cell: number - part.get(cell, 0) for cell, number in cells.items()} for part in parts]

    @cached_property
    def parts_figures(self) -> list[dict[Key, int]]:
        """The figures of each part and their sums."""
        return [totals(part) for part in self.parts]

    @cached_property
    def values(self) -> list[list[str]]:
        """The values that occur in each dimension."""
        return [sorted(set(occurring)) for occurring in zip(*self.cells, strict=True)]

    @cached_property
    def lines(self) -> list[tuple[Key, list[Key]]]:
        """Every total that is shown, with the figures that add up to it, for each dimension."""
        parts: dict[Key, dict[int, list[Key]]] = {}
        for key in filter(self.is_shown, self.figures):
            for dimension, value in enumerate(key):
                total = (*key[:dimension], TOTAL, *key[dimension + 1 :])
                if value is not TOTAL and self.is_shown(total):
                    parts.setdefault(total, {}).setdefault(dimension, []).append(key)
        return [(total, line) for total, lines in parts.items() for line in lines.values()]

    def figures_to_hide(self, *, with_measures: bool = False) -> set[Key]:
        """The figures to hide among those that would be shown. Zeros are shown: they are about nobody.

        Where other values are shown beside the figures, their sum over all hidden figures of a line can be calculated
        from the total of the line. Then the hidden figures of a line must not be few people together.
        """
        hidden = {key for key, number in self.figures.items() if number < self.threshold and self.is_shown(key)}
        protected = set[Key]()
        while hidden != protected:
            for key in sorted(hidden - protected, key=lambda key: (self.figures[key], _sortable(key))):
                if key not in protected:
                    box = self._cheapest_box(key, hidden)
                    protected |= box
                    hidden |= box
            if with_measures:
                self._hide_more_of_lines(hidden)
        return hidden

    def _hide_more_of_lines(self, hidden: set[Key]) -> None:
        """Hide one more figure of each line of which only few people are hidden."""
        for total, line in self.lines:
            if total in hidden or not self._are_few([key for key in line if key in hidden]):
                continue
            visible = [key for key in line if key not in hidden]
            hidden.add(min(visible, key=lambda key: (self.figures[key], _sortable(key))) if visible else total)

    def _are_few(self, keys: list[Key]) -> bool:
        """Whether these figures together are below the threshold, for everybody or beside the rows of one part."""
        number = sum(self.figures[key] for key in keys)
        own = [sum(figures.get(key, 0) for key in keys) for figures in self.parts_figures]
        return any(0 < rest < self.threshold for rest in (number, *(number - part for part in own)))

    def _cheapest_box(self, key: Key, hidden: set[Key]) -> set[Key]:
        """The box that hides the smallest sum of figures that are not hidden yet. There always is one."""
        best, least = set[Key](), math.inf
        for other in self._others(key):
            plan = self._plan(key, other)
            for rising, falling, cells in (
                (plan.rising, plan.falling, plan.falling_cells),
                (plan.falling, plan.rising, plan.rising_cells),
            ):
                box = {_corner(key, other, side) for side in (*rising, *falling)}
                cost = sum(self.figures.get(corner, 0) for corner in box - hidden)
                if cost < least and self._can_move(key, other, rising, falling, cells):
                    best, least = box, cost
            if not least:
                break
        return best

    def _can_move(
        self, key: Key, other: Key, rising: Sequence[Side], falling: Sequence[Side], falling_cells: Sequence[Side]
    ) -> bool:
        """Whether the box may move by a step: no figure falls below zero, and no hidden one is zero before or after."""
        if any(self.figures.get(_corner(key, other, side), 0) < 1 for side in rising):
            return False
        if any(self.figures.get(_corner(key, other, side), 0) <= self.step for side in falling):
            return False
        patterns = [_corner(key, other, side) for side in falling_cells]
        return not patterns or all(self._number_to_take(spare, patterns) >= self.step for spare in self.spare_cells)

    def _number_to_take(self, spare: Mapping[Cell, int], patterns: Sequence[Key]) -> int:
        """The number that can be taken from all these cells at once, added up over the values of ANY."""
        return sum(max(0, min(spare.get(cell, 0) for cell in cells)) for cells in self._cells_of(patterns))

    def _cells_of(self, patterns: Sequence[Key]) -> Iterator[list[Cell]]:
        """The cells of these patterns, for each choice of values of ANY. All patterns have ANY in the same places."""
        if not patterns:
            yield []
            return
        choices = [self.values[place] if value is ANY else [""] for place, value in enumerate(patterns[0])]
        for chosen in product(*choices):
            yield [_cell(pattern, chosen) for pattern in patterns]

    def _others(self, key: Key) -> Iterator[Key]:
        """The opposite corner of every box with this figure as a corner."""
        concrete = [
            [TOTAL] if own is TOTAL else [*(value for value in known if value != own), TOTAL]
            for own, known in zip(key, self.values, strict=True)
        ]
        for other in product(*concrete):
            has_total = tuple(TOTAL in pair for pair in zip(key, other, strict=True))
            choices: list[Sequence[str | None]] = [
                [its] if own is not TOTAL else [ANY] if self._is_open(place, has_total) else self.values[place]
                for place, (own, its) in enumerate(zip(key, other, strict=True))
            ]
            yield from product(*choices)

    def _is_open(self, dimension: int, has_total: Side) -> bool:
        """Whether no shown figure tells the values of a dimension apart, among the corners of these boxes.

        `has_total` says in which dimensions some corner is a total.
        """
        if (dimension, has_total) not in self._open_dimensions:
            self._open_dimensions[dimension, has_total] = not any(
                shape[dimension] and all(there or total for there, total in zip(shape, has_total, strict=True))
                for shape in self._shown_shapes
            )
        return self._open_dimensions[dimension, has_total]

    @cached_property
    def _open_dimensions(self) -> dict[tuple[int, Side], bool]:
        return {}

    @cached_property
    def _shown_shapes(self) -> list[Side]:
        """In which dimensions a shown figure has a value."""
        shapes = {tuple(value is not TOTAL for value in key) for key in self.figures if self.is_shown(key)}
        return sorted(shapes)

    def _plan(self, key: Key, other: Key) -> Plan:
        """The corners of a box that matter."""
        shape = tuple((own is TOTAL, its is TOTAL, its is ANY) for own, its in zip(key, other, strict=True))
        if shape not in self._plans:
            self._plans[shape] = self._corners(key, other)
        return self._plans[shape]

    @cached_property
    def _plans(self) -> dict[tuple[tuple[bool, bool, bool], ...], Plan]:
        return {}

    def _corners(self, key: Key, other: Key) -> Plan:
        rising, falling, rising_cells, falling_cells = list[Side](), list[Side](), list[Side](), list[Side]()
        for side in product((False, True), repeat=len(key)):
            corner = _corner(key, other, side)
            rises = _rises(key, other, side)
            if self.is_shown(corner):
                (rising if rises else falling).append(side)
            if TOTAL not in corner:
                (rising_cells if rises else falling_cells).append(side)
        return Plan(tuple(rising), tuple(falling), tuple(rising_cells), tuple(falling_cells))


def _corner(key: Key, other: Key, side: Side) -> Key:
    return tuple([there if turned else here for here, there, turned in zip(key, other, side, strict=True)])


def _cell(pattern: Key, chosen: Sequence[str]) -> Cell:
    return tuple([choice if value is ANY else value or "" for value, choice in zip(pattern, chosen, strict=True)])


def _rises(key: Key, other: Key, side: Side) -> bool:
    """Whether a corner changes as the first one does. A total does, and figures that add up change the other way."""
    swaps = Counter(
        turned and here is not TOTAL and there is not TOTAL
        for here, there, turned in zip(key, other, side, strict=True)
    )
    return swaps[True] % 2 == 0


def _sortable(key: Key) -> str:
    return str(key)
