"""Reads the sheets of a workbook that somebody brings, cell by cell, in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desks.exchange.errors import UnreadableFile
from victor.files.sandbox import SandboxFailed, run_in_sandbox

MAX_BYTES = 10 * 1024 * 1024


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
    require_small(content)
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


def require_small(content: bytes) -> None:
    """Refuse a file that is too large to be read.

    Raises:
        UnreadableFile: it is.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile
