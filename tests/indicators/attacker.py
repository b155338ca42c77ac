"""Somebody who reads all figures that the site gives out, and subtracts whatever can be subtracted."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import combinations
from typing import Any

from openpyxl import load_workbook

from victor.indicators.exports import export_lines

Period = tuple[int, int]  # the first and the last month, counted from year 0
Name = tuple[str, str, str]  # of a figure: the indicator, by what it is broken down, and the values
PERIOD = re.compile(r"(\d{4})-(\d\d) – (\d{4})-(\d\d)")


class Attacker:
    """What was read: for each period and figure all numbers that were shown, and which figures were hidden."""

    def __init__(self, *indicators: str) -> None:
        self.indicators = indicators
        self.shown: dict[tuple[Period, Name], set[float]] = {}
        self.hidden: set[tuple[Period, Name]] = set()

    def read(self, response: Any) -> None:
        """Read a page or a file."""
        kind = response["Content-Type"].split(";")[0]
        if kind == "text/csv":
            self.read_lines(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
        elif kind == "text/html":
            self.read_lines(export_lines(_counts(response.context)))
        else:
            rows = load_workbook(BytesIO(response.content)).active.values
            self.read_lines([cell if cell is not None else "" for cell in row] for row in rows)

    def read_lines(self, lines: Iterable[Sequence[Any]]) -> None:
        """Read the lines of a file."""
        for name, period, by, value, number, *_rest in lines:
            if str(name).split(":")[0] in self.indicators:
                self._note(str(period), (str(name), str(by), str(value)), str(number))

    def _note(self, period: str, name: Name, number: str) -> None:
        year, month, last_year, last_month = map(int, PERIOD.match(period).groups())
        figure = (year * 12 + month, last_year * 12 + last_month), name
        if number == "not shown":
            self.hidden.add(figure)
        else:
            self.shown.setdefault(figure, set()).add(float(number))

    def known(self) -> dict[tuple[Period, Name], float]:
        """The figures that were shown, and those that come out by subtraction."""
        known = {figure: min(numbers) for figure, numbers in self.shown.items()}
        while more := {figure: number for figure, number in self._derive(known) if figure not in known}:
            known |= more
        return known

    def recovered(self) -> set[tuple[Period, Name]]:
        """Hidden figures that come out, and figures of which two looks tell the difference."""
        known = self.known()
        changed = {figure for figure, numbers in self.shown.items() if len(numbers) > 1}
        return {figure for figure in self.hidden if figure in known} | changed

    def _derive(self, known: dict[tuple[Period, Name], float]) -> Iterator[tuple[tuple[Period, Name], float]]:
        """The months by which one period is longer than another that begins or ends with it."""
        by_name: dict[Name, list[tuple[Period, float]]] = {}
        for (period, name), number in known.items():
            by_name.setdefault(name, []).append((period, number))
        for name, numbers in by_name.items():
            for (short, part), (long, whole) in combinations(sorted(numbers, key=lambda item: _length(item[0])), 2):
                if short[0] == long[0] and short[1] < long[1]:
                    yield ((short[1] + 1, long[1]), name), whole - part
                elif short[1] == long[1] and short[0] > long[0]:
                    yield ((long[0], short[0] - 1), name), whole - part


def _length(period: Period) -> int:
    return period[1] - period[0]


def _counts(context: Any) -> list[Any]:
    """All figures that a page shows."""
    if "counts" in context:
        return list(context["counts"])
    sections = [*context["sections"], *([context["people"]] if context["people"] else [])]
    return [section["counted"] for section in sections]
