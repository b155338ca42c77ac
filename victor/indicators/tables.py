"""A figure, counted and ready to be shown: tables with totals, in which what would tell too much is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import urlencode

from victor.indicators.declarations import Indicator, Measure
from victor.indicators.suppression import TOTAL, Key, figures_to_hide, sums_to_hide, totals


@dataclass(frozen=True)
class Figure:
    """A figure in its place: `value` is None where it is hidden, `query` names what it is broken down by."""

    value: float | None
    is_empty: bool
    is_share: bool
    query: str


@dataclass(frozen=True)
class TableRow:
    """A line of a table, its sum, and which share of everything that is."""

    label: Any
    figures: list[Figure]
    total: Figure
    percent: int | None


@dataclass(frozen=True)
class Table:
    """A table: what its lines and columns are, the lines, and the sums of the columns. The columns of a list are the
    measures."""

    rows_name: Any
    columns_name: Any
    columns: list[Any]
    rows: list[TableRow]
    sums: TableRow

    @property
    def numbers(self) -> list[int]:
        """The sums of the lines for a chart, nothing where one is hidden."""
        return [round(row.total.value or 0) for row in self.rows]


class CountedIndicator:
    """An indicator with its numbers, for one scope; figures below `hide_below` are hidden."""

    def __init__(self, indicator: Indicator, scope: Any, *, hide_below: int) -> None:
        self.indicator = indicator
        cells = {key: each if isinstance(each, tuple) else (each,) for key, each in indicator.count(scope).items()}
        self.figures = totals({key: int(each[0]) for key, each in cells.items()})
        self.sums = [
            totals({key: each[place] for key, each in cells.items()})
            for place, _measure in enumerate(indicator.measures, 1)
        ]
        self._shapes = {
            tuple(each.key in part for each in indicator.breakdowns)
            for face in indicator.faces
            for part in (face, face[:1], face[1:], ())
        }
        self.hidden = self._hidden(hide_below) if indicator.of_people else set[Key]()

    def is_shown(self, key: Key) -> bool:
        """Whether a figure stands in one of the tables."""
        return tuple(value is not TOTAL for value in key) in self._shapes

    def number(self, **values: str) -> int | None:
        """A figure by the values that are named, summed over the rest; None: hidden."""
        key = self.key(values)
        return None if key in self.hidden else self.figures.get(key, 0)

    def measured(self, measure: Measure, key: Key) -> float | None:
        """What a measure comes to for those whom a figure counts; None: hidden."""
        sums = self.sums[self.indicator.measures.index(measure)]
        return None if key in self.hidden else measure.of(sums.get(key, 0), self.figures.get(key, 0))

    def key(self, values: dict[str, str]) -> Key:
        """How the figure of these values is kept."""
        return tuple(values.get(each.key, TOTAL) for each in self.indicator.breakdowns)

    def faces(self, of: Measure | None = None) -> list[Table]:
        """Its tables of the number or of a measure, each without the lines and columns in which there is nothing."""
        return [self._face(of, *each) for each in self.indicator.faces]

    def all(self) -> Iterator[tuple[Key, int | None]]:
        """Every figure of every table once, the totals last."""
        seen = set()
        for face in self.indicator.faces:
            for key in self._keys(face):
                if key not in seen:
                    seen.add(key)
                    yield key, None if key in self.hidden else self.figures.get(key, 0)

    def _hidden(self, hide_below: int) -> set[Key]:
        values = [each.values for each in self.indicator.breakdowns]
        found = figures_to_hide(self.figures, values, is_shown=self.is_shown, hide_below=hide_below)
        if not self.indicator.measures:
            return found
        return sums_to_hide(self.figures, found, is_shown=self.is_shown, hide_below=hide_below)

    def _keys(self, face: tuple[str, ...]) -> Iterator[Key]:
        for values in product(*([*self._values(each), TOTAL] for each in face)):
            chosen = dict(zip(face, values, strict=True))
            yield tuple(chosen.get(each.key, TOTAL) for each in self.indicator.breakdowns)

    def _values(self, breakdown: str) -> list[str]:
        """The values that occur, in the order of their declaration."""
        place = self.indicator.position(breakdown)
        occurring = {key[place] for key in self.figures}
        return [value for value in self.indicator.breakdowns[place].values if value in occurring]

    def _face(self, of: Measure | None, first: str, second: str | None = None) -> Table:
        words = {each.key: dict(each.choices) for each in self.indicator.breakdowns}
        names = {each.key: each.name for each in self.indicator.breakdowns}
        columns = self._values(second) if second else []
        rows = [self._row(of, words[first][value], {first: value}, second, columns) for value in self._values(first)]
        labels = [words[second][value] for value in columns] if second else []
        labels = labels or [each.name for each in self.indicator.measures]
        return Table(
            names[first], names[second] if second else None, labels, rows, self._row(of, "", {}, second, columns)
        )

    def _row(
        self, of: Measure | None, label: Any, chosen: dict[str, str], second: str | None, columns: list[str]
    ) -> TableRow:
        if second:
            figures = [self._figure(of, chosen | {second: value}) for value in columns]
        else:
            figures = [self._figure(each, chosen) for each in self.indicator.measures]
        total, everything = self._figure(of if second else None, chosen), self.number()
        part = self.number(**chosen)
        percent = round(part * 100 / everything) if everything and part is not None else None
        return TableRow(label, figures, total, percent)

    def _figure(self, of: Measure | None, chosen: dict[str, str]) -> Figure:
        key = self.key(chosen)
        value = self.measured(of, key) if of else self.number(**chosen)
        return Figure(value, not self.figures.get(key, 0), of is not None and of.is_share, urlencode(chosen))
