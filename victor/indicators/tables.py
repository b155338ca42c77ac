"""A figure, counted and ready to be shown: tables with totals, in which what would tell too much is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from victor.indicators.declaring import Indicator
from victor.indicators.suppression import TOTAL, Key, hidden, totals


@dataclass(frozen=True)
class Row:
    """A line of a table; a number that is None is hidden."""

    label: Any
    numbers: list[int | None]
    total: int | None
    percent: int | None


@dataclass(frozen=True)
class Face:
    """A table: what its lines and columns are, the lines, and the sums of the columns."""

    rows_name: Any
    columns_name: Any
    columns: list[Any]
    rows: list[Row]
    sums: Row


class Counted:
    """An indicator with its numbers, for one scope; figures below `hide_below` are hidden."""

    def __init__(self, indicator: Indicator, scope: Any, *, hide_below: int) -> None:
        self.indicator = indicator
        self.figures = totals(indicator.count(scope))
        self._shapes = {
            tuple(each.key in part for each in indicator.breakdowns)
            for face in indicator.faces
            for part in (face, face[:1], face[1:], ())
        }
        values = [each.values for each in indicator.breakdowns]
        self.hidden = hidden(self.figures, values, is_shown=self.is_shown, hide_below=hide_below)

    def is_shown(self, key: Key) -> bool:
        """Whether a figure stands in one of the tables."""
        return tuple(value is not TOTAL for value in key) in self._shapes

    def number(self, **values: str) -> int | None:
        """A figure by the values that are named, summed over the rest; None: hidden."""
        key = tuple(values.get(each.key, TOTAL) for each in self.indicator.breakdowns)
        return None if key in self.hidden else self.figures.get(key, 0)

    def faces(self) -> list[Face]:
        """Its tables, each without the lines and columns in which there is nothing."""
        return [self._face(*each) for each in self.indicator.faces]

    def all(self) -> Iterator[tuple[Key, int | None]]:
        """Every figure of every table once, the totals last."""
        seen = set()
        for face in self.indicator.faces:
            for key in self._keys(face):
                if key not in seen:
                    seen.add(key)
                    yield key, None if key in self.hidden else self.figures.get(key, 0)

    def _keys(self, face: tuple[str, ...]) -> Iterator[Key]:
        for values in product(*([*self._values(each), TOTAL] for each in face)):
            chosen = dict(zip(face, values, strict=True))
            yield tuple(chosen.get(each.key, TOTAL) for each in self.indicator.breakdowns)

    def _values(self, breakdown: str) -> list[str]:
        """The values that occur, in the order of their declaration."""
        place = self.indicator.position(breakdown)
        occurring = {key[place] for key in self.figures}
        return [value for value in self.indicator.breakdowns[place].values if value in occurring]

    def _face(self, first: str, second: str | None = None) -> Face:
        words = {each.key: dict(each.choices) for each in self.indicator.breakdowns}
        names = {each.key: each.name for each in self.indicator.breakdowns}
        columns = self._values(second) if second else []
        rows = [self._row(words[first][value], {first: value}, second, columns) for value in self._values(first)]
        labels = [words[second][value] for value in columns] if second else []
        columns_name = names[second] if second else None
        return Face(names[first], columns_name, labels, rows, self._row("", {}, second, columns))

    def _row(self, label: Any, chosen: dict[str, str], second: str | None, columns: list[str]) -> Row:
        numbers = [self.number(**chosen, **{second: value}) for value in columns] if second else []
        total, everything = self.number(**chosen), self.number()
        percent = round(total * 100 / everything) if everything and total is not None else None
        return Row(label, numbers, total, percent)
