"""Reads the cells of a hostile Excel workbook. Runs in the sandbox alone, which bounds its time and memory.

What a cell holds is handed on with its type: nothing is calculated, and nothing is turned into text.
"""

from __future__ import annotations

import codecs
import json
import warnings
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from victor.files.metadata.errors import NoCopy

if TYPE_CHECKING:
    from openpyxl.cell import Cell

MAX_CELLS = 400_000
FORMULA, ERROR = "f", "e"  # the types of cells that hold no value


def load_readers(_content: bytes) -> None:
    """Load what reads names of parts of an archive; what reads cells is imported already."""
    codecs.lookup("cp437")


def read_cells(content: bytes) -> tuple[dict[str, object], bytes]:
    """The visible sheets of a workbook as JSON: for each its name, and for each filled cell row, column, type, value.

    Raises:
        NoCopy: it is damaged, or holds too much.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about decorations that nobody looks at
            book = load_workbook(BytesIO(content))
    except Exception as fault:  # whatever its parsers meet in a broken file
        raise NoCopy from fault
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # The methods for rows would also make the cells that are not in the file.
        cells = [_cell(cell) for _place, cell in sorted(sheet._cells.items()) if cell.value is not None]
        sheets.append({"name": sheet.title, "cells": cells})
    if sum(len(sheet["cells"]) for sheet in sheets) > MAX_CELLS:
        raise NoCopy
    return {}, json.dumps(sheets).encode()


def _cell(cell: Cell) -> tuple[int, int, str, object]:
    value, kind = cell.value, cell.data_type
    if isinstance(value, datetime):
        is_day = value.time() == datetime.min.time()
        value = (value.date() if is_day else value).isoformat()
    elif isinstance(value, date):
        value = value.isoformat()
    elif not isinstance(value, str | int | float | bool):
        value = str(value)
    return cell.row, cell.column, kind, value
