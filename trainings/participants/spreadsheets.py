"""Spreadsheets that people bring: read cell by cell, or refused with the cell and the reason.

Nothing is guessed. What is not text where text belongs is a fault and is not turned into text; a file whose letters
could be read in several ways is read in none of them before somebody has looked. A file is measured before it is
unpacked, and one that declares entities is not parsed, nor one in which a few bytes stand for many cells.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import zip_longest
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from victor.files.workbooks import Row, write_workbook

if TYPE_CHECKING:
    from openpyxl.cell import Cell

MAX_ROWS, MAX_COLUMNS = 500, 30
MAX_BYTES, MAX_UNPACKED = 1024 * 1024, 6 * 1024 * 1024
MAX_SPANNED_CELLS = 3 * MAX_ROWS  # cells that are merged or linked: a spreadsheet makes links of addresses by itself
END_OF_SHEET = (16384, 1048576)
ENCODINGS = ("cp1250", "cp1251", "cp1252", "cp1253")
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DECLARATION_PATTERN = re.compile(rb"<!(DOCTYPE|ENTITY)")


class UnreadableSpreadsheet(Exception):
    """The file cannot be read; its text says why, for the person who brought it."""


class UnclearEncoding(Exception):
    """The letters of a text file can be read in several ways: `readings` shows how it begins in each."""

    def __init__(self, readings: dict[str, str]) -> None:
        super().__init__(readings)
        self.readings = readings


@dataclass(frozen=True)
class CellFault:
    """What is wrong with a cell, such as A5."""

    cell: str
    reason: str


@dataclass
class ReadSheet:
    """Text by row and column, counted from 1; what could not be read is among the faults."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
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
        UnreadableSpreadsheet: it cannot be read.
        UnclearEncoding: the letters can be read in several ways.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableSpreadsheet(
            _("The file is larger than 1 MB. Please upload a list that contains only the names.")
        )
    if content.startswith(OLD_EXCEL):
        raise UnreadableSpreadsheet(
            _("This is an old or password-protected Excel file. Please save it as XLSX without a password.")
        )
    sheet = _read_workbook(content) if content.startswith(ZIP) else _read_text(content, encoding)
    if not sheet.cells:
        raise UnreadableSpreadsheet(_("The file is empty."))
    if len(list(sheet.rows())) > MAX_ROWS + 1:
        raise UnreadableSpreadsheet(_("The list has more than 500 rows. Please upload it in parts."))
    if max(column for _row, column in sheet.cells) > MAX_COLUMNS:
        raise UnreadableSpreadsheet(_("The list has more than 30 columns. Please delete those we do not ask for."))
    return sheet


def _read_workbook(content: bytes) -> ReadSheet:
    _refuse_bombs(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about decorations that we do not look at
            book = load_workbook(BytesIO(content))
    except Exception as fault:  # whatever its parsers meet in a broken file
        raise UnreadableSpreadsheet(_("The file is damaged and cannot be read.")) from fault
    worksheet = next((worksheet for worksheet in book.worksheets if worksheet.sheet_state == "visible"), None)
    if worksheet is None:
        raise UnreadableSpreadsheet(_("The file is empty."))
    if worksheet.max_column > MAX_COLUMNS * 10:
        raise UnreadableSpreadsheet(_("The list has more than 30 columns. Please delete those we do not ask for."))
    if worksheet.max_row * worksheet.max_column > MAX_ROWS * MAX_COLUMNS * 10:
        raise UnreadableSpreadsheet(_("The list has more than 500 rows. Please upload it in parts."))
    sheet = ReadSheet(worksheet.title)
    for merged in worksheet.merged_cells.ranges:
        sheet.refuse(merged.min_row, merged.min_col, _("These cells are merged: %(cells)s") % {"cells": merged.coord})
    for cell in (cell for row in worksheet.iter_rows() for cell in row if cell.value is not None):
        _take_cell(sheet, cell)
    return sheet


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
    text = str(value).strip() if not reason else "?"
    if reason:
        sheet.refuse(cell.row, cell.column, reason)
    if text:
        sheet.cells[cell.row, cell.column] = text


def _refuse_bombs(content: bytes) -> None:
    """Unpack as much as is allowed and no more, whatever the file says of its size, and look for what would grow."""
    left, spans = MAX_UNPACKED, SpannedCells()
    try:
        with ZipFile(BytesIO(content)) as parts:
            for part in parts.infolist():
                with parts.open(part) as stream:
                    read = stream.read(left + 1)
                left -= len(read)
                if left < 0:
                    raise UnreadableSpreadsheet(_("The unpacked file is too large for a list of names."))
                if DECLARATION_PATTERN.search(read) or DECLARATION_PATTERN.search(read.replace(b"\0", b"")):
                    raise UnreadableSpreadsheet(_("The file is damaged and cannot be read."))
                spans.count_spans(read)
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as fault:
        raise UnreadableSpreadsheet(_("The file is damaged and cannot be read.")) from fault


class SpannedCells:
    """Counts the cells of merged cells and links, of which the reader of workbooks makes one each, in all parts: any
    may be a sheet. Nothing is kept of what is looked through."""

    def __init__(self) -> None:
        self.cells = 0

    def count_spans(self, part: bytes) -> None:
        """Refuse more than a list needs.

        Raises:
            UnreadableSpreadsheet: there are more.
        """
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._meet
        with suppress(expat.ExpatError, LookupError):  # no XML: as a sheet it is refused before a cell is made
            parser.ParseFile(BytesIO(part))

    def _meet(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] not in ("mergeCell", "hyperlink") or "ref" not in attributes:
            return
        left, top, right, bottom = range_boundaries(attributes["ref"])
        width = abs((right or END_OF_SHEET[0]) - (left or 1)) + 1
        height = abs((bottom or END_OF_SHEET[1]) - (top or 1)) + 1
        self.cells += width * height
        if self.cells > MAX_SPANNED_CELLS:
            reason = _("Too many cells are merged or linked for a list of names: %(cells)s")
            raise UnreadableSpreadsheet(reason % {"cells": attributes["ref"]})


def _read_text(content: bytes, encoding: str) -> ReadSheet:
    text = _decode(content, encoding).replace("\ufeff", "")
    if "\0" in text:
        raise UnreadableSpreadsheet(_("This is neither an XLSX nor a CSV file."))
    first, _newline, rest = text.partition("\n")
    if skipped := int(first.lower().startswith("sep=")):  # as Excel says it
        separator, text = first[4:5], rest
    else:
        separator = max(";,\t", key=first.count)
    sheet = ReadSheet("CSV")
    for row, values in enumerate(_split_lines(text, separator), 1 + skipped):
        for column, value in enumerate(values, 1):
            if value.strip():
                sheet.cells[row, column] = value.strip()
    return sheet


def _split_lines(text: str, separator: str) -> list[list[str]]:
    if separator not in (";", ",", "\t"):
        raise UnreadableSpreadsheet(_("The columns of this file must be separated by semicolons, commas or tabs."))
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as fault:
        raise UnreadableSpreadsheet(_("The file is damaged and cannot be read.")) from fault


def _decode(content: bytes, encoding: str) -> str:
    """The text. UTF-8 and UTF-16 are recognised; for other encodings a person has to choose the right reading."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    try:
        return content.decode(encoding if encoding in (*ENCODINGS, "utf-16") else "utf-8")
    except UnicodeDecodeError as fault:
        readings = {} if encoding else _readings(content)
        if not readings:
            raise UnreadableSpreadsheet(
                _("The characters in this file cannot be read. Please save it as XLSX or as UTF-8.")
            ) from fault
        raise UnclearEncoding(readings) from fault


def _readings(content: bytes) -> dict[str, str]:
    """The first lines with letters that English lacks, in each encoding that can read the file."""
    lines = [line for line in content.splitlines() if any(byte > 127 for byte in line)][:3]
    readings = {}
    for encoding in ENCODINGS:
        try:
            content.decode(encoding)
            readings[encoding] = "\n".join(line.decode(encoding)[:80] for line in lines)
        except UnicodeDecodeError:
            continue
    return readings


def empty_workbook(headings: list[str], values: dict[str, list[str]]) -> bytes:
    """An empty list with its headings; a second sheet says which values each column takes."""
    columns = [[heading, *allowed] for heading, allowed in values.items()]
    rows: list[Row] = list(zip_longest(*columns))
    return write_workbook({_("Participants"): [headings], _("Values"): rows}, column_width=28)
