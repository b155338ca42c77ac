"""Files of cases in the words of the standard: JSON, and a workbook with a sheet for the cases and one for each part.

What a reader does not know is refused with its place. With `keep` it stays as it is, and is written again so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.utils.translation import gettext as _

from desks.exchange.errors import FileFault, UnknownCell, UnreadableFile
from desks.exchange.spreadsheets import Sheet, read_sheets, require_small
from desks.exchange.standard_rows import (
    ROWS_BY_NAME,
    BadValue,
    Part,
    StandardCase,
    StandardRow,
    Value,
    ValueKind,
    Values,
    checked_value,
    rows_of,
)
from victor.files.list_kinds import ZIP
from victor.files.workbooks import write_workbook

STANDARD = {"standard": "HTCDS", "version": "2.0", "licence": "CC BY 4.0", "author": "IOM"}
CASES, CASE = "cases", "case"  # the sheet of what a case has once, and the column that names the case
SEPARATOR = "; "
MAX_CASES = 1000
WIDTH = 24
PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
NUMBER_KINDS = frozenset({ValueKind.NUMBER, ValueKind.LATITUDE, ValueKind.LONGITUDE})
Cell: TypeAlias = "str | float | None"
Converter: TypeAlias = "Callable[[StandardRow | None, object], object]"


def write_json(cases: Iterable[StandardCase]) -> bytes:
    """Cases as JSON. What the standard has given up is not written."""
    written = []
    for case in cases:
        entry: dict[str, object] = {CASE: case.reference, **_live(case.values)}
        entry |= {part.value: [_live(row) for row in rows] for part, rows in case.parts.items() if rows}
        written.append(entry)
    return json.dumps({**STANDARD, CASES: written}, ensure_ascii=False, indent=1).encode()


def write_xlsx(cases: Sequence[StandardCase]) -> bytes:
    """Cases as a workbook. The standard's own names stand above the columns."""
    sheets = {CASES: _sheet(None, [(case.reference, case.values) for case in cases])}
    for part in Part:
        sheets[part.value] = _sheet(part, [(case.reference, row) for case in cases for row in case.parts.get(part, [])])
    return write_workbook(sheets, column_width=WIDTH)


def _live(values: Values) -> Values:
    """What the standard has not given up, in its order; what it does not know comes last."""
    known = {name: values[name] for name, row in ROWS_BY_NAME.items() if name in values and not row.is_deprecated}
    return known | {name: value for name, value in values.items() if name not in ROWS_BY_NAME}


def _sheet(part: Part | None, rows: Sequence[tuple[str, Values]]) -> list[list[Cell]]:
    known = [row.name for row in rows_of(part) if not row.is_deprecated]
    unknown = sorted({name for _reference, values in rows for name in values if name not in ROWS_BY_NAME})
    names = [*known, *unknown]
    lines = [[reference, *(_cell(values.get(name)) for name in names)] for reference, values in rows]
    return [[CASE, *names], *lines]


def _cell(value: Value | None) -> Cell:
    return SEPARATOR.join(value) if isinstance(value, list) else value


@dataclass
class _Reader:
    """Checks values against their rows, and collects what is wrong, or unknown and taken over as it is."""

    convert: Converter
    keep: bool
    faults: list[FileFault] = field(default_factory=list)
    unknown: list[UnknownCell] = field(default_factory=list)

    def refuse(self, place: str, column: str, reason: str) -> None:
        self.faults.append(FileFault(place, column, reason))

    def take(self, values: Values, name: str, raw: object, *, part: Part | None, place: str) -> None:
        """Take a value over, where it is one; note why not, where it is none."""
        row = ROWS_BY_NAME.get(name)
        value = self.convert(row, raw)
        if value in ("", [], None):
            return
        if row is None or row.part != part:
            self._take_unknown(values, value, UnknownCell(place, name, str(value), has_row=False))
            return
        try:
            values[name] = checked_value(row, value)
        except BadValue:
            self._take_unknown(values, value, UnknownCell(place, name, str(value), has_row=True))

    def _take_unknown(self, values: Values, value: object, cell: UnknownCell) -> None:
        is_plain = isinstance(value, str | int | float | bool)
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if self.keep and (is_plain or is_list):
            values[cell.column] = value  # type: ignore[assignment]  # is_plain and is_list say it
            self.unknown.append(cell)
        else:
            self.faults.append(cell.fault)

    def require_readable(self) -> None:
        """Refuse the file where something is wrong."""
        if self.faults:
            raise UnreadableFile(self.faults)


@dataclass(frozen=True)
class ReadFile:
    """The cases of a file, and what of them the standard does not know."""

    cases: list[StandardCase]
    unknown: list[UnknownCell]


def read_file(content: bytes) -> ReadFile:
    """Cases of a workbook or of a JSON file. What the standard does not know is taken over as it is, and named.

    Raises:
        UnreadableFile: it is damaged or too large, or cannot be taken over even so; with what is wrong where.
    """
    if content.startswith(ZIP):
        reader = _Reader(_value_of_cell, keep=True)
        return ReadFile(_read_xlsx(reader, content), reader.unknown)
    reader = _Reader(_value_as_it_is, keep=True)
    return ReadFile(_read_json(reader, content), reader.unknown)


def read_json(content: bytes, *, keep: bool = False) -> list[StandardCase]:
    """Cases of a JSON file.

    Raises:
        UnreadableFile: it is damaged or too large, or a value does not fit its row; with what is wrong where.
    """
    return _read_json(_Reader(_value_as_it_is, keep), content)


def _read_json(reader: _Reader, content: bytes) -> list[StandardCase]:
    require_small(content)
    try:
        read = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile from fault
    entries = read.get(CASES) if isinstance(read, dict) else None
    if not isinstance(entries, list) or not 0 < len(entries) <= MAX_CASES:
        raise UnreadableFile
    cases = [_read_entry(reader, entry, f"{CASES} {number}") for number, entry in enumerate(entries, 1)]
    reader.require_readable()
    return cases


def _read_entry(reader: _Reader, entry: object, place: str) -> StandardCase:
    case = StandardCase()
    if not isinstance(entry, dict):
        reader.refuse(place, "", _("This is no case."))
        return case
    reference = entry.get(CASE, "")
    case.reference = reference if isinstance(reference, str) else ""
    for name, value in entry.items():
        if name in {part.value for part in Part}:
            case.parts[Part(name)] = _read_rows(reader, Part(name), value, place)
        elif name != CASE:
            reader.take(case.values, name, value, part=None, place=place)
    return case


def _read_rows(reader: _Reader, part: Part, rows: object, place: str) -> list[Values]:
    read: list[Values] = []
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        where, values = f"{place}, {part.value} {number}", Values()
        if not isinstance(row, dict):
            reader.refuse(where, "", _("This is no list of rows."))
            continue
        for name, value in row.items():
            reader.take(values, name, value, part=part, place=where)
        if values:
            read.append(values)
    return read


def read_xlsx(content: bytes, *, keep: bool = False) -> list[StandardCase]:
    """Cases of a workbook.

    Raises:
        UnreadableFile: as for JSON.
    """
    return _read_xlsx(_Reader(_value_of_cell, keep), content)


def _read_xlsx(reader: _Reader, content: bytes) -> list[StandardCase]:
    sheets = {sheet.name: sheet for sheet in read_sheets(content)}
    for name in sheets.keys() - {CASES, *Part}:
        reader.refuse(name, "", _("The standard has no such sheet."))
    cases = _read_cases(reader, sheets.get(CASES, Sheet(CASES, {}, {})))
    for part in Part:
        if part.value in sheets:
            _read_part(reader, part, sheets[part.value], cases)
    reader.require_readable()
    if not 0 < len(cases) <= MAX_CASES:
        raise UnreadableFile
    return list(cases.values())


def _read_cases(reader: _Reader, sheet: Sheet) -> dict[str, StandardCase]:
    """The cases of the sheet, by their name."""
    cases: dict[str, StandardCase] = {}
    for number in sheet.lines:
        reference, values = _read_line(reader, sheet, number, None)
        if not reference or reference in cases:
            reader.refuse(f"{sheet.name} {number}", CASE, _("Each case needs a name of its own."))
        cases[reference] = StandardCase(reference, values)
    return cases


def _read_part(reader: _Reader, part: Part, sheet: Sheet, cases: Mapping[str, StandardCase]) -> None:
    for number in sheet.lines:
        reference, values = _read_line(reader, sheet, number, part)
        if reference not in cases:
            reader.refuse(f"{sheet.name} {number}", CASE, _("The first sheet has no such case."))
        elif values:
            cases[reference].parts.setdefault(part, []).append(values)


def _read_line(reader: _Reader, sheet: Sheet, number: int, part: Part | None) -> tuple[str, Values]:
    """The case that a line names, and its values."""
    reference, values = "", Values()
    for column, (kind, value) in sheet.lines[number].items():
        title = sheet.titles.get(column, "")
        place = f"{sheet.name} {number}"
        if reason := _fault_of(kind, ROWS_BY_NAME.get(title), value):
            reader.refuse(place, title, reason)
        elif title == CASE:
            reference = str(value)
        else:
            reader.take(values, title, value, part=part, place=place)
    return reference, values


def _fault_of(kind: str, row: StandardRow | None, value: object) -> str:
    """Why a cell is read as nothing; empty where it is read. A number never becomes text: a zero may be lost."""
    if kind == "f":
        return _("This cell contains a formula. Please enter its result instead.")
    if kind == "e":
        return _("This cell contains a spreadsheet error.")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and row is not None and row.kind not in NUMBER_KINDS:
        return _("This cell contains a number; text is expected.")
    return ""


def _value_as_it_is(_row: StandardRow | None, value: object) -> object:
    return value


def _value_of_cell(row: StandardRow | None, value: object) -> object:
    """What a cell says, as its row needs it."""
    if row is None or not isinstance(value, str):
        return value
    if row.kind == ValueKind.CODES:
        return [code for part in value.split(SEPARATOR.strip()) if (code := part.strip())]
    if row.kind == ValueKind.YES_NO:
        return {"true": True, "false": False}.get(value.strip().lower(), value)
    if row.kind in NUMBER_KINDS and PLAIN_NUMBER.fullmatch(value.strip()):
        return float(value)
    return value
