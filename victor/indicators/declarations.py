"""Declarations of indicators: name, definition, and breakdowns of each figure that is reported.

Releases also read from here where the figures of a subject come from, and which other parts a report has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from datetime import date

    from victor.accounts.models import User
    from victor.indicators.periods import HalfYear

Cells = Mapping[tuple[str, ...], int | tuple[float, ...]]


@dataclass(frozen=True)
class Breakdown:
    """A dimension by which a figure is broken down: its values, with words for people.

    Charts show what `is_by_name`, such as countries, in the order of the names, never in that of the numbers.
    """

    key: str
    name: str | Promise
    choices: tuple[tuple[str, str | Promise], ...]
    is_by_name: bool = False

    @property
    def values(self) -> list[str]:
        """The values without their words."""
        return [value for value, _words in self.choices]


class Kind(Enum):
    """How a measure is shown."""

    SUM = "sum"
    MEAN = "mean"  # rounded, so that nobody can calculate a person's value from two means
    SHARE = "share"  # in whole per cent of all who are counted


@dataclass(frozen=True)
class Measure:
    """A value of each counted person or thing, added up beside the number. It is hidden where the number is."""

    key: str
    name: str | Promise
    unit: str | Promise
    kind: Kind = Kind.SUM

    @property
    def is_share(self) -> bool:
        """Whether its figures are per cent."""
        return self.kind is Kind.SHARE

    def of(self, total: float, number: int) -> float:
        """The value to show, where `number` counted together have this total."""
        if self.kind is Kind.SUM or not number:
            return round(total) if total == round(total) else round(total, 1)
        return round(total * 100 / number if self.is_share else total / number)


@dataclass(frozen=True)
class Median:
    """The median of a number that some of those who are counted have, such as days. A breakdown says how many have it.

    Where any figure of that breakdown is hidden, the median is: it would tell of those who are hidden.
    """

    key: str
    name: str | Promise
    unit: str | Promise
    breakdown: str


@dataclass(frozen=True)
class Indicator:
    """A figure that is reported.

    `count` returns the number for each combination of values, for a scope that its app defines. What is missing is 0.
    Where there are `measures`, it returns the number and the sum of each. `tables` are the pairs of breakdowns that are
    shown, rows first. A single breakdown is a list. Finer ones are not shown.

    Where figures are protected, those below the `threshold` are hidden, and whatever is hidden could be larger or
    smaller by the `step`. A threshold of 0 hides nothing, as for things. `count_parts` returns the cells of each part
    whose people know its rows, such as a desk, by its name. What `is_sealed` counts is encrypted where it is frozen:
    its rows cannot be read from the database, so its sums must not be either. `count_medians` returns the whole number
    of each of the `medians` that anybody has, by its key. What does not `adds_up`, such as what different channels
    reached, has no totals in releases.
    """

    key: str
    name: str | Promise
    definition: str | Promise
    unit: str | Promise
    breakdowns: tuple[Breakdown, ...]
    tables: tuple[tuple[str, ...], ...]
    count: Callable[[Any], Cells]
    measures: tuple[Measure, ...] = ()
    threshold: int = 0
    step: int = 5
    count_parts: Callable[[Any], Mapping[str, Cells]] | None = None
    is_sealed: bool = False
    medians: tuple[Median, ...] = ()
    count_medians: Callable[[Any], Mapping[str, int]] | None = None
    adds_up: bool = True

    def position(self, breakdown: str) -> int:
        """The position of a breakdown among its breakdowns."""
        return [known.key for known in self.breakdowns].index(breakdown)


DeclareIndicators = Callable[[Any], Iterable[Indicator]]  # for a scope that the app of the subject defines
DECLARATIONS: dict[str, list[tuple[int, DeclareIndicators]]] = {}


def declares_indicators(subject: str, *, rank: int) -> Callable[[DeclareIndicators], DeclareIndicators]:
    """Declare what gives indicators of a subject for a scope. Those with a lower `rank` are shown first."""

    def declare(indicators: DeclareIndicators) -> DeclareIndicators:
        DECLARATIONS.setdefault(subject, []).append((rank, indicators))
        return indicators

    return declare


def indicators_of(subject: str, scope: object) -> list[Indicator]:
    """All indicators that the slices declare for a subject."""
    declared = sorted(DECLARATIONS[subject], key=lambda declaration: declaration[0])
    return [indicator for _rank, indicators in declared for indicator in indicators(scope)]


@dataclass(frozen=True)
class CountedFigure:
    """One number that the site counts for a span of days, for targets of grants.

    `is_distinct`: each person counts once in the whole span, so that figures of parts are never added to it. A figure
    below the `threshold` is not shown.
    """

    key: str
    name: str | Promise
    unit: str | Promise
    count: Callable[[date, date], int]
    is_distinct: bool = False
    threshold: int = 0


FIGURES: dict[str, CountedFigure] = {}


def declare_figure(figure: CountedFigure) -> CountedFigure:
    """Let targets of grants name this figure by its key."""
    FIGURES[figure.key] = figure
    return figure


@dataclass(frozen=True)
class StatisticsPage:
    """A page with the indicators of a subject: its name, the name of its address, and who may see it."""

    name: str | Promise
    url_name: str
    permission: str


STATISTICS_PAGES: list[StatisticsPage] = []  # in the order of the apps


def statistics_pages_for(user: User) -> list[StatisticsPage]:
    """The pages of statistics that a person may see."""
    return [page for page in STATISTICS_PAGES if user.has_perm(page.permission)]


@dataclass(frozen=True)
class Source:
    """Whose figures a release freezes: the indicators of a subject, for the scope that `scope_of` gives a half-year.

    `part` is the part of the report where they stand. Protected ones are stored as figures of `stored_as`. Of the sum
    of an indicator that other indicators count as well, `sums` names these: what is hidden is protected together.
    `is_on_pages`: readers of the statistics pages have seen the figures, whatever a release shows of them.
    """

    subject: str
    part: str
    scope_of: Callable[[HalfYear], object]
    stored_as: str
    leaves_out: Sequence[str] = ()
    sums: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_on_pages: bool = True


SOURCES: list[tuple[int, Source]] = []  # with the rank of each


def declare_source(source: Source, *, rank: int) -> None:
    """Let releases count the indicators of a subject. A lower `rank` comes first."""
    SOURCES.append((rank, source))


def sources_in_order() -> list[Source]:
    """All sources."""
    return [source for _rank, source in sorted(SOURCES, key=lambda declared: declared[0])]


@dataclass(frozen=True)
class SectionTable:
    """A part of the report that is no indicator: names of the columns, and rows of texts and numbers.

    None is a number that is missing; its row says why. Where there are no rows, `reason` says why there are none.
    """

    columns: Sequence[str | Promise]
    rows: Sequence[Sequence[str | Promise | float | None]]
    reason: str | Promise = ""


@dataclass(frozen=True)
class Section:
    """A part of the report that a slice declares. `count` gives its table for half-years, in the active language."""

    key: str
    title: str | Promise
    count: Callable[[Sequence[HalfYear]], SectionTable]


SECTIONS: list[tuple[int, Section]] = []  # with the rank of each


def declares_section(
    key: str, title: str | Promise, *, rank: int
) -> Callable[[Callable[[Sequence[HalfYear]], SectionTable]], Callable[[Sequence[HalfYear]], SectionTable]]:
    """Declare what gives a part of the report. A lower `rank` comes first."""

    def declare(
        count: Callable[[Sequence[HalfYear]], SectionTable],
    ) -> Callable[[Sequence[HalfYear]], SectionTable]:
        SECTIONS.append((rank, Section(key, title, count)))
        return count

    return declare


def sections_in_order() -> list[Section]:
    """All parts that slices declare."""
    return [section for _rank, section in sorted(SECTIONS, key=lambda declared: declared[0])]
