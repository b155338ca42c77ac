"""The figures of a release as lines of a file: what is not shown is said in words, and is a number nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from victor.files.workbooks import write_csv
from victor.reporting.releases.frozen_figures import FrozenFigure

Line = list[str | float]


def as_csv(figures: Sequence[FrozenFigure]) -> str:
    """A heading, then a line for each figure."""
    return write_csv([heading(), *(line for figure in figures for line in lines_of(figure))])


def heading() -> Line:
    """The names of the columns."""
    number = pgettext("how many", "Number")
    return [_("Figure"), _("Half-year"), _("Broken down by"), _("Value"), number, _("Unit"), _("Definition")]


def lines_of(figure: FrozenFigure) -> Iterator[Line]:
    """A figure with its measures and medians; one line where it is missing."""
    period, definition = str(figure.period), figure.definition
    if figure.missing:
        yield [figure.name, period, "", "", figure.missing, figure.unit, definition]
        return
    for by, value, row in figure.cells():
        yield [figure.name, period, by, value or _("total"), _number(row.number), figure.unit, definition]
        for key, name, unit in figure.measures:
            measured = _number(row.measures.get(key))
            yield [f"{figure.name}: {name}", period, by, value or _("total"), measured, unit, definition]
    for name, median in figure.medians:
        yield [f"{figure.name}: {name}", period, "", _("total"), _number(median), "", definition]


def _number(number: float | None) -> str | float:
    return _("not shown") if number is None else number
