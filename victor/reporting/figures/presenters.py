"""The public page of figures: questions, each with a sentence, a chart, a table, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from victor.formatting import format_decimal
from victor.reporting.figures.charts import Bar, Pair, draw_bars, draw_pairs
from victor.reporting.releases.frozen_figures import FigureRow, FrozenFigure, say
from victor.reporting.releases.presenters import figures_of

if TYPE_CHECKING:
    from django.utils.functional import Promise
    from django.utils.safestring import SafeString

    from victor.indicators.periods import HalfYear
    from victor.reporting.releases.models import Release

REACH = "reach_"


@dataclass(frozen=True)
class ValueTable:
    """A table beside a chart: the name of its rows, its columns, and rows of a name and values in words."""

    caption: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Block:
    """A question and its answer. `charts` are several where they must not be added up."""

    key: str
    question: str | Promise
    sentence: str
    charts: list[SafeString]
    tables: list[ValueTable]
    definitions: list[str]


@dataclass(frozen=True)
class FiguresPage:
    """The figures of a release, for everybody."""

    release: Release
    periods: list[HalfYear]
    blocks: list[Block]
    has_hidden: bool
    as_of: str
    newer: str

    @classmethod
    def of(cls, release: Release, newer: Release | None = None) -> FiguresPage:
        """What the page shows. Nothing is read but the release."""
        figures = figures_of(release)
        blocks = [block for question in QUESTIONS if (block := question.answer(figures, release.periods))]
        has_hidden = any(figure.has_hidden for figure in figures)
        counted = f"{release.counted_at:%Y-%m-%d}" if release.counted_at else ""
        blocks.extend(_section_blocks(release))
        return cls(release, release.periods, blocks, has_hidden, counted, newer.label if newer else "")


@dataclass(frozen=True)
class Question:
    """What people ask, and the figures that answer it: of one breakdown, or the totals where it is empty."""

    key: str
    question: str | Promise
    indicators: tuple[str, ...]
    breakdown: str = ""
    is_pair: bool = False

    def answer(self, figures: Sequence[FrozenFigure], periods: Sequence[HalfYear]) -> Block | None:
        """The answer for all half-years; None where nothing of it was released."""
        own = [figure for figure in figures if self._is_wanted(figure)]
        if not own:
            return None
        groups = self._groups(own)
        charts = [self._draw(group, place) for place, group in enumerate(groups)]
        return Block(
            self.key,
            self.question,
            _sentence(own, periods[-1]),
            charts,
            [self._table(group) for group in groups],
            list(dict.fromkeys(f"{figure.name}: {figure.definition}" for figure in own)),
        )

    def _is_wanted(self, figure: FrozenFigure) -> bool:
        return figure.key in self.indicators or (figure.key.startswith(REACH) and REACH in self.indicators)

    def _groups(self, figures: Sequence[FrozenFigure]) -> list[list[FrozenFigure]]:
        """Figures of one chart: all half-years of an indicator, and all totals together."""
        if not self.breakdown and not self.is_pair:
            return [list(figures)]
        keys = list(dict.fromkeys(figure.key for figure in figures))
        return [[figure for figure in figures if figure.key == key] for key in keys]

    def _draw(self, group: Sequence[FrozenFigure], place: int) -> SafeString:
        name = f"{self.key}-{place}"
        title = " · ".join(dict.fromkeys(figure.name for figure in group))
        if self.is_pair:
            return draw_pairs(name, title, [_pair(figure) for figure in group if not figure.missing])
        return draw_bars(name, title, list(self._bars(group)))

    def _bars(self, group: Sequence[FrozenFigure]) -> Iterator[Bar]:
        several = len({figure.period for figure in group}) > 1
        for figure in group:
            if not self.breakdown or figure.missing:
                label = f"{figure.name}, {figure.period}"
                yield Bar(label, None if figure.missing else figure.total, figure.missing)
                continue
            for row in self._rows(figure):
                yield Bar(f"{row.label}, {figure.period}" if several else row.label, row.number)

    def _rows(self, figure: FrozenFigure) -> list[FigureRow]:
        return figure.rows(self._breakdown_of(figure))

    def _breakdown_of(self, figure: FrozenFigure) -> str:
        return self.breakdown if self.breakdown != REACH else figure.tables[0][0]

    def _table(self, group: Sequence[FrozenFigure]) -> ValueTable:
        if self.is_pair:
            return _pair_table(group)
        if not self.breakdown:
            rows = [[figure.name, str(figure.period), _total(figure)] for figure in group]
            return ValueTable(group[0].name, [_("Figure"), _("Half-year"), pgettext("how many", "Number")], rows)
        return table_by(group, self._breakdown_of(group[0]))


def table_by(group: Sequence[FrozenFigure], breakdown: str) -> ValueTable:
    """The figures of an indicator by a breakdown, with a column for each half-year, and a total where there is one."""
    present = [figure for figure in group if not figure.missing]
    names = dict(pair for figure in present for pair in figure.values(breakdown))
    head = [group[0].breakdown_name(breakdown), *(str(figure.period) for figure in group)]
    rows = [[label, *(_value(figure, {breakdown: value}) for figure in group)] for value, label in names.items()]
    if any(figure.has({}) for figure in present):
        rows.append([_("total"), *(_total(figure) for figure in group)])
    elif not present:
        rows.append([group[0].name, *(figure.missing for figure in group)])
    return ValueTable(group[0].name, head, rows)


def _value(figure: FrozenFigure, by: dict[str, str]) -> str:
    if figure.missing:
        return figure.missing
    number = figure.row(by, "").number
    return _("not shown") if number is None else format_decimal(number)


def _total(figure: FrozenFigure) -> str:
    return _value(figure, {})


def _pair(figure: FrozenFigure) -> Pair:
    measures = figure.row({}, "").measures
    names = {key: name for key, name, _unit in figure.measures}
    before, after = (Bar(names[key], measures.get(key)) for key in ("before", "after"))
    return Pair(str(figure.period), before, after)


def _pair_table(group: Sequence[FrozenFigure]) -> ValueTable:
    measures = group[0].measures
    head = [_("Half-year"), group[0].name, *(name for _key, name, _unit in measures)]
    return ValueTable(group[0].name, head, [[str(figure.period), *_measured(figure)] for figure in group])


def _measured(figure: FrozenFigure) -> list[str]:
    if figure.missing:
        return [figure.missing, *("–" for _measure in figure.measures)]
    row = figure.row({}, "")
    values = [row.measures.get(key) for key, _name, _unit in figure.measures]
    return [_total(figure), *(_("not shown") if value is None else format_decimal(value) for value in values)]


def _sentence(figures: Sequence[FrozenFigure], period: HalfYear) -> str:
    """What the last half-year was: one sentence with the figures."""
    last = [figure for figure in figures if figure.period == period] or list(figures[-1:])
    words = [f"{figure.name} – {_total(figure)}" for figure in last if figure.has({}) or figure.missing]
    if not words:
        return _("%(period)s: each figure stands by itself. They are never added up.") % {"period": str(period)}
    return f"{period}: {'; '.join(words)}."


def _section_blocks(release: Release) -> Iterator[Block]:
    """The parts that other slices have declared, such as targets."""
    for section in release.frozen("sections"):
        if section["missing"] or not section["rows"]:
            continue
        rows = [[_cell(cell) for cell in row] for row in section["rows"]]
        table = ValueTable(say(section["title"]), [say(name) for name in section["columns"]], rows)
        yield Block(section["key"], say(section["title"]), "", [], [table], [])


def _cell(cell: object) -> str:
    if cell is None:
        return pgettext("figure", "missing")
    return format_decimal(cell) if isinstance(cell, int | float) else say(cell)


QUESTIONS: list[Question] = [
    Question("contacts", gettext_lazy("How many contacts did the desks have?"), ("reports", "enquiries")),
    Question("countries", gettext_lazy("In which countries?"), ("contacts",), "where"),
    Question("answers", gettext_lazy("How fast did they answer?"), ("reports",), "answer"),
    Question("outcomes", gettext_lazy("What happened next?"), ("reports",), "outcome"),
    Question("trained", gettext_lazy("Who was trained?"), ("participants",), "profession"),
    Question("learned", gettext_lazy("What did they learn?"), ("gain",), is_pair=True),
    Question("reach", gettext_lazy("How far did the campaign reach?"), (REACH,), REACH),
    Question("cooperation", gettext_lazy("How do we work together?"), ("agreements", "contact_points")),
]
