"""Files of the standard: what was typed by hand is read cell by cell, and 500 made cases come back as they went."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook, load_workbook

from desks.exchange.errors import UnreadableFile
from desks.exchange.standard_files import read_json, read_xlsx, write_json, write_xlsx
from desks.exchange.standard_rows import LIVE_ROWS, Part, StandardCase
from tests.desks.exchange.standard_cases import any_case, by_hand

CASES = [any_case(number) for number in range(500)]


def typed_sheets() -> dict[str, list[list[str]]]:
    """The sheets that were typed by hand: a line with its name before each."""
    sheets: dict[str, list[list[str]]] = {}
    for row in csv.reader(StringIO(by_hand("workbook.tsv").decode()), delimiter="\t"):
        if row[0] == "sheet":
            rows = sheets.setdefault(row[1], [])
        else:
            rows.append(row)
    return sheets


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """A workbook that another program has written."""
    book, file = Workbook(), BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file.getvalue()


def faults(read, content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    return [(fault.place, fault.column) for fault in refused.value.faults]


def test_500_cases_come_back_from_json_as_they_went():
    assert read_json(write_json(CASES)) == CASES


def test_500_cases_come_back_from_a_workbook_as_they_went():
    assert read_xlsx(write_xlsx(CASES)) == CASES


def test_first_made_case_has_a_value_of_every_live_row():
    case = CASES[0]
    assert {*case.values, *(name for rows in case.parts.values() for row in rows for name in row)} == {
        row.name for row in LIVE_ROWS
    }


def test_json_that_was_typed_is_written_again_as_it_was():
    content = json.loads(by_hand("full.json"))
    assert json.loads(write_json(read_json(by_hand("full.json"))))["cases"] == content["cases"]


def test_workbook_that_was_typed_is_read_cell_by_cell():
    ((case,), sheets) = read_xlsx(workbook(typed_sheets())), typed_sheets()
    titles, line = sheets["cases"]
    assert {name: as_text(case.values[name]) for name in titles[1:]} == dict(zip(titles[1:], line[1:], strict=True))
    for part in Part:
        titles, *rows = sheets[part.value]
        read = [{name: as_text(value) for name, value in row.items()} for row in case.parts[part]]
        assert read == [dict(zip(titles[1:], row[1:], strict=True)) for row in rows]


def test_workbook_is_written_cell_by_cell_as_it_was_typed():
    written = load_workbook(BytesIO(write_xlsx(read_xlsx(workbook(typed_sheets())))))
    for name, (titles, *rows) in typed_sheets().items():
        heads, *lines = [[as_text(value) for value in row] for row in written[name].iter_rows(values_only=True)]
        by_title = [dict(zip(heads, line, strict=True)) for line in lines]
        assert [[line[title] for title in titles] for line in by_title] == rows


def as_text(value: object) -> str:
    """A value as somebody types it into a cell."""
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def test_what_the_standard_has_given_up_is_read_and_never_written():
    case = read_json(json.dumps({"cases": [{"case": "A", "vic_Vulnerabilities": ["Poverty"]}]}).encode())[0]
    assert case.values == {"vic_Vulnerabilities": ["Poverty"]}
    assert b"Vulnerabilities" not in write_json([case])
    assert read_xlsx(write_xlsx([case])) == [StandardCase("A")]


ODD = {"case": "A", "prs_Gender": "Girl", "prs_ShoeSize": 36, "events": [{"hte_Type": "Sale"}], "prs_Title": "Pupil"}


def test_unknown_codes_and_rows_are_refused_with_their_place():
    places = faults(read_json, json.dumps({"cases": [{"case": "B"}, ODD]}).encode())
    assert places == [("cases 2", "prs_Gender"), ("cases 2", "prs_ShoeSize"), ("cases 2, events 1", "hte_Type")]


def test_unknown_codes_and_rows_come_back_where_they_are_kept():
    (case,) = read_json(json.dumps({"cases": [ODD]}).encode(), keep=True)
    assert read_json(write_json([case]), keep=True) == [case]
    assert read_xlsx(write_xlsx([case]), keep=True) == [case]
    assert json.loads(write_json([case]))["cases"] == [ODD]


def test_row_of_another_part_is_refused():
    content = json.dumps({"cases": [{"case": "A", "events": [{"prs_Title": "x"}], "org_Name": "y"}]}).encode()
    assert faults(read_json, content) == [("cases 1, events 1", "prs_Title"), ("cases 1", "org_Name")]


def test_workbook_with_a_formula_a_number_for_text_and_a_lost_case_is_refused_with_each_place():
    cases = [["case", "prs_IdentityNumber", "prs_Title"], ["A", 47, "=1+1"], ["A", None, "x"]]
    content = workbook({"cases": cases, "comments": [["case", "cco_CaseComment"], ["Z", "lost"]], "Notes": [["x"]]})
    assert faults(read_xlsx, content) == [
        ("Notes", ""),
        ("cases 2", "prs_IdentityNumber"),
        ("cases 2", "prs_Title"),
        ("cases 3", "case"),
        ("comments 2", "case"),
    ]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"cases": []}', b'{"cases": 3}', b"[" * 100_000])
def test_file_that_is_no_file_of_cases_is_refused(content):
    assert faults(read_json, content) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
def test_file_that_is_no_workbook_is_refused(content):
    assert faults(read_xlsx, content) == []


def test_entry_that_is_no_case_is_refused_with_its_place():
    assert faults(read_json, b'{"cases": [1, {"events": 2}]}') == [("cases 1", ""), ("cases 2, events 1", "")]
