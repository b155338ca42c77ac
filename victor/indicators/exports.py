"""Figures as files: one line a figure, every figure with its definition."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from victor.indicators.declarations import Indicator
from victor.indicators.suppression import TOTAL, Key
from victor.indicators.tables import CountedIndicator

BOM = "\ufeff"  # or spreadsheets read Greek as something else


def as_csv(counted: Iterable[CountedIndicator], *, period: str) -> str:
    """All figures in one file."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerows(export_lines(counted, period=period))
    return BOM + file.getvalue()


def as_xlsx(counted: Iterable[CountedIndicator], *, period: str) -> bytes:
    """The same in a workbook."""
    book, file = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet(_("Statistics"))
    for line in export_lines(counted, period=period):
        sheet.append(line)
    book.save(file)
    return file.getvalue()


def export_lines(counted: Iterable[CountedIndicator], *, period: str) -> Iterator[list[str | float]]:
    """A heading, then a line for each figure: what, when, broken down by what, how many, and what exactly that is."""
    yield [_("Figure"), _("Period"), _("Broken down by"), _("Value"), _("Number"), _("Unit"), _("Definition")]
    for each in counted:
        said = each.indicator
        for key, number in each.all():
            by = _breakdown_cells(said, key)
            yield [str(said.name), period, *by, _figure_cell(number), str(said.unit), str(said.definition)]
            for measure in said.measures:
                name, value = f"{said.name}: {measure.name}", each.measured(measure, key)
                yield [name, period, *by, _figure_cell(value), str(measure.unit), str(said.definition)]


def _breakdown_cells(said: Indicator, key: Key) -> list[str]:
    """The directions in which a figure is broken down, and its values in them."""
    by = [
        (str(breakdown.name), str(dict(breakdown.choices)[value]))
        for breakdown, value in zip(said.breakdowns, key, strict=True)
        if value is not TOTAL
    ]
    names, values = " × ".join(name for name, _value in by), " × ".join(value for _name, value in by)
    return [names, values or _("all")]


def _figure_cell(number: float | None) -> str | float:
    return number if number is not None else _("not shown")
