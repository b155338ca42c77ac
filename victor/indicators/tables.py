"""Tables of a counted indicator, with totals. In protected figures, small ones are hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from urllib.parse import urlencode

from django.utils.functional import Promise

from victor.indicators.corners import TOTAL, Cell, Key, totals
from victor.indicators.declarations import Cells, Indicator, Measure, Median
from victor.indicators.models import FrozenFigures


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


@dataclass(frozen=True)
class ShownMedian:
    """A median as pages and files show it. `value` is None where it is hidden."""

    median: Median
    value: int | None


Tables = Sequence[Sequence[str]]


def shapes_of(indicator: Indicator, tables: Tables) -> set[tuple[bool, ...]]:
    """In which breakdowns a figure of these tables has a value, and not the total."""
    return {
        tuple(breakdown.key in part for breakdown in indicator.breakdowns)
        for table in tables
        for part in (table, table[:1], table[1:], ())
    }


def shape_of(key: Key) -> tuple[bool, ...]:
    """In which breakdowns a figure has a value, and not the total."""
    return tuple(value is not TOTAL for value in key)


def with_sums(cells: Cells) -> dict[Cell, tuple[float, ...]]:
    """The cells, each with its number and the sums of its measures."""
    return {cell: value if isinstance(value, tuple) else (value,) for cell, value in cells.items()}


class CountedIndicator:
    """An indicator with its figures of one period: one's own, of which none is hidden, or protected ones.

    `period` is what files call the period. Protected figures say since when they have not changed.
    """

    def __init__(
        self,
        indicator: Indicator,
        cells: Cells,
        *,
        period: str,
        tables: Tables | None = None,
        suppressed: Collection[Key] = (),
        medians: Mapping[str, int] | None = None,
        as_of: datetime | None = None,
    ) -> None:
        self.indicator, self.period, self.as_of = indicator, period, as_of
        self.shown_tables = indicator.tables if tables is None else tables
        summed = with_sums(cells)
        self._shapes = shapes_of(indicator, self.shown_tables)
        self.figures = totals({key: int(value[0]) for key, value in summed.items()}, self._shapes)
        self.sums = [
            totals({key: value[position] for key, value in summed.items()}, self._shapes)
            for position, _measure in enumerate(indicator.measures, 1)
        ]
        self.suppressed = frozenset(suppressed)
        self._medians = medians or {}

    @classmethod
    def own(cls, indicator: Indicator, scope: object, *, period: str) -> CountedIndicator:
        """Figures for those who know the rows that are counted, or of things: nothing is hidden."""
        medians = indicator.count_medians(scope) if indicator.count_medians else {}
        return cls(indicator, indicator.count(scope), period=period, medians=medians)

    @classmethod
    def protected(cls, indicator: Indicator, frozen: FrozenFigures, *, period: str) -> CountedIndicator:
        """Figures as they were shown first, for those who must not learn who is counted."""
        tables = [table for table in indicator.tables if list(table) in frozen.tables]
        return cls(
            indicator,
            frozen.counted_cells(),
            period=period,
            tables=tables,
            suppressed=frozen.hidden_keys(),
            medians=frozen.counted_medians(),
            as_of=frozen.frozen_at,
        )

    def is_shown(self, key: Key) -> bool:
        """Whether a figure is in one of the tables."""
        return shape_of(key) in self._shapes

    def is_visible(self, **values: str) -> bool:
        """Whether the figure of these values is in one of the tables, and not hidden."""
        key = self.key(values)
        return self.is_shown(key) and key not in self.suppressed

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
        """Its tables, of the number or of a measure, without empty rows and columns where nothing of them is hidden."""
        return [self._table(of, *pair) for pair in self.shown_tables]

    def medians(self) -> list[ShownMedian]:
        """Its medians, without those that nobody has where that is no secret."""
        rows = []
        for median in self.indicator.medians:
            is_hidden = not self.suppressed.isdisjoint(self._keys([median.breakdown]))
            if is_hidden or median.key in self._medians:
                rows.append(ShownMedian(median, None if is_hidden else self._medians[median.key]))
        return rows

    def all(self) -> Iterator[tuple[Key, int | None]]:
        """Every figure of every table once, totals last. None where it is hidden."""
        seen = set()
        for pair in self.shown_tables:
            for key in self._keys(pair):
                if key not in seen:
                    seen.add(key)
                    yield key, None if key in self.suppressed else self.figures.get(key, 0)

    def _keys(self, pair: Sequence[str]) -> Iterator[Key]:
        for values in product(*([*self._values(breakdown), TOTAL] for breakdown in pair)):
            chosen = dict(zip(pair, values, strict=True))
            yield tuple(chosen.get(breakdown.key, TOTAL) for breakdown in self.indicator.breakdowns)

    def _values(self, breakdown: str) -> list[str]:
        """The values that occur, in the order of their declaration; all, where those that occur would tell too much."""
        position = self.indicator.position(breakdown)
        values = self.indicator.breakdowns[position].values
        if any(key[position] is not TOTAL for key in self.suppressed):
            return values
        occurring = {key[position] for key in self.figures}
        return [value for value in values if value in occurring]

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
