"""The parts of a report, composed from what a release has stored, in the active language. Every format has the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from victor.formatting import format_decimal, long_day
from victor.reporting.releases.frozen_figures import FrozenFigure, say
from victor.reporting.releases.presenters import figures_of, value_in_words
from victor.reporting.releases.states import Missing

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from victor.reporting.releases.models import Release

Value: TypeAlias = str | float
PART_TITLES: dict[str, str | Promise] = {
    "desks": pgettext_lazy("part of a report", "Desks"),
    "seminars": pgettext_lazy("part of a report", "People trained"),
    "campaign": pgettext_lazy("part of a report", "Campaign"),
    "cooperation": pgettext_lazy("part of a report", "Cooperation"),
}


@dataclass(frozen=True)
class ReportTable:
    """A table with a name: its columns, and its rows. With `bars`, the last column is drawn beside it."""

    title: str
    head: list[str]
    rows: list[list[Value]]
    bars: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the report: sentences, then tables. `sheet` names it in a workbook."""

    title: str
    sentences: list[str] = field(default_factory=list)
    tables: list[ReportTable] = field(default_factory=list)


def compose_parts(release: Release) -> Iterator[Part]:
    """All parts, one after the other."""
    figures = figures_of(release)
    yield _summary(release, figures)
    yield _how_to_read(release)
    for part, title in PART_TITLES.items():
        yield _figures_part(str(title), [figure for figure in figures if figure.part == part])
    for section in release.frozen("sections"):
        yield _section_part(section)
    yield _definitions(figures)
    yield _not_shown(figures)
    yield _corrections(release)


def count_parts(release: Release) -> int:
    """How many parts the report has."""
    return len(PART_TITLES) + len(release.frozen("sections")) + 5


def _summary(release: Release, figures: Sequence[FrozenFigure]) -> Part:
    rows: list[list[Value]] = [
        [
            figure.name,
            str(figure.period),
            value_in_words(figure) if figure.total is None or figure.missing else figure.total,
        ]
        for figure in figures
        if figure.missing or figure.has({})
    ]
    head = [_("Figure"), _("Half-year"), pgettext("how many", "Number")]
    return Part(_("Summary"), [_as_of(release)], [ReportTable(_("Summary"), head, rows)])


def _as_of(release: Release) -> str:
    day = long_day(release.counted_at) if release.counted_at else "–"
    return _("Figures as of %(day)s.") % {"day": day}


def _how_to_read(release: Release) -> Part:
    periods = "; ".join(str(period) for period in release.periods)
    sentences = [
        _("The figures are those of release %(number)s.") % {"number": release.label},
        _("Half-years: %(periods)s.") % {"periods": periods},
        why_not_shown(),
        _("One child can have several contacts."),
        _("Where a source did not answer, its figure is missing. It is never counted as 0."),
    ]
    return Part(_("How to read this report"), sentences)


def why_not_shown() -> str:
    """Why some figures are not there."""
    return _(
        "Some figures are not shown, so that nobody can recognise a child. “Not shown” does not mean few and does not "
        "mean none."
    )


def _figures_part(title: str, figures: Sequence[FrozenFigure]) -> Part:
    if not figures:
        return Part(title, [_("Nothing to report.")])
    return Part(title, [], [table for figure in figures for table in _tables(figure)])


def _tables(figure: FrozenFigure) -> Iterator[ReportTable]:
    """Each table of a figure as a list of what stands in it; crossed tables have a line a pair."""
    name = f"{figure.name}, {figure.period}"
    number = pgettext("how many", "Number")
    if figure.missing:
        yield ReportTable(name, [figure.name, number], [[figure.name, figure.missing]])
        return
    for keys in figure.tables:
        names = [figure.breakdown_name(key) for key in keys]
        measures = [measure for _key, measure, _unit in figure.measures] if len(keys) == 1 else []
        yield ReportTable(name, [*names, *measures, number], list(_lines(figure, keys)), bars=len(keys) == 1)
    if figure.medians:
        rows: list[list[Value]] = [[median, _shown(value)] for median, value in figure.medians]
        yield ReportTable(name, [pgettext("statistics", "Median"), number], rows)


def _lines(figure: FrozenFigure, keys: Sequence[str]) -> Iterator[list[Value]]:
    firsts = figure.values(keys[0])
    if len(keys) == 1:
        for row in figure.rows(keys[0]):
            yield [
                row.label,
                *(_shown(row.measures.get(key)) for key, _name, _unit in figure.measures),
                _shown(row.number),
            ]
        if figure.has({}):
            row = figure.row({}, _("total"))
            yield [
                row.label,
                *(_shown(row.measures.get(key)) for key, _name, _unit in figure.measures),
                _shown(row.number),
            ]
        return
    for value, label in firsts:
        for other, words in figure.values(keys[1]):
            yield [label, words, _shown(figure.row({keys[0]: value, keys[1]: other}, "").number)]


def _section_part(section: dict) -> Part:
    """A part that a slice has declared."""
    title = say(section["title"])
    if section["missing"]:
        return Part(title, [str(Missing(section["missing"]).label)])
    if not section["rows"]:
        reason = say(section["reason"])
        return Part(
            title,
            [_("Nothing to report, because %(reason)s") % {"reason": reason} if reason else _("Nothing to report.")],
        )
    head = [say(name) for name in section["columns"]]
    rows: list[list[Value]] = [[_cell(cell) for cell in row] for row in section["rows"]]
    return Part(title, [], [ReportTable(title, head, rows)])


def _cell(cell: object) -> Value:
    if cell is None:
        return pgettext("figure", "missing")
    return cell if isinstance(cell, int | float) else say(cell)


def _definitions(figures: Sequence[FrozenFigure]) -> Part:
    rows: list[list[Value]] = [
        [name, text] for name, text in {figure.name: figure.definition for figure in figures}.items()
    ]
    return Part(_("Definitions"), [], [ReportTable(_("Definitions"), [_("Figure"), _("Definition")], rows)])


def _not_shown(figures: Sequence[FrozenFigure]) -> Part:
    title = _("Not shown and missing")
    rows: list[list[Value]] = [
        [figure.name, str(figure.period), figure.missing or _("partly not shown")]
        for figure in figures
        if figure.missing or figure.has_hidden
    ]
    head = [_("Figure"), _("Half-year"), _("Reason")]
    return Part(title, [why_not_shown()], [ReportTable(title, head, rows)] if rows else [])


def _corrections(release: Release) -> Part:
    sentences = [_("SHA-256 of the figures: %(digest)s") % {"digest": release.sha256}]
    if release.corrects:
        numbers = {"number": release.label, "corrected": release.corrects.label, "sentence": release.reason}
        sentences.insert(0, _("Release %(number)s corrects release %(corrected)s: %(sentence)s") % numbers)
    return Part(_("Corrections"), sentences)


def _shown(number: float | None) -> Value:
    return _("not shown") if number is None else number


def in_words(value: Value) -> str:
    """A value as paper shows it."""
    return value if isinstance(value, str) else format_decimal(value)
