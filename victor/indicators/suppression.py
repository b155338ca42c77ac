"""Suppression: which figures are hidden, so that nobody learns what a few people did.

Small figures are hidden, and with each as many others as are needed so that it cannot be calculated from the rest
(cell suppression, primary and complementary).

Figures are the sums of a table with any number of dimensions. Take a box of figures: two in each dimension, where one
may be the total. If every other figure of the box is larger by a step and the rest smaller by a step, all other sums
stay the same. For each hidden figure such a box is chosen, and everything in it that would be shown is hidden. So each
hidden figure could be larger or smaller by a step, and no reader can tell, even with linear programming.

A zero beside hidden figures would tell what those have in common: where one figure of a list is hidden and all others
are zero, everybody who is counted has that value. So a zero in a line with a hidden figure is hidden as well, and could
be larger by the step. It stays where a shown total says already that there is nobody.

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
from typing import NamedTuple

from victor.indicators.corners import (
    ANY,
    TOTAL,
    Cell,
    Key,
    Side,
    corner_of,
    key_of,
    lines_of,
    rises,
    sortable,
    totals,
    without,
)

MAX_BOXES = 60  # looked at for each pair of corners: there may be as many as combinations of all values


class Plan(NamedTuple):
    """The corners of all boxes of one shape."""

    rising: tuple[Side, ...]  # with the first corner, and shown
    falling: tuple[Side, ...]  # against the first corner, and shown
    rising_cells: tuple[Side, ...]  # without a total, so that a number must be there to fall
    falling_cells: tuple[Side, ...]


@dataclass(frozen=True)
class ProtectedTable:
    """Figures to protect: their cells, which of them and of their sums are shown, and the cells of each part.

    Figures below the threshold are hidden. Every hidden figure could be larger or smaller by the step. `codes`: the
    values that each dimension may have. Where they are given, zeros are protected.
    """

    cells: Mapping[Cell, int]
    is_shown: Callable[[Key], bool]
    threshold: int
    step: int
    parts: Sequence[Mapping[Cell, int]] = ()
    codes: Sequence[Sequence[str]] = ()

    @cached_property
    def figures(self) -> dict[Key, int]:
        """The figures that are shown, without zeros."""
        return totals(self.cells, self._shown_shapes)

    @cached_property
    def zeros(self) -> list[Key]:
        """The figures that are zero, totals first."""
        keys = (
            key
            for shape in (self._shown_shapes if self.codes else ())
            for key in product(*(known if there else [TOTAL] for known, there in zip(self.codes, shape, strict=True)))
        )
        return sorted((key for key in keys if key not in self.figures), key=lambda key: (-key.count(TOTAL), str(key)))

    @cached_property
    def spare_cells(self) -> list[dict[Cell, int]]:
        """The cells without those of one part, for each part; as they are, where there are no parts."""
        cells = {cell: number for cell, number in self.cells.items() if number}
        parts: Sequence[Mapping[Cell, int]] = self.parts or ({},)
        return [{cell: number - part.get(cell, 0) for cell, number in cells.items()} for part in parts]

    @cached_property
    def parts_figures(self) -> list[dict[Key, int]]:
        """The figures of each part and their sums."""
        return [totals(part, self._shown_shapes) for part in self.parts]

    @cached_property
    def values(self) -> list[list[str]]:
        """The values that occur in each dimension."""
        return [sorted(set(occurring)) for occurring in zip(*self.cells, strict=True)]

    @cached_property
    def lines(self) -> list[tuple[Key, list[Key]]]:
        """Every total that is shown, with the figures that add up to it, for each dimension."""
        parts: dict[Key, dict[int, list[Key]]] = {}
        for key in self.figures:
            for dimension, total in lines_of(key):
                if self.is_shown(total):
                    parts.setdefault(total, {}).setdefault(dimension, []).append(key)
        return [(total, line) for total, lines in parts.items() for line in lines.values()]

    def figures_to_hide(self, *, with_measures: bool = False) -> set[Key]:
        """The figures to hide among those that would be shown.

        Where other values are shown beside the figures, their sum over all hidden figures of a line can be calculated
        from the total of the line. Then the hidden figures of a line must not be few people together.
        """
        hidden = {key for key, number in self.figures.items() if number < self.threshold}
        protected = set[Key]()
        while hidden != protected:
            for key in sorted(hidden - protected, key=lambda key: (self.figures.get(key, math.inf), sortable(key))):
                if key not in protected:
                    box = self._cheapest_box(key, hidden)
                    protected |= box
                    hidden |= box
            if with_measures:
                self._hide_more_of_lines(hidden)
            self._hide_zeros(hidden)
        return hidden

    def _hide_zeros(self, hidden: set[Key]) -> None:
        """Hide each zero in a line of which something is hidden, unless a total that is shown is zero, too."""
        lines = {line for key in hidden if key in self.figures for line in lines_of(key)}
        for key in self.zeros:
            own = lines_of(key)
            is_known = any(total not in self.figures and total not in hidden for _dimension, total in own)
            if not is_known and not lines.isdisjoint(own):
                hidden.add(key)

    def _hide_more_of_lines(self, hidden: set[Key]) -> None:
        """Hide one more figure of each line of which only few people are hidden."""
        for total, line in self.lines:
            if total in hidden or not self._are_few([key for key in line if key in hidden]):
                continue
            visible = [key for key in line if key not in hidden]
            hidden.add(min(visible, key=lambda key: (self.figures[key], sortable(key))) if visible else total)

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
                box = {corner_of(key, other, side) for side in (*rising, *falling)}
                cost = sum(self.figures.get(corner, 1) for corner in box - hidden)
                if cost < least and self._can_move(key, other, rising, falling, cells):
                    best, least = box, cost
            if not least:
                break
        return best

    def _can_move(
        self, key: Key, other: Key, rising: Sequence[Side], falling: Sequence[Side], falling_cells: Sequence[Side]
    ) -> bool:
        """Whether the box may move by a step: no figure falls to zero. Where zeros are shown, none rises from zero."""
        if not self.codes and any(corner_of(key, other, side) not in self.figures for side in rising):
            return False
        if any(self.figures.get(corner_of(key, other, side), 0) <= self.step for side in falling):
            return False
        patterns = [corner_of(key, other, side) for side in falling_cells]
        places = [place for place, value in enumerate(key) if value is TOTAL and other[place] is ANY]
        return not patterns or all(
            self._number_to_take(part, patterns, places) >= self.step for part in range(len(self.spare_cells))
        )

    def _number_to_take(self, part: int, patterns: Sequence[Key], places: Sequence[int]) -> int:
        """The number that can be taken from all these cells at once, added up over the values of ANY at these places.

        What is left without the rows of this part is taken.
        """
        cells = self._cells_by_choice(part, tuple(places))
        first, *rest = [cells.get(without(pattern, places), {}) for pattern in patterns]
        return sum(
            max(0, min([number, *(numbers.get(chosen, 0) for numbers in rest)])) for chosen, number in first.items()
        )

    def _cells_by_choice(self, part: int, places: tuple[int, ...]) -> dict[Key, dict[Key, int]]:
        """The spare cells of a part by their values at all other places, and then by those at these."""
        known = self._spare_by_choice.get((part, places))
        if known is None:
            known = self._spare_by_choice[part, places] = {}
            for cell, number in self.spare_cells[part].items():
                known.setdefault(without(cell, places), {})[tuple(cell[place] for place in places)] = number
        return known

    @cached_property
    def _spare_by_choice(self) -> dict[tuple[int, tuple[int, ...]], dict[Key, dict[Key, int]]]:
        return {}

    def _others(self, key: Key) -> Iterator[Key]:
        """The opposite corners of boxes with this figure as a corner, those with the most in them first."""
        concrete = [
            [TOTAL] if own is TOTAL else [*(value for value in known if value != own), TOTAL]
            for own, known in zip(key, self.values, strict=True)
        ]
        for other in product(*concrete):
            has_total = tuple(TOTAL in pair for pair in zip(key, other, strict=True))
            summed = [place for place, own in enumerate(key) if own is TOTAL]
            closed = tuple(place for place in summed if not self._is_open(place, has_total))
            corner = [ANY if own is TOTAL else its for own, its in zip(key, other, strict=True)]
            for values in self._inside(key, other, closed):
                for place, value in zip(closed, values, strict=True):
                    corner[place] = value
                yield tuple(corner)

    def _inside(self, key: Key, other: Key, closed: tuple[int, ...]) -> list[Key]:
        """The values at some places of the cells in a box; of any cells, where the box is empty."""
        if not closed:
            return [()]
        places = tuple(place for place, value in enumerate(key) if value is not TOTAL)
        known = self._values_inside(places, closed)
        pairs = [{key[place], other[place] or key[place]} for place in places]
        inside = Counter[Key]()
        for chosen in product(*pairs):
            inside.update(known.get(chosen, {}))
        return [values for values, _number in (inside or self._values_inside((), closed)[()]).most_common(MAX_BOXES)]

    def _values_inside(self, places: tuple[int, ...], closed: tuple[int, ...]) -> dict[Key, Counter[Key]]:
        """The cells by their values at some places, and how many are counted by those at others."""
        known = self._inside_by_places.get((places, closed))
        if known is None:
            known = self._inside_by_places[places, closed] = {}
            for cell, number in self.cells.items():
                inside = known.setdefault(tuple([cell[place] for place in places]), Counter())
                inside[tuple([cell[place] for place in closed])] += number
        return known

    @cached_property
    def _inside_by_places(self) -> dict[tuple[tuple[int, ...], tuple[int, ...]], dict[Key, Counter[Key]]]:
        return {}

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
        cell = next(iter(self.cells), ())
        shapes = product((False, True), repeat=len(cell))
        return [shape for shape in shapes if self.cells and self.is_shown(key_of(cell, shape))]

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
            corner = corner_of(key, other, side)
            is_rising = rises(key, other, side)
            if self.is_shown(corner):
                (rising if is_rising else falling).append(side)
            if TOTAL not in corner:
                (rising_cells if is_rising else falling_cells).append(side)
        return Plan(tuple(rising), tuple(falling), tuple(rising_cells), tuple(falling_cells))
