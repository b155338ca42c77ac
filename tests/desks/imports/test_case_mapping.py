"""What is made of a row of somebody's own list."""

from __future__ import annotations

import json

import pytest

from desks.exchange.case_mapping import with_kept
from desks.facts.states import Sex
from desks.imports.case_mapping import IncomingCase, ListMapping, unmapped_words
from desks.imports.case_words import code_of, field_of
from desks.imports.contents import content_to_seal, file_of, incoming_cases, is_mapped
from desks.imports.errors import NotMapped
from desks.imports.spreadsheets import OwnList, read_list
from desks.imports.states import ImportKind, OwnField
from tests.desks.imports.own_lists import COLUMNS, MAPPING, OFFICE, ROWS, csv_list


def cases_of(listed: OwnList, mapping: ListMapping = MAPPING) -> list[IncomingCase]:
    """As they come out of the envelope."""
    stored = file_of(ImportKind.LIST, json.loads(json.dumps(content_to_seal(listed))))
    return incoming_cases(stored, mapping, language="el", office=OFFICE)


def test_row_becomes_what_a_colleague_would_write():
    first, second = cases_of(read_list(csv_list()))
    assert first.faults == second.faults == []
    assert first.content.identity == {
        "given": "Ioana",
        "family": "Zamfirescu",
        "birth_year": 2012,
        "birth_month": 2,
        "birth_day": 29,
        "citizenships": "RO",
    }
    assert first.content.contact == {"phones": "+40 712 345 678"}
    assert first.content.sex == Sex.FEMALE
    assert first.content.language == "ro"
    assert first.content.notes == ["No.: A-17\nRemarks: Likes dogs"]
    assert second.content.sex == Sex.MALE
    assert second.content.language == "el"
    assert second.reference == "A-18"


def test_what_is_kept_leaves_as_it_came():
    first, second = cases_of(read_list(csv_list()))
    assert with_kept(first.content, json.loads(json.dumps(first.extra))).values["Shoe size"] == "36"
    assert with_kept(second.content, second.extra).values["Speaks"] == "Surzhyk"


def test_words_that_are_certain_are_not_asked():
    listed = read_list(csv_list())
    assert unmapped_words(listed, ListMapping(COLUMNS)) == {
        OwnField.SEX: ["girl", "boy"],
        OwnField.LANGUAGE: ["Surzhyk"],
    }
    assert not is_mapped(listed, ListMapping(COLUMNS))
    with pytest.raises(NotMapped):
        cases_of(listed, ListMapping(COLUMNS))


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        ("02/03/2012", "2012-02-29"),
        ("30.02.2012", "no such date"),
        ("01.01.2999", "future"),
        ("about 12", "29.02.2012"),
    ],
)
def test_date_that_is_none_is_refused_with_its_cell_and_kept(born, reason):
    [case] = cases_of(read_list(csv_list([*ROWS[0][:3], born, *ROWS[0][4:]])))
    [fault] = case.faults
    assert fault.place == "D2"
    assert fault.column == "Born"
    assert reason in fault.reason
    assert "birth_year" not in case.content.identity
    assert with_kept(case.content, case.extra).values["Born"] == born


def test_heading_of_the_standard_does_not_take_the_place_of_its_row():
    listed = read_list(b"prs_FirstName;Name\nX;Ioana")
    [case] = cases_of(listed, ListMapping({"prs_FirstName": "extra", "Name": "given"}))
    values = with_kept(case.content, case.extra).values
    assert values["prs_FirstName"] == "Ioana"
    assert values["(prs_FirstName)"] == "X"


@pytest.mark.parametrize(
    ("name", "word", "code"),
    [
        (OwnField.SEX, "Female", "female"),
        (OwnField.SEX, "f", ""),
        (OwnField.LANGUAGE, "Ουκρανικά", "uk"),
        (OwnField.LANGUAGE, "Russian", ""),
        (OwnField.CITIZENSHIPS, "Romania, Украина", ""),
        (OwnField.CITIZENSHIPS, "Romania, Ουκρανία", "RO, UA"),
    ],
)
def test_word_that_is_certain_has_its_code(name, word, code):
    assert code_of(name, word) == code


def test_heading_that_is_one_of_ours_is_known():
    assert field_of("  given NAME ") == OwnField.GIVEN
    assert field_of("First name") == OwnField.SKIPPED
