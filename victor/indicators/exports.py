"""Exports figures as files: one line for each figure, with its definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from victor.files.workbooks import write_csv, write_workbook
from victor.indicators.corners import TOTAL, Key
from victor.indicators.declarations import Indicator
from victor.indicators.tables import CountedIndicator


def as_csv(counted: Iterable[CountedIndicator]) -> str:
    """All figures in one file."""
    return write_csv(export_lines(counted))


def as_xlsx(counted: Iterable[CountedIndicator]) -> bytes:
    """All figures in an Excel workbook."""
    return write_workbook({_("Statistics"): export_lines(counted)})


def export_lines(counted: Iterable[CountedIndicator]) -> Iterator[list[str | float]]:
    """A heading, then a line for each figure: name, period, breakdown, value, number, unit and definition."""
    heading = pgettext("how many", "Number")
    yield [_("Figure"), _("Period"), _("Broken down by"), _("Value"), heading, _("Unit"), _("Definition")]
    for figures in counted:
        indicator = figures.indicator
        period = _period_cell(figures)
        for key, number in figures.all():
            by = _breakdown_cells(indicator, key)
            cells = [period, *by, _figure_cell(number), str(indicator.unit), str(indicator.definition)]
            yield [str(indicator.name), *cells]
            for measure in indicator.measures:
                name, value = f"{indicator.name}: {measure.name}", figures.measured(measure, key)
                yield [name, period, *by, _figure_cell(value), str(measure.unit), str(indicator.definition)]
        for row in figures.medians():
            name, cells = f"{indicator.name}: {row.median.name}", ["", _("total"), _figure_cell(row.value)]
            yield [name, period, *cells, str(row.median.unit), str(indicator.definition)]


def _period_cell(figures: CountedIndicator) -> str:
    """The period, and since when the figures have not changed."""
    if figures.as_of is None:
        return figures.period
    day = f"{timezone.localdate(figures.as_of):%Y-%m-%d}"
    return _("%(period)s (figures as of %(day)s)") % {"period": figures.period, "day": day}


def _breakdown_cells(indicator: Indicator, key: Key) -> list[str]:
    """The breakdowns of a figure, and its values in them."""
    by = [
        (str(breakdown.name), str(dict(breakdown.choices).get(value, value)))
        for breakdown, value in zip(indicator.breakdowns, key, strict=True)
        if value is not TOTAL
    ]
    names, values = " × ".join(name for name, _value in by), " × ".join(value for _name, value in by)
    return [names, values or _("total")]


def _figure_cell(number: float | None) -> str | float:
    return number if number is not None else _("not shown")
