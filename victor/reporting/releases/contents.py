"""The figures of a release as plain data: definitions in every language, values, what is not shown, what is missing.

A number that is not shown is nowhere in it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from victor.indicators.actions import freeze_figures
from victor.indicators.corners import TOTAL, Key
from victor.indicators.declarations import (
    Indicator,
    Section,
    SectionTable,
    Source,
    indicators_of,
    sections_in_order,
    sources_in_order,
)
from victor.indicators.errors import NotRecorded
from victor.indicators.periods import HalfYear
from victor.indicators.tables import CountedIndicator
from victor.languages import CODES
from victor.reporting.releases.states import Missing

FORMAT = "victor-figures-1"
Text: TypeAlias = dict[str, str]  # by language
Frozen: TypeAlias = dict[str, object]
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Wanted:
    """An indicator that is counted for a half-year, as it is declared in each language."""

    source: Source
    period: HalfYear
    scope: object
    by_language: Mapping[str, Indicator]

    @property
    def indicator(self) -> Indicator:
        """The indicator, in English."""
        return self.by_language[CODES[0]]

    @property
    def name(self) -> str:
        """Its name in `left_out` and in what the audit finds."""
        return f"{self.indicator.key} {self.period.key}"


def wanted_figures(periods: Sequence[HalfYear], left_out: Sequence[str]) -> list[Wanted]:
    """What is counted, in the order of the report."""
    wanted = [figure for source in sources_in_order() for period in periods for figure in _wanted(source, period)]
    return [figure for figure in wanted if figure.name not in left_out]


def _wanted(source: Source, period: HalfYear) -> Iterator[Wanted]:
    scope = source.scope_of(period)
    declared: dict[str, dict[str, Indicator]] = {}
    for code in CODES:
        with override(code):
            for indicator in indicators_of(source.subject, scope):
                if indicator.key not in source.leaves_out:
                    declared.setdefault(indicator.key, {})[code] = indicator
    for by_language in declared.values():
        yield Wanted(source, period, scope, by_language)


def freeze_figure(wanted: Wanted) -> Frozen:
    """A figure as it is counted now, or why it is missing. A source that fails stops no other."""
    try:
        with transaction.atomic():
            counted = _count(wanted)
    except NotRecorded:
        return _describe(wanted) | {"missing": Missing.NOT_RECORDED.value}
    except (DatabaseError, OSError, ValueError, ArithmeticError, LookupError) as error:
        log.warning("a figure is missing", figure=wanted.name, type=type(error).__name__)
        return _describe(wanted) | {"missing": Missing.FAILED.value}
    return _describe(wanted) | {
        "as_of": f"{timezone.localdate(counted.as_of):%Y-%m-%d}",
        "figures": [_figure(counted, key, number) for key, number in counted.all() if _is_told(counted, key)],
        "medians": {row.median.key: row.value for row in counted.medians()},
    }


def _count(wanted: Wanted) -> CountedIndicator:
    indicator, period = wanted.indicator, wanted.period
    if not indicator.threshold:
        return CountedIndicator.own(indicator, wanted.scope, period=period.months)
    frozen = freeze_figures(indicator, period, wanted.scope, subject=wanted.source.stored_as)
    return CountedIndicator.protected(indicator, frozen, period=period.months)


def _is_told(counted: CountedIndicator, key: Key) -> bool:
    """Whether a figure is no total of what does not add up."""
    return counted.indicator.adds_up or TOTAL not in key


def _figure(counted: CountedIndicator, key: Key, number: int | None) -> Frozen:
    by = {
        breakdown.key: value
        for breakdown, value in zip(counted.indicator.breakdowns, key, strict=True)
        if value is not TOTAL
    }
    measures = {measure.key: counted.measured(measure, key) for measure in counted.indicator.measures}
    return {"by": by, "number": number} | ({"measures": measures} if measures else {})


def _describe(wanted: Wanted) -> Frozen:
    """What a figure is, in every language, as if it were missing."""
    indicator = wanted.indicator
    shown = {key for table in indicator.tables for key in table}
    return {
        "key": indicator.key,
        "part": wanted.source.part,
        "period": wanted.period.key,
        "name": _texts(wanted, lambda declared: declared.name),
        "definition": _texts(wanted, lambda declared: declared.definition),
        "unit": _texts(wanted, lambda declared: declared.unit),
        "is_protected": bool(indicator.threshold),
        "breakdowns": [
            _breakdown(wanted, place) for place, known in enumerate(indicator.breakdowns) if known.key in shown
        ],
        "tables": [list(table) for table in indicator.tables],
        "measures": [_measure(wanted, place) for place in range(len(indicator.measures))],
        "median_names": {
            median.key: _texts(wanted, _median_name(place)) for place, median in enumerate(indicator.medians)
        },
        "figures": [],
        "medians": {},
        "missing": "",
        "as_of": "",
    }


def _breakdown(wanted: Wanted, place: int) -> Frozen:
    breakdown = wanted.indicator.breakdowns[place]
    return {
        "key": breakdown.key,
        "name": _texts(wanted, lambda declared: declared.breakdowns[place].name),
        "is_by_name": breakdown.is_by_name,
        "values": [
            {"key": value, "name": _texts(wanted, _choice(place, number))}
            for number, value in enumerate(breakdown.values)
        ],
    }


def _median_name(place: int) -> Callable[[Indicator], str | Promise]:
    return lambda declared: declared.medians[place].name


def _choice(place: int, number: int) -> Callable[[Indicator], str | Promise]:
    return lambda declared: declared.breakdowns[place].choices[number][1]


def _measure(wanted: Wanted, place: int) -> Frozen:
    measure = wanted.indicator.measures[place]
    return {
        "key": measure.key,
        "name": _texts(wanted, lambda declared: declared.measures[place].name),
        "unit": _texts(wanted, lambda declared: declared.measures[place].unit),
        "is_share": measure.is_share,
    }


def _texts(wanted: Wanted, text_of: Callable[[Indicator], str | Promise]) -> Text:
    return {code: _say(text_of(declared), code) for code, declared in wanted.by_language.items()}


def _say(text: str | Promise, code: str) -> str:
    with override(code):
        return str(text)


def freeze_section(section: Section, periods: Sequence[HalfYear]) -> Frozen:
    """A part that a slice declares, in every language, or why it is missing."""
    title = {code: _say(section.title, code) for code in CODES}
    try:
        with transaction.atomic():
            tables = {code: _table_in(section, periods, code) for code in CODES}
    except NotRecorded:
        return {"key": section.key, "title": title, "missing": Missing.NOT_RECORDED.value}
    except (DatabaseError, OSError, ValueError, ArithmeticError, LookupError) as error:
        log.warning("a part of the report is missing", part=section.key, type=type(error).__name__)
        return {"key": section.key, "title": title, "missing": Missing.FAILED.value}
    first = tables[CODES[0]]
    columns = [{code: str(tables[code].columns[place]) for code in CODES} for place in range(len(first.columns))]
    rows = [[_cell(tables, row, place) for place in range(len(cells))] for row, cells in enumerate(first.rows)]
    reason = {code: str(table.reason) for code, table in tables.items()}
    return {"key": section.key, "title": title, "columns": columns, "rows": rows, "reason": reason, "missing": ""}


def _table_in(section: Section, periods: Sequence[HalfYear], code: str) -> SectionTable:
    """The table in a language, with its texts written out."""
    with override(code):
        table = section.count(periods)
        rows = [[str(cell) if isinstance(cell, Promise) else cell for cell in row] for row in table.rows]
        return SectionTable([str(name) for name in table.columns], rows, str(table.reason))


def _cell(tables: Mapping[str, SectionTable], row: int, place: int) -> Text | float | None:
    first = tables[CODES[0]].rows[row][place]
    if first is None or isinstance(first, int | float):
        return first
    return {code: str(table.rows[row][place]) for code, table in tables.items()}


def frozen_sections(periods: Sequence[HalfYear]) -> list[Frozen]:
    """All parts that slices declare."""
    return [freeze_section(section, periods) for section in sections_in_order()]


def as_canonical_json(content: Frozen) -> str:
    """The one way to write it, so that everybody computes the same digest."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
