"""What is reported: each figure with its name, what exactly it counts, and by what it can be broken down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

Cells = Mapping[tuple[str, ...], int | tuple[float, ...]]
SMALL_GROUP = 11  # figures below it may be about somebody, and stay among those whose figures they are


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


class Kind(Enum):
    """What is shown of what was added up."""

    SUM = "sum"
    MEAN = "mean"  # whole, so that two of them do not tell what lies between
    SHARE = "share"  # in whole per cent of all who are counted


@dataclass(frozen=True)
class Measure:
    """Something that is known of each that is counted, added up beside the number; hidden where the number is."""

    key: str
    name: Any
    unit: Any
    kind: Kind = Kind.SUM

    @property
    def is_share(self) -> bool:
        """Whether its figures are per cent."""
        return self.kind is Kind.SHARE

    def of(self, total: float, number: int) -> float:
        """What is shown, where so many together come to this."""
        if self.kind is Kind.SUM or not number:
            return round(total) if total == round(total) else round(total, 1)
        return round(total * 100 / number if self.is_share else total / number)


@dataclass(frozen=True)
class Indicator:
    """A figure that is reported.

    `count` gives, for whatever scope its app knows, the number for each combination of values; what is missing is 0.
    Where there are `measures`, it gives the number and the sum of each. `faces` are the pairs of breakdowns that are
    shown, rows first; a single one is a list. No finer ones are. What is not `of_people` is never hidden.
    """

    key: str
    name: Any
    definition: Any
    unit: Any
    breakdowns: tuple[Breakdown, ...]
    faces: tuple[tuple[str, ...], ...]
    count: Callable[[Any], Cells]
    measures: tuple[Measure, ...] = ()
    of_people: bool = True

    def position(self, breakdown: str) -> int:
        """Which of its directions this one is."""
        return [each.key for each in self.breakdowns].index(breakdown)


DeclareIndicators = Callable[[Any], Iterable[Indicator]]  # for whatever scope the subject's app knows
DECLARATIONS: dict[str, list[tuple[int, DeclareIndicators]]] = {}


def declares_indicators(subject: str, *, rank: int) -> Callable[[DeclareIndicators], DeclareIndicators]:
    """Declare what gives indicators of a subject for a scope. Those with a lower `rank` are shown first."""

    def declare(indicators: DeclareIndicators) -> DeclareIndicators:
        DECLARATIONS.setdefault(subject, []).append((rank, indicators))
        return indicators

    return declare


def indicators_of(subject: str, scope: Any) -> list[Indicator]:
    """All indicators that the slices declare for a subject."""
    declared = sorted(DECLARATIONS[subject], key=lambda declaration: declaration[0])
    return [indicator for _rank, indicators in declared for indicator in indicators(scope)]


@dataclass(frozen=True)
class StatisticsPage:
    """A page with the indicators of a subject: its name, the name of its address, and who may see it."""

    name: Any
    url_name: str
    permission: str


STATISTICS_PAGES: list[StatisticsPage] = []  # in the order of the apps
