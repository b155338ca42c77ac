"""Writes Excel workbooks: the only place that does. What is text stays text, even where it looks like a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO

from babel.numbers import get_decimal_symbol
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from victor.languages import locale

BOM = "\ufeff"  # spreadsheets need it to read a file as UTF-8
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula in CSV
TEXT = "s"  # the type of a cell
Row = Sequence[str | float | None]


def write_workbook(sheets: Mapping[str, Iterable[Row]], *, column_width: int | None = None) -> bytes:
    """A workbook with a sheet for each title. With a width, columns have it, and the first row stays in view."""
    book, file = Workbook(write_only=True), BytesIO()
    for title, rows in sheets.items():
        sheet, cells = book.create_sheet(title), [list(row) for row in rows]
        if column_width is not None:
            sheet.freeze_panes = "A2"
            for column in range(1, max(map(len, cells), default=0) + 1):
                sheet.column_dimensions[get_column_letter(column)].width = column_width
        for row in cells:
            sheet.append([_cell(sheet, value) for value in row])
    book.save(file)
    return file.getvalue()


def write_csv(rows: Iterable[Row]) -> str:
    """Lines of CSV. A text that looks like a formula gets an apostrophe in front, which spreadsheets do not show.

    The signs are those that the reader's Excel expects: semicolons separate columns where the decimal sign is a comma.
    """
    file, decimal = StringIO(), get_decimal_symbol(locale())
    writer = csv.writer(file, delimiter=";" if decimal == "," else ",")
    writer.writerows([_plain(value, decimal) for value in row] for row in rows)
    return BOM + file.getvalue()


def _cell(sheet: object, value: str | float | None) -> WriteOnlyCell:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = TEXT
    return cell


def _plain(value: str | float | None, decimal: str) -> str | float | None:
    if isinstance(value, float):
        return str(value).replace(".", decimal)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
