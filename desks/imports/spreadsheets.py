"""Lists that partners bring: read cell by cell in memory, or refused with the cell and the reason.

A workbook is read by a process of its own. What is not certain is not guessed: a formula, letters that could be read in
several ways, two columns with the same heading.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from desks.exchange.errors import FileFault
from desks.exchange.spreadsheets import MAX_BYTES, read_sheets
from desks.imports.errors import RefusedFile
from victor.files.errors import UnclearEncoding, UnreadableTable
from victor.files.list_kinds import ZIP, refusal_of
from victor.files.text_tables import read_text_table

if TYPE_CHECKING:
    from collections.abc import Iterable

Cell: TypeAlias = str | int | float | bool
MAX_ROWS, MAX_COLUMNS, MAX_TEXT = 500, 60, 10_000
MACROS = "vbaProject.bin"
FORMULA, ERROR = "f", "e"
TEXT = "s"


@dataclass(frozen=True)
class ListRow:
    """A row of a list: its number in the file, and by the heading of the column what it says."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class OwnList:
    """A list with one child on each row. `letters`: by the heading of a column how people call it, such as B."""

    letters: dict[str, str] = field(default_factory=dict)
    rows: list[ListRow] = field(default_factory=list)


def require_list(content: bytes) -> None:
    """Refuse what is no list, before anything of it is read.

    Raises:
        RefusedFile: it is too large, locked with a password, of another kind, or has macros.
    """
    if len(content) > MAX_BYTES:
        raise RefusedFile(_("The file is larger than 10 MB. Please upload it in parts."))
    if reason := refusal_of(content):
        raise RefusedFile(reason)
    if content.startswith(ZIP):
        _require_plain(content)


def _require_plain(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            has_macros = any(name.endswith(MACROS) for name in archive.namelist())
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as fault:
        raise RefusedFile(_("The file is damaged and cannot be read.")) from fault
    if has_macros:
        raise RefusedFile(_("This workbook contains macros. Please save it as XLSX without them, and upload that."))


def read_list(content: bytes) -> OwnList:
    """A list. Its first row with anything in it holds the headings.

    Raises:
        RefusedFile: it cannot be read, or a cell of it; with the cells and why.
        UnreadableFile: it is damaged.
    """
    require_list(content)
    lines = _workbook_lines(content) if content.startswith(ZIP) else _text_lines(content)
    filled = [(number, cells) for number, cells in lines if cells]
    if len(filled) < 2:  # the headings and a row
        raise RefusedFile(_("The file is empty."))
    if len(filled) > MAX_ROWS + 1:
        raise RefusedFile(_("The list has more than 500 rows. Please upload it in parts."))
    if max(column for _number, cells in filled for column in cells) > MAX_COLUMNS:
        raise RefusedFile(_("The list has more than 60 columns. Please delete those that are not needed."))
    headings, faults = _headings(*filled[0])
    rows = [_row(number, cells, headings, faults) for number, cells in filled[1:]]
    if faults:
        raise RefusedFile(_("The file cannot be brought in as it is. Nothing of it is stored."), faults)
    return OwnList({heading: get_column_letter(column) for column, heading in headings.items()}, rows)


_Line: TypeAlias = "tuple[int, dict[int, tuple[str, Cell]]]"


def _headings(number: int, cells: dict[int, tuple[str, Cell]]) -> tuple[dict[int, str], list[FileFault]]:
    headings = {column: " ".join(str(value).split()) for column, (_kind, value) in cells.items()}
    count = Counter(heading.casefold() for heading in headings.values())
    faults = []
    for column, heading in headings.items():
        reason = _fault_of(*cells[column])
        if not reason and count[heading.casefold()] > 1:
            reason = _("Another column has the same heading.")
        if reason:
            faults.append(FileFault(f"{get_column_letter(column)}{number}", heading, reason))
    return headings, faults


def _row(number: int, cells: dict[int, tuple[str, Cell]], headings: dict[int, str], faults: list[FileFault]) -> ListRow:
    values: dict[str, Cell] = {}
    for column, (kind, value) in cells.items():
        heading = headings.get(column, "")
        reason = _fault_of(kind, value) if heading else _("This column has no heading.")
        if reason:
            faults.append(FileFault(f"{get_column_letter(column)}{number}", heading, reason))
        else:
            values[heading] = value
    return ListRow(number, values)


def _fault_of(kind: str, value: Cell) -> str:
    if kind == FORMULA:
        return _("This cell contains a formula. Please enter its result instead.")
    if kind == ERROR:
        return _("This cell contains a spreadsheet error.")
    if isinstance(value, str) and len(value) > MAX_TEXT:
        return _("This cell contains more than 10,000 characters.")
    return ""


def _workbook_lines(content: bytes) -> Iterable[_Line]:
    """The lines of the first sheet that somebody sees."""
    sheets = read_sheets(content)
    if not sheets:
        return
    sheet = sheets[0]
    yield 1, {column: cell for column, title in sheet.titles.items() if (cell := _text_cell(title))}
    for number in sorted(sheet.lines):
        yield number, {column: cell for column, value in sheet.lines[number].items() if (cell := _filled(*value))}


def _filled(kind: str, value: object) -> tuple[str, Cell] | None:
    if isinstance(value, str):
        text = value.strip()
        return (kind, text) if text else None
    return (kind, value) if isinstance(value, int | float | bool) else None


def _text_lines(content: bytes) -> Iterable[_Line]:
    """The lines of a text file. What could be read in several ways is read in none."""
    try:
        table = read_text_table(content)
    except UnreadableTable as fault:
        raise RefusedFile(str(fault)) from fault
    except UnclearEncoding as fault:
        raise RefusedFile(
            _("The characters in this file cannot be read. Please save it as XLSX or as UTF-8.")
        ) from fault
    for number, values in table:
        yield number, {column: cell for column, value in enumerate(values, 1) if (cell := _text_cell(value))}


def _text_cell(value: str) -> tuple[str, Cell] | None:
    """What a spreadsheet would calculate is a formula here too."""
    return _filled(FORMULA if value.lstrip().startswith("=") else TEXT, value)
