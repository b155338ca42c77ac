"""A figure as a release has stored it, in the reader's language. It knows nothing of how it was counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, cast

from victor.folding import fold
from victor.indicators.periods import HalfYear
from victor.languages import current_language, in_readers_script
from victor.reporting.releases.states import Missing

By: TypeAlias = frozenset[tuple[str, str]]  # the values of a figure: pairs of a breakdown and its value


def say(text: object) -> str:
    """A text of a release in the reader's language and letters."""
    return in_readers_script(cast("Mapping[str, str]", text)[current_language()])


@dataclass(frozen=True)
class FigureRow:
    """A figure and its words. `number` is None where it is not shown."""

    label: str
    number: int | None
    measures: Mapping[str, float | None]


class FrozenFigure:
    """An indicator of a half-year, as a release has it."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.data = data
        self.key, self.part = str(data["key"]), str(data["part"])
        period = str(data["period"])
        self.period = HalfYear(int(period[:4]), int(period[5:]))
        self.full_name = f"{self.key} {period}"

    @property
    def name(self) -> str:
        """What is counted, in a few words."""
        return say(self.data["name"])

    @property
    def definition(self) -> str:
        """What is counted, in a sentence."""
        return say(self.data["definition"])

    @property
    def unit(self) -> str:
        """In what it is counted."""
        return say(self.data["unit"])

    @property
    def missing(self) -> str:
        """Why it is missing, in words; empty where it is not."""
        return str(Missing(str(self.data["missing"])).label) if self.data["missing"] else ""

    @property
    def has_hidden(self) -> bool:
        """Whether something of it is not shown."""
        return any(number is None for number in self._numbers.values())

    @cached_property
    def _rows(self) -> dict[By, Mapping[str, object]]:
        rows = cast("Sequence[Mapping[str, object]]", self.data["figures"])
        return {frozenset(cast("Mapping[str, str]", row["by"]).items()): row for row in rows}

    @cached_property
    def _numbers(self) -> dict[By, int | None]:
        return {by: cast("int | None", row["number"]) for by, row in self._rows.items()}

    @cached_property
    def _breakdowns(self) -> dict[str, Mapping[str, object]]:
        return {str(known["key"]): known for known in cast("Sequence[Mapping[str, object]]", self.data["breakdowns"])}

    def visible_keys(self) -> set[By]:
        """The figures that are shown."""
        return {by for by, number in self._numbers.items() if number is not None}

    def hidden_keys(self) -> set[By]:
        """The figures that are not shown."""
        return {by for by, number in self._numbers.items() if number is None}

    def number_of(self, by: By) -> int | None:
        """A figure; None where it is not shown."""
        return self._numbers.get(by, 0)

    @property
    def total(self) -> int | None:
        """The figure of everything; None where it is not shown."""
        return self.number_of(frozenset())

    @property
    def tables(self) -> list[list[str]]:
        """The breakdowns of each table, rows first."""
        return [list(table) for table in cast("Sequence[Sequence[str]]", self.data["tables"])]

    def breakdown_name(self, key: str) -> str:
        """The name of a breakdown."""
        return say(self._breakdowns[key]["name"])

    def values(self, key: str) -> list[tuple[str, str]]:
        """The values of a breakdown that have figures, with their words; countries by their names."""
        known = self._breakdowns[key]
        occurring = {value for by in self._rows for breakdown, value in by if breakdown == key}
        values = cast("Sequence[Mapping[str, object]]", known["values"])
        named = [(str(value["key"]), say(value["name"])) for value in values if value["key"] in occurring]
        return sorted(named, key=lambda pair: fold(pair[1], current_language())) if known["is_by_name"] else named

    def rows(self, key: str) -> list[FigureRow]:
        """The figures by one breakdown."""
        return [self.row({key: value}, label) for value, label in self.values(key)]

    def row(self, by: Mapping[str, str], label: str) -> FigureRow:
        """One figure with its measures."""
        row = self._rows.get(frozenset(by.items()), {"number": 0, "measures": {}})
        return FigureRow(label, cast("int | None", row["number"]), cast("dict", row.get("measures", {})))

    def has(self, by: Mapping[str, str]) -> bool:
        """Whether there is such a figure, shown or not."""
        return frozenset(by.items()) in self._rows

    @property
    def measures(self) -> list[tuple[str, str, str]]:
        """The measures beside the number: key, name and unit."""
        measures = cast("Sequence[Mapping[str, object]]", self.data["measures"])
        return [(str(known["key"]), say(known["name"]), say(known["unit"])) for known in measures]

    @property
    def medians(self) -> list[tuple[str, int | None]]:
        """The medians: name, and value. None is not shown."""
        names = cast("Mapping[str, object]", self.data["median_names"])
        values = cast("Mapping[str, int | None]", self.data["medians"])
        return [(say(names[key]), value) for key, value in values.items()]

    def cells(self) -> list[tuple[str, str, FigureRow]]:
        """Every figure: by what it is broken down, its values in words, and the row."""
        return [
            (self._in_words(by, names=True), self._in_words(by, names=False), self.row(dict(by), ""))
            for by in self._rows
        ]

    def _in_words(self, by: By, *, names: bool) -> str:
        values = dict(by)
        words = [
            say(known["name"]) if names else self._words_of[key, values[key]]
            for key, known in self._breakdowns.items()
            if key in values
        ]
        return " × ".join(words)

    @cached_property
    def _words_of(self) -> dict[tuple[str, str], str]:
        return {
            (key, str(value["key"])): say(value["name"])
            for key, known in self._breakdowns.items()
            for value in cast("Sequence[Mapping[str, object]]", known["values"])
        }
