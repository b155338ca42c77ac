"""Tables of a counted indicator, with totals, in which small figures are hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from django.utils.functional import Promise

from victor.indicators.declarations import Indicator, Measure
from victor.indicators.suppression import TOTAL, Key, figures_to_hide, sums_to_hide, totals


@dataclass(frozen=True)
class Figure:
    """A figure of a table. `value` is None where it is hidden. `query` names its values as an address does."""

    value: float | None
    is_empty: bool
    is_share: bool
    query: str


@dataclass(frozen=True)
class TableRow:
    """A row of a table, its total, and the share of that in the whole."""

    label: str | Promise
    figures: list[Figure]
    total: Figure
    percent: int | None


@dataclass(frozen=True)
class Table:
    """A table: names of its rows and columns, the rows, and the totals of the columns.

    A list has one breakdown. Its columns are the measures.
    """

    rows_name: str | Promise
    columns_name: str | Promise | None
    columns: list[str | Promise]
    rows: list[TableRow]
    sums: TableRow

    @property
    def numbers(self) -> list[int]:
        """The totals of the rows for a chart, 0 where one is hidden."""
        return [round(row.total.value or 0) for row in self.rows]


class CountedIndicator:
    """An indicator with its figures for one scope. Figures below `hide_below` are hidden."""

    def __init__(self, indicator: Indicator, scope: object, *, hide_below: int) -> None:
        self.indicator = indicator
        cells = {key: value if isinstance(value, tuple) else (value,) for key, value in indicator.count(scope).items()}
        self.figures = totals({key: int(value[0]) for key, value in cells.items()})
        self.sums = [
            totals({key: value[position] for key, value in cells.items()})
            for position, _measure in enumerate(indicator.measures, 1)
        ]
        self._shapes = {
            tuple(breakdown.key in part for breakdown in indicator.breakdowns)
            for pair in indicator.tables
            for part in (pair, pair[:1], pair[1:], ())
        }
        self.suppressed = self._find_suppressed(hide_below) if indicator.of_people else set[Key]()

    def is_shown(self, key: Key) -> bool:
        """Whether a figure is in one of the tables."""
        return tuple(value is not TOTAL for value in key) in self._shapes

    def number(self, **values: str) -> int | None:
        """The figure of these values, summed over the other breakdowns. None where it is hidden."""
        key = self.key(values)
        return None if key in self.suppressed else self.figures.get(key, 0)

    def measured(self, measure: Measure, key: Key) -> float | None:
        """The value of a measure for a figure. None where it is hidden."""
        sums = self.sums[self.indicator.measures.index(measure)]
        return None if key in self.suppressed else measure.of(sums.get(key, 0), self.figures.get(key, 0))

    def key(self, values: dict[str, str]) -> Key:
        """The key of the figure of these values."""
        return tuple(values.get(breakdown.key, TOTAL) for breakdown in self.indicator.breakdowns)

    def tables(self, of: Measure | None = None) -> list[Table]:
        """Its tables, of the number or of a measure, without empty rows and columns."""
        return [self._table(of, *pair) for pair in self.indicator.tables]

    def all(self) -> Iterator[tuple[Key, int | None]]:
        """Every figure of every table once, totals last. None where it is hidden."""
        seen = set()
        for pair in self.indicator.tables:
            for key in self._keys(pair):
                if key not in seen:
                    seen.add(key)
                    yield key, None if key in self.suppressed else self.figures.get(key, 0)

    def _find_suppressed(self, hide_below: int) -> set[Key]:
        values = [breakdown.values for breakdown in self.indicator.breakdowns]
        hidden = figures_to_hide(self.figures, values, is_shown=self.is_shown, hide_below=hide_below)
        if not self.indicator.measures:
            return hidden
        return sums_to_hide(self.figures, hidden, is_shown=self.is_shown, hide_below=hide_below)

    def _keys(self, pair: tuple[str, ...]) -> Iterator[Key]:
        for values in product(*([*self._values(breakdown), TOTAL] for breakdown in pair)):
            chosen = dict(zip(pair, values, strict=True))
            yield tuple(chosen.get(breakdown.key, TOTAL) for breakdown in self.indicator.breakdowns)

    def _values(self, breakdown: str) -> list[str]:
        """The values that occur, in the order of their declaration."""
        position = self.indicator.position(breakdown)
        occurring = {key[position] for key in self.figures}
        return [value for value in self.indicator.breakdowns[position].values if value in occurring]

    def _table(self, of: Measure | None, first: str, second: str | None = None) -> Table:
        breakdowns = {breakdown.key: breakdown for breakdown in self.indicator.breakdowns}
        words = {key: dict(breakdown.choices) for key, breakdown in breakdowns.items()}
        names = {key: breakdown.name for key, breakdown in breakdowns.items()}
        columns = self._values(second) if second else []
        rows = [self._row(of, words[first][value], {first: value}, second, columns) for value in self._values(first)]
        labels = [words[second][value] for value in columns] if second else []
        labels = labels or [measure.name for measure in self.indicator.measures]
        return Table(
            names[first], names[second] if second else None, labels, rows, self._row(of, "", {}, second, columns)
        )

    def _row(
        self, of: Measure | None, label: str | Promise, chosen: dict[str, str], second: str | None, columns: list[str]
    ) -> TableRow:
        if second:
            figures = [self._figure(of, chosen | {second: value}) for value in columns]
        else:
            figures = [self._figure(measure, chosen) for measure in self.indicator.measures]
        total, everything = self._figure(of if second else None, chosen), self.number()
        part = self.number(**chosen)
        percent = round(part * 100 / everything) if everything and part is not None else None
        return TableRow(label, figures, total, percent)

    def _figure(self, of: Measure | None, chosen: dict[str, str]) -> Figure:
        key = self.key(chosen)
        value = self.measured(of, key) if of else self.number(**chosen)
        return Figure(value, not self.figures.get(key, 0), of is not None and of.is_share, urlencode(chosen))
