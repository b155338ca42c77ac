"""Spreadsheets that people bring: read cell by cell, or refused with the cell and the reason.

Nothing is guessed. What is not text where text belongs is a fault and is not turned into text; a file whose letters
could be read in several ways is read in none of them before somebody has looked. A file is measured before it is
unpacked, and one that declares entities is not parsed, nor one in which a few bytes stand for many cells.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import zip_longest
from typing import TYPE_CHECKING
from unicodedata import category

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from trainings.participants.archives import unpack_filled_cells
from victor.files.errors import UnreadableTable
from victor.files.list_kinds import ZIP, refusal_of
from victor.files.text_tables import read_text_table
from victor.files.workbooks import Row, write_workbook

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_ROWS, MAX_COLUMNS = 500, 30
MAX_TITLE_ROWS = 20  # above the headings
MAX_BYTES = 1024 * 1024
TOO_LARGE = gettext_lazy("The file is larger than 1 MB. Please upload a list that contains only the names.")


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell, such as A5."""

    cell: str
    reason: str


@dataclass
class ReadSheet:
    """Text by row and column, counted from 1; what could not be read is among the faults.

    `merged` has the ranges of merged cells by their first one, `hidden_rows` and `hidden_columns` those that somebody
    who opens the file does not see, `unread_sheets` the names of further sheets with people in them.
    """

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    unread_sheets: list[str] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def rows(self) -> Iterator[int]:
        """The numbers of the rows that hold anything, in order."""
        yield from sorted({row for row, _column in self.cells})

    def refuse(self, row: int, column: int, reason: str) -> None:
        """Note a fault, each cell once."""
        cell = cell_name(row, column)
        if cell not in self.refused:
            self.refused.add(cell)
            self.faults.append(CellFault(cell, reason))


def cell_name(row: int, column: int) -> str:
    """How people call a cell: A5."""
    return f"{get_column_letter(column)}{row}"


def read_sheet(content: bytes, *, encoding: str = "") -> ReadSheet:
    """The first sheet of a workbook, or a text file with columns; `encoding` is what somebody has chosen.

    Raises:
        UnreadableTable: it cannot be read.
        UnclearEncoding: its letters can be read in several ways.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableTable(str(TOO_LARGE))
    if reason := refusal_of(content):
        raise UnreadableTable(reason)
    sheet = _read_workbook(content) if content.startswith(ZIP) else _read_text(content, encoding)
    if not sheet.cells:
        raise UnreadableTable(_("The file is empty."))
    if len(list(sheet.rows())) > MAX_ROWS + 1 + MAX_TITLE_ROWS:
        raise UnreadableTable(_("The list has more than 500 rows. Please upload it in parts."))
    if max(column for _row, column in sheet.cells) > MAX_COLUMNS:
        raise UnreadableTable(_("The list has more than 30 columns. Please delete those we do not ask for."))
    return sheet


def _read_workbook(content: bytes) -> ReadSheet:
    filled = unpack_filled_cells(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about decorations that we do not look at
            book = load_workbook(filled)
    except Exception as fault:  # whatever its parsers meet in a broken file
        raise UnreadableTable(_("The file is damaged and cannot be read.")) from fault
    worksheet = next((worksheet for worksheet in book.worksheets if worksheet.sheet_state == "visible"), None)
    if worksheet is None:
        raise UnreadableTable(_("The file is empty."))
    sheet = ReadSheet(worksheet.title)
    sheet.merged = {(merged.min_row, merged.min_col): merged.coord for merged in worksheet.merged_cells.ranges}
    for cell in _filled_cells(worksheet):
        _take_cell(sheet, cell)
    rows, columns = worksheet.row_dimensions, worksheet.column_dimensions
    sheet.hidden_rows = [row for row in sheet.rows() if row in rows and _is_hidden(rows[row].hidden, rows[row].height)]
    hidden = {name for name, column in columns.items() if _is_hidden(column.hidden, column.width)}
    letters = {get_column_letter(column) for _row, column in sheet.cells}
    sheet.hidden_columns = sorted(hidden & letters)
    others = (other for other in book.worksheets if other is not worksheet)
    sheet.unread_sheets = [
        other.title for other in others if any("@" in str(cell.value) for cell in _filled_cells(other))
    ]
    return sheet


def _filled_cells(worksheet: Worksheet) -> list[Cell]:
    """The cells that hold anything, in order. The methods for rows would also make those that are not in the file."""
    cells = sorted(worksheet._cells.items())
    return [cell for _place, cell in cells if cell.value is not None]


def _is_hidden(hidden: object, length: object) -> bool:
    return bool(hidden) or length == 0


def _take_cell(sheet: ReadSheet, cell: Cell) -> None:
    """Take over the text of a cell. Anything else is a fault, and the cell then holds a question mark."""
    value, reason = cell.value, ""
    if cell.data_type == "f":
        reason = _("This cell contains a formula. Please enter its result instead.")
    elif cell.data_type == "e":
        reason = _("This cell contains a spreadsheet error.")
    elif isinstance(value, datetime | date | time):
        reason = _("This cell contains a date; text is expected.")
    elif not isinstance(value, str):
        reason = _("This cell contains a number; text is expected.")
    text = _visible_text(str(value)) if not reason else "?"
    if reason:
        sheet.refuse(cell.row, cell.column, reason)
    if text:
        sheet.cells[cell.row, cell.column] = text


def _visible_text(text: str) -> str:
    """Without blanks around it; empty where nothing in it can be seen."""
    stripped = text.strip()
    return stripped if any(category(sign) != "Cf" for sign in stripped) else ""


def _read_text(content: bytes, encoding: str) -> ReadSheet:
    sheet = ReadSheet("CSV")
    for row, values in read_text_table(content, encoding=encoding):
        for column, value in enumerate(values, 1):
            if filled := _visible_text(value):
                sheet.cells[row, column] = filled
    return sheet


def empty_workbook(headings: list[str], values: dict[str, list[str]]) -> bytes:
    """An empty list with its headings; a second sheet says which values each column takes."""
    columns = [[heading, *allowed] for heading, allowed in values.items()]
    rows: list[Row] = list(zip_longest(*columns))
    return write_workbook({_("Participants"): [headings], _("Values"): rows}, column_width=28)
