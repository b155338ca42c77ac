"""What is reported: each figure with its name, what exactly it counts, and by what it can be broken down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Cells = Mapping[tuple[str, ...], int]
FEW = 11  # figures below it may be about somebody, and stay among those whose figures they are


@dataclass(frozen=True)
class Breakdown:
    """A direction in which a figure is broken down: its values, with words for people."""

    key: str
    name: Any
    choices: tuple[tuple[str, Any], ...]

    @property
    def values(self) -> list[str]:
        """The values without their words."""
        return [value for value, _words in self.choices]


@dataclass(frozen=True)
class Indicator:
    """A figure that is reported.

    `count` gives, for whatever scope its app knows, the number for each combination of values; what is missing is 0.
    `faces` are the pairs of breakdowns that are shown, rows first; a single one is a list. No finer ones are.
    """

    key: str
    name: Any
    definition: Any
    unit: Any
    breakdowns: tuple[Breakdown, ...]
    faces: tuple[tuple[str, ...], ...]
    count: Callable[[Any], Cells]

    def position(self, breakdown: str) -> int:
        """Which of its directions this one is."""
        return [each.key for each in self.breakdowns].index(breakdown)
