"""The audit of hidden figures: by linear programming, how far each could be from what it is.

A reader sees the shown figures of all tables that share sums, and may know the rows of one part. A hidden figure is
narrow where no two tables of whole numbers that fit what is seen differ in it by the step. Only tables are looked for
whose cells occur, or differ from such cells by the values of a hidden figure. So what passes would also pass among all.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from victor.indicators.corners import TOTAL, Cell, Key, Side, key_of, sortable

MAX_CELLS = 4000  # of a table of which all cells are looked at
MAX_CHANGED = 120  # cells of a large table that are looked at with the values of each hidden figure
ROUNDS = 12  # in which many hidden figures are moved at once
SECONDS = 20  # for a search over whole numbers


@dataclass(frozen=True)
class SeenTable:
    """What readers see of an indicator: its cells, in which shapes figures are shown, and which of them are hidden.

    `parts` are the cells of each part by its name, whose people know them. `codes` are the values of each dimension.
    """

    cells: Mapping[Cell, int]
    shapes: Collection[Side]
    hidden: Collection[Key]
    step: int
    codes: Sequence[Sequence[str]]
    parts: Mapping[str, Mapping[Cell, int]] = field(default_factory=dict)

    def candidates(self) -> list[Cell]:
        """The cells that may change."""
        if prod(map(len, self.codes)) <= MAX_CELLS:
            return list(product(*self.codes))
        occurring = sorted(self.cells, key=lambda cell: (-self.cells[cell], cell))
        changed = {_with_values(cell, key) for key in self.hidden for cell in occurring[:MAX_CHANGED]}
        return sorted({*occurring, *changed})


Name = tuple[str, Key]  # of a hidden figure: its table, and its key


class Puzzle:
    """What a reader solves: which changes of the cells leave all that is seen as it is.

    `sums` names tables whose totals are the sum of the totals of others.
    """

    def __init__(self, tables: Mapping[str, SeenTable], sums: Mapping[str, Sequence[str]]) -> None:
        self.tables = tables
        self.cells = [(name, cell) for name, table in tables.items() for cell in table.candidates()]
        self.hidden: list[Name] = sorted(
            ((name, key) for name, table in tables.items() for key in table.hidden),
            key=lambda hidden: (hidden[0], sortable(hidden[1])),
        )
        self.steps = np.array([tables[name].step for name, _key in self.hidden])
        self._rows: dict[Name, list[int]] = {}
        for place, (name, cell) in enumerate(self.cells):
            for shape in tables[name].shapes:
                self._rows.setdefault((name, key_of(cell, shape)), []).append(place)
        self.moves = self._matrix([{name: 1} for name in self.hidden])
        known = set(self.hidden)
        links = [
            {(whole, self._total(whole)): 1} | {(part, self._total(part)): -1 for part in parts}
            for whole, parts in sums.items()
            if {whole, *parts} <= tables.keys()
        ]
        self.seen = self._matrix([*({name: 1} for name in self._rows if name not in known), *links])

    def narrow(self) -> set[Name]:
        """The hidden figures that are narrow for somebody."""
        everybody = self._unmoved(self.hidden, self._spare(None))
        if not everybody:
            return set()
        readers: list[str | None] = [None, *sorted({part for table in self.tables.values() for part in table.parts})]
        return {name for reader in readers for name in self._unmoved(sorted(everybody, key=str), self._spare([reader]))}

    def _unmoved(self, names: Sequence[Name], spare: np.ndarray) -> set[Name]:
        """Those of these that no change moves by the step, where each cell may fall by what is spare."""
        return set(Search(self, spare).narrow(names))

    def _spare(self, readers: Sequence[str | None] | None) -> np.ndarray:
        """By how much each cell may fall without contradicting what any of these readers knows; None: every reader."""
        return np.array([self._spare_of(name, cell, readers) for name, cell in self.cells], dtype=float)

    def _spare_of(self, name: str, cell: Cell, readers: Sequence[str | None] | None) -> int:
        table = self.tables[name]
        known = table.parts.keys() if readers is None else [reader for reader in readers if reader is not None]
        return table.cells.get(cell, 0) - max((table.parts.get(part, {}).get(cell, 0) for part in known), default=0)

    def _total(self, name: str) -> Key:
        return (TOTAL,) * len(self.tables[name].codes)

    def _matrix(self, rows: Sequence[Mapping[Name, int]]) -> csr_array:
        """Rows that add up the changes of the cells of figures, each with its factor."""
        entries = [
            (number, place, factor)
            for number, row in enumerate(rows)
            for name, factor in row.items()
            for place in self._rows.get(name, ())
        ]
        numbers, places, factors = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_array((factors, (numbers, places)), shape=(len(rows), len(self.cells)), dtype=float)

    @cached_property
    def place_of(self) -> dict[Name, int]:
        """The number of each hidden figure."""
        return {name: number for number, name in enumerate(self.hidden)}


class Search:
    """The search for changes that move hidden figures by the step, and let no cell fall below what is known."""

    def __init__(self, puzzle: Puzzle, spare: np.ndarray) -> None:
        self.puzzle, self.spare = puzzle, spare
        self.most = float(puzzle.steps.max(initial=1) * 4)

    def narrow(self, names: Sequence[Name]) -> Iterator[Name]:
        """Those that cannot be moved by the step."""
        left = self._left_after_rounds([self.puzzle.place_of[name] for name in names])
        while left:
            number = min(left)
            objective = np.asarray(self.puzzle.moves[[number], :].todense()).ravel()
            low, high = (self._moves(sign * objective) for sign in (1, -1))
            for moves in (low, high):
                left -= self._moved(left, moves)
            if number in left:
                left.remove(number)
                if high[number] - low[number] < self.puzzle.steps[number]:
                    yield self.puzzle.hidden[number]

    def _left_after_rounds(self, numbers: Sequence[int]) -> set[int]:
        """What is left after many were moved at once, up or down by chance."""
        chance, left = random.Random(0), set(numbers)  # noqa: S311 - the audit gives one result whenever it is made
        for _round in range(ROUNDS):
            if not left:
                break
            signs = np.zeros(len(self.puzzle.hidden))
            for number in left:
                signs[number] = chance.choice((-1, 1))
            left -= self._moved(left, self._moves(-(signs @ self.puzzle.moves)))
        return left

    def _moved(self, numbers: Collection[int], moves: np.ndarray) -> set[int]:
        return {number for number in numbers if abs(moves[number]) >= self.puzzle.steps[number]}

    def _moves(self, objective: np.ndarray) -> np.ndarray:
        """By how much the best change that was found moves each hidden figure: zero where none was found."""
        limit = np.repeat(self.most, len(self.puzzle.hidden))
        for solve in (self._solve_fractions, self._solve_whole):
            change = solve(objective, limit)
            if change is not None and self._fits(change, limit):
                return np.rint(self.puzzle.moves @ change)
        return np.zeros(len(self.puzzle.hidden))

    def _solve_fractions(self, objective: np.ndarray, limit: np.ndarray) -> np.ndarray | None:
        """The best change, rounded. It fits where the corner that was found has whole numbers, as it mostly does."""
        moves, seen = self.puzzle.moves, self.puzzle.seen
        result = linprog(
            objective,
            A_ub=_stack(moves, -moves),
            b_ub=np.concatenate([limit, limit]),
            A_eq=seen if seen.shape[0] else None,
            b_eq=np.zeros(seen.shape[0]) if seen.shape[0] else None,
            bounds=np.column_stack([-self.spare, np.repeat(self.most * 4, len(self.spare))]),
            method="highs",
        )
        return np.rint(result.x) if result.x is not None else None

    def _solve_whole(self, objective: np.ndarray, limit: np.ndarray) -> np.ndarray | None:
        constraints = [LinearConstraint(self.puzzle.moves, -limit, limit)]
        if self.puzzle.seen.shape[0]:
            constraints.append(LinearConstraint(self.puzzle.seen, 0, 0))
        result = milp(
            objective,
            constraints=constraints,
            bounds=Bounds(-self.spare, np.repeat(self.most * 4, len(self.spare))),
            integrality=np.ones(len(self.spare)),
            options={"time_limit": SECONDS},
        )
        return np.rint(result.x) if result.x is not None else None

    def _fits(self, change: np.ndarray, limit: np.ndarray) -> bool:
        """Whether a change of whole numbers leaves everything that is seen as it is."""
        seen, moves = self.puzzle.seen @ change, self.puzzle.moves @ change
        return bool((change >= -self.spare).all() and not seen.any() and (abs(moves) <= limit).all())


def find_narrow_figures(tables: Mapping[str, SeenTable], sums: Mapping[str, Sequence[str]] | None = None) -> set[Name]:
    """The hidden figures of these tables that a reader can tell to less than the step.

    `sums`: tables whose total is the sum of the totals of others.
    """
    return Puzzle(tables, sums or {}).narrow() if any(table.hidden for table in tables.values()) else set()


def _with_values(cell: Cell, key: Key) -> Cell:
    return tuple([own if value is None else value for own, value in zip(cell, key, strict=True)])


def _stack(first: csr_array, second: csr_array) -> csr_array:
    return csr_array(vstack([first, second]))
