"""Lists are read cell by cell, or refused with the cell and the reason."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from desks.exchange.errors import UnreadableFile
from desks.exchange.spreadsheets import MAX_BYTES
from desks.imports.contents import read_upload
from desks.imports.errors import RefusedFile
from desks.imports.spreadsheets import read_list
from desks.imports.states import ImportKind
from tests.desks.imports.own_lists import HEADINGS, ROWS, csv_list, xlsx_list


def refused(content: bytes, kind: ImportKind = ImportKind.LIST) -> tuple[str, list[tuple[str, str]]]:
    with pytest.raises(UnreadableFile) as refusal:
        read_upload(kind, content)
    return str(refusal.value), [(fault.place, fault.reason) for fault in refusal.value.faults]


def test_read_workbook_and_text_gives_the_same_children():
    book, text = read_list(xlsx_list()), read_list(csv_list())
    assert list(book.letters) == list(text.letters) == HEADINGS
    assert book.letters["Surname"] == "C"
    assert book.rows[0].number == 2
    assert book.rows[0].cells["First name"] == text.rows[0].cells["First name"] == "Ioana"
    assert book.rows[0].cells["Shoe size"] == 36
    assert text.rows[0].cells["Shoe size"] == "36"
    assert "Tel" not in book.rows[1].cells


def with_part(content: bytes, name: str) -> bytes:
    file = BytesIO(content)
    with ZipFile(file, "a") as archive:
        archive.writestr(name, b"x")
    return file.getvalue()


@pytest.mark.parametrize("kind", list(ImportKind))
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (with_part(xlsx_list(), "xl/vbaProject.bin"), "macros"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"%PDF-1.7 x", "PDF"),
        (b" " * (MAX_BYTES + 1), "larger than 10"),
    ],
)
def test_read_file_that_is_no_list_says_what_it_is(kind, content, reason):
    text, _faults = refused(content, kind)
    assert reason in text


def test_read_text_in_unknown_letters_is_refused():
    text, _faults = refused("Όνομα;Έτος\nΙωάννα;2012".encode("cp1253"))
    assert "UTF-8" in text


@pytest.mark.parametrize("content", [csv_list(["=1+1"]), xlsx_list(["=1+1"])])
def test_read_formula_names_its_cell(content):
    _text, [(place, reason)] = refused(content)
    assert place == "A2"
    assert "formula" in reason


def test_read_columns_without_a_heading_or_with_the_same_names_them():
    content = load_workbook(BytesIO(xlsx_list()))
    content.active["B1"], content.active["C1"] = None, "no."
    file = BytesIO()
    content.save(file)
    _text, faults = refused(file.getvalue())
    assert [place for place, _reason in faults] == ["A1", "C1", "B2", "B3"]


def test_read_list_of_more_than_500_rows_is_refused():
    assert "500" in refused(csv_list(*[ROWS[0]] * 501))[0]


def test_read_list_without_a_child_is_refused():
    with pytest.raises(RefusedFile):
        read_list(";".join(HEADINGS).encode())
