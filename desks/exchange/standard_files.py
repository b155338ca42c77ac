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

from desks.exchange.errors import FileFault, UnreadableFile
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
from victor.files.sandbox import SandboxFailed, run_in_sandbox
from victor.files.workbooks import write_workbook

STANDARD = {"standard": "HTCDS", "version": "2.0", "licence": "CC BY 4.0", "author": "IOM"}
CASES, CASE = "cases", "case"  # the sheet of what a case has once, and the column that names the case
SEPARATOR = "; "
MAX_CASES = 1000
MAX_BYTES = 10 * 1024 * 1024
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
    """Checks values against their rows, and collects what is wrong."""

    convert: Converter
    keep: bool
    faults: list[FileFault] = field(default_factory=list)

    def refuse(self, place: str, column: str, reason: str) -> None:
        self.faults.append(FileFault(place, column, reason))

    def take(self, values: Values, name: str, raw: object, *, part: Part | None, place: str) -> None:
        """Take a value over, where it is one; note why not, where it is none."""
        row = ROWS_BY_NAME.get(name)
        value = self.convert(row, raw)
        if value in ("", [], None):
            return
        if row is None or row.part != part:
            self._take_unknown(values, name, value, place, _("The standard has no such row here."))
            return
        try:
            values[name] = checked_value(row, value)
        except BadValue:
            self._take_unknown(values, name, value, place, _("“%(value)s” does not fit this row.") % {"value": value})

    def _take_unknown(self, values: Values, name: str, value: object, place: str, reason: str) -> None:
        is_plain = isinstance(value, str | int | float | bool)
        is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if self.keep and (is_plain or is_list):
            values[name] = value  # type: ignore[assignment]  # is_plain and is_list say it
        else:
            self.refuse(place, name, reason)

    def require_readable(self) -> None:
        """Refuse the file where something is wrong."""
        if self.faults:
            raise UnreadableFile(self.faults)


def read_json(content: bytes, *, keep: bool = False) -> list[StandardCase]:
    """Cases of a JSON file.

    Raises:
        UnreadableFile: it is damaged or too large, or a value does not fit its row; with what is wrong where.
    """
    _require_small(content)
    try:
        read = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile from fault
    entries = read.get(CASES) if isinstance(read, dict) else None
    if not isinstance(entries, list) or not 0 < len(entries) <= MAX_CASES:
        raise UnreadableFile
    reader = _Reader(lambda _row, value: value, keep)
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


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, the titles of its columns, and its lines with type and value of each cell."""

    name: str
    titles: Mapping[int, str]
    lines: Mapping[int, Mapping[int, tuple[str, object]]]


def read_sheets(content: bytes) -> list[Sheet]:
    """The sheets of a workbook, read by a process of its own. The first line of each holds the titles.

    Raises:
        UnreadableFile: it is damaged or too large.
    """
    _require_small(content)
    try:
        sheets = json.loads(run_in_sandbox("cells", content).content)
    except (SandboxFailed, ValueError) as fault:
        raise UnreadableFile from fault
    return [_sheet_of(sheet["name"], sheet["cells"]) for sheet in sheets]


def _sheet_of(name: str, cells: Sequence[tuple[int, int, str, object]]) -> Sheet:
    lines: dict[int, dict[int, tuple[str, object]]] = {}
    for row, column, kind, value in cells:
        lines.setdefault(row, {})[column] = kind, value
    titles = {column: str(value).strip() for column, (_kind, value) in lines.pop(1, {}).items()}
    return Sheet(name, titles, lines)


def read_xlsx(content: bytes, *, keep: bool = False) -> list[StandardCase]:
    """Cases of a workbook.

    Raises:
        UnreadableFile: as for JSON.
    """
    sheets = {sheet.name: sheet for sheet in read_sheets(content)}
    reader = _Reader(_value_of_cell, keep)
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


def _require_small(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise UnreadableFile
