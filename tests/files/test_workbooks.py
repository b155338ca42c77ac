"""What is text in a workbook or in CSV stays text (finding 27)."""

from __future__ import annotations

import ast
import csv
from io import BytesIO, StringIO

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from tests.test_architecture import OURS
from victor.files.workbooks import write_csv, write_workbook
from victor.languages import CODES

FORMULAS = [
    "=1+1",
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|'/c calc'!A0",
    "=",
    "#N/A",
    "#REF!",
    "+3069",
    "-x",
    "@SUM(1)",
]


def cells(content: bytes) -> list[tuple[object, str]]:
    """What stands in the first sheet, each cell with its type."""
    return [(cell.value, cell.data_type) for row in load_workbook(BytesIO(content)).worksheets[0] for cell in row]


@pytest.mark.parametrize("text", FORMULAS)
def test_write_text_that_looks_like_a_formula_keeps_it_text(text):
    """Finding 27."""
    assert cells(write_workbook({"A": [[text]]})) == [(text, "s")]


def test_write_numbers_keeps_them_numbers():
    assert cells(write_workbook({"A": [[3, None, 1.5]]})) == [(3, "n"), (None, "n"), (1.5, "n")]


def test_write_text_with_control_characters_leaves_them_out():
    assert cells(write_workbook({"A": [["a\x00b\x0bc"]]})) == [("abc", "s")]


def test_write_two_sheets_with_a_width_keeps_titles_and_the_first_row_in_view():
    book = load_workbook(BytesIO(write_workbook({"A": [["x", "y"]], "B": [["z"], ["="]]}, column_width=28)))
    assert book.sheetnames == ["A", "B"]
    assert [sheet.freeze_panes for sheet in book] == ["A2", "A2"]
    assert book["A"].column_dimensions["B"].width == 28


@pytest.mark.parametrize("text", [text for text in FORMULAS if text[0] != "#"])
def test_write_csv_of_a_text_that_looks_like_a_formula_puts_an_apostrophe_before_it(text):
    """Finding 27."""
    assert list(csv.reader(StringIO(write_csv([[text, -1]]).lstrip("\ufeff")))) == [[f"'{text}", "-1"]]


def test_write_workbook_elsewhere_fails():
    """Finding 27: there is one writer, so that no other can forget it."""
    writers = {
        path.name
        for path in OURS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("openpyxl")
        and any(alias.name == "Workbook" for alias in node.names)
    }
    assert writers == {"workbooks.py"}


MIXED_LINES = [["Figure, with comma", 1.5, "text 1.5"], ["Figure; with semicolon", 3, -0.25]]


@pytest.mark.parametrize("language", [code for code in CODES if code != "en"])
def test_write_csv_where_the_comma_is_the_decimal_sign_separates_by_semicolons(language):
    with override(language):
        rows = list(csv.reader(StringIO(write_csv(MIXED_LINES).lstrip("\ufeff")), delimiter=";"))
    assert rows == [["Figure, with comma", "1,5", "text 1.5"], ["Figure; with semicolon", "3", "-0,25"]]


def test_write_csv_in_english_separates_by_commas():
    rows = list(csv.reader(StringIO(write_csv(MIXED_LINES).lstrip("\ufeff"))))
    assert rows == [["Figure, with comma", "1.5", "text 1.5"], ["Figure; with semicolon", "3", "-0.25"]]
