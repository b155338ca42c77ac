"""The cells of a workbook that somebody brings, read by a process of its own."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from victor.files.sandbox import SandboxFailed, run_in_sandbox


def workbook(*values: object) -> bytes:
    """A workbook with these values below each other, and a hidden sheet."""
    book, file = Workbook(), BytesIO()
    for row, value in enumerate(values, 1):
        book.active.cell(row * 2, 3).value = value
    book.create_sheet("Hidden").append(["secret"])
    book["Hidden"].sheet_state = "hidden"
    book.save(file)
    return file.getvalue()


def test_cells_of_visible_sheets_come_with_place_type_and_value():
    values = ["ä\nb", 7, 1.5, True, date(2027, 1, 2), datetime(2027, 1, 2, 3, 4), "=1+1"]  # noqa: DTZ001 - a cell knows no zone
    (sheet,) = json.loads(run_in_sandbox("cells", workbook(*values)).content)
    assert sheet["name"] == "Sheet"
    assert sheet["cells"] == [
        [2, 3, "s", "ä\nb"],
        [4, 3, "n", 7],
        [6, 3, "n", 1.5],
        [8, 3, "b", True],
        [10, 3, "d", "2027-01-02"],
        [12, 3, "d", "2027-01-02T03:04:00"],
        [14, 3, "f", "=1+1"],
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", workbook("x")[:-200]])
def test_damaged_workbook_is_refused(content):
    with pytest.raises(SandboxFailed):
        run_in_sandbox("cells", content)
