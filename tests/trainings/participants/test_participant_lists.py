"""Lists of participants as people bring them: read right, or refused with the cell and the reason."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from trainings.seminars.states import Profession
from victor.access import System, Visitor
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
URL = "/en/workspace/seminars/athens/participants/import/"
HEAD = ["name", "email", "profession", "organisation", "organisation_type", "country", "language"]
ANA = ["Ana", "ana@example.org", "police", "Police", "law_enforcement", "GR", "el"]
BEN = ["Ben", "ben@example.org", "judge", "Court", "judiciary", "other", ""]


@pytest.fixture
def trainer():
    return browser_of(person(Role.TRAINER, organisation("smile")))


def workbook(*rows: list[Any], change: Any = None) -> bytes:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    book.save(file)
    return file.getvalue()


def bring(trainer, content: bytes):
    return trainer.post(URL, {"file": SimpleUploadedFile("list", content)})


def faults(trainer, content: bytes) -> list[tuple[str, str]]:
    page = bring(trainer, content)
    assert Registration.objects.filter(email__contains="example.org", name__in=["Ana", "Ben"]).count() == 0
    return [(fault.cell, fault.reason) for fault in page.context["listed"].faults]


def refused(trainer, content: bytes) -> str:
    return bring(trainer, content).context["refused"]


def confirm(trainer, page):
    return trainer.post(URL, {"seal": re.search(r'name="seal" value="([^"]+)"', page.text)[1]}, follow=True)


def test_list_is_shown_first_and_registered_in_its_order(trainer):
    make_seminar(seats=1)
    page = bring(trainer, workbook(HEAD, ANA, [None] * 7, BEN))
    assert Registration.objects.count() == 0
    assert [each.name for each in page.context["listed"].people] == ["Ana", "Ben"]
    assert "2 people have been registered" in confirm(trainer, page).text
    assert list(Registration.objects.values_list("name", "state", "country", "language")) == [
        ("Ana", "confirmed", "GR", "el"),
        ("Ben", "waiting", None, "el"),
    ]
    assert Message.objects.count() == 2


def test_words_of_any_language_are_understood(trainer):
    make_seminar()
    words = ["Дядо", "d@example.org", "Health_Staff", "X", " ngo ", "Ελλάδα", "Български"]
    people = bring(trainer, workbook(HEAD, words)).context["listed"].people
    assert [(p.profession, p.organisation_type, p.country_id, p.language) for p in people] == [
        ("health_staff", "ngo", "GR", "bg")
    ]


def test_what_is_not_text_is_named_by_cell(trainer):
    make_seminar()
    odd = [date(2026, 1, 2), 12, "=A1", "Police", "law_enforcement", "GR", "el"]
    assert faults(trainer, workbook(HEAD, ANA, odd)) == [
        ("A3", "This cell contains a date; text is expected."),
        ("B3", "This cell contains a number; text is expected."),
        ("C3", "This cell contains a formula. Please enter its result instead."),
    ]


def test_values_that_are_wrong_or_missing_are_named_by_cell(trainer):
    make_seminar()
    wrong = ["", "ben@", "astronaut", "Court", "judiciary", "Atlantis", "Klingon"]
    assert faults(trainer, workbook(HEAD, wrong)) == [
        ("A2", "Please enter your name."),
        ("B2", "Enter a valid email address."),
        ("C2", "We do not know “astronaut”."),
        ("F2", "We do not know “Atlantis”."),
        ("G2", "We do not know “Klingon”."),
    ]


@pytest.mark.parametrize(("name", "reason"), [("A\ufeffna", "invisible"), ("ana.example.org", "a web address")])
def test_name_that_is_none_is_named_by_cell(trainer, name, reason):
    make_seminar()
    ((cell, fault),) = faults(trainer, workbook(HEAD, [name, *ANA[1:]]))
    assert cell == "A2"
    assert reason in fault


def test_merged_cells_are_refused(trainer):
    make_seminar()
    content = workbook(HEAD, ANA, BEN, change=lambda sheet: sheet.merge_cells("D2:D3"))
    assert ("D2", "These cells are merged: D2:D3") in faults(trainer, content)


def test_people_who_stand_twice_or_are_registered_are_named(trainer):
    register(applicant(make_seminar(), email="BEN@example.org", name="BEN"), by=System("test"))
    fault = "This person is already registered or appears twice."
    page = bring(trainer, workbook(HEAD, ANA, BEN, ANA))
    assert [(one.cell, one.reason) for one in page.context["listed"].faults] == [("B3", fault), ("B4", fault)]


def test_columns_that_lack_or_that_we_do_not_ask_are_named(trainer):
    make_seminar()
    assert faults(trainer, workbook(["email", "Shoe size", "email"], ["a@b.example", "43"])) == [
        (
            "A1",
            "Columns are missing: Name, Profession, Organisation, Kind of organisation, Country where you work",
        ),
        ("B1", "We do not know this column. Please give it the name of a missing one, or delete it."),
        ("C1", "This column appears twice."),
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files_are_read(trainer, separator, encoding):
    make_seminar()
    lines = "\r\n".join(separator.join(row) for row in (HEAD, ["Ştefan Мірко Ώρα", *ANA[1:]]))
    people = bring(trainer, lines.encode(encoding)).context["listed"].people
    assert [each.name for each in people] == ["Ştefan Мірко Ώρα"]


@pytest.mark.parametrize(("encoding", "name"), [("cp1253", "Μαρία"), ("cp1251", "Мария"), ("cp1250", "Živković")])
def test_letters_that_could_be_several_are_asked_and_not_guessed(trainer, encoding, name):
    make_seminar()
    content = "\n".join(";".join(row) for row in (HEAD, [name, *ANA[1:]])).encode(encoding)
    page = bring(trainer, content)
    assert name in page.text
    assert "listed" not in page.context
    asked = {"content": page.context["encoding"]["content"].value(), "encoding": encoding}
    people = trainer.post(URL, asked).context["listed"].people
    assert [each.name for each in people] == [name]


def bomb() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * 300_000_000)
    return file.getvalue()


def with_entities() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as parts:
        parts.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 torn", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old or password-protected Excel file"),
        (b"%PDF-1.7\0\0", "This is a PDF file"),
        (b"x\0y", "neither an XLSX nor a CSV"),
        (b" \n ", "empty"),
        (b"a;b\n" + b"x;y\n" * 501, "more than 500 rows"),
        (b"x" * 1_100_000, "The file is larger than 1 MB"),
    ],
)
def test_file_that_is_no_list_is_refused(trainer, content, says):
    make_seminar()
    assert says in refused(trainer, content)


def test_bombs_are_refused_before_they_are_unpacked(trainer):
    make_seminar()
    assert "The unpacked file is too large for a list of names" in refused(trainer, bomb())
    assert "damaged" in refused(trainer, with_entities())


def spanning(tag: str, *cells: str) -> bytes:
    """A workbook whose sheet has cells merged, or linked, that are not written out."""
    file = BytesIO(workbook(HEAD, ANA))
    spans = "".join(f'<{tag} ref="{each}"/>' for each in cells)
    with ZipFile(file) as parts:
        texts = {part: parts.read(part) for part in parts.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    texts[sheet] = texts[sheet].replace(b"</sheetData>", f"</sheetData><{tag}s>{spans}</{tag}s>".encode())
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as parts:
        for name, text in texts.items():
            parts.writestr(name, text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("tag", "cells", "named"),
    [
        ("mergeCell", ["A1:XFD1048576"], "A1:XFD1048576"),
        ("hyperlink", ["A1:XFD1048576"], "A1:XFD1048576"),
        ("hyperlink", ["1:1048576"], "1:1048576"),
        ("mergeCell", ["A1:C400", "E1:F200"], "E1:F200"),
    ],
)
def test_few_bytes_that_stand_for_many_cells_are_refused(trainer, tag, cells, named):
    make_seminar()
    content = spanning(tag, *cells)
    assert len(content) < 10_000
    fault = f"Too many cells are merged or linked for a list of names: {named}"
    assert refused(trainer, content) == fault


def test_links_of_addresses_are_no_fault(trainer):
    make_seminar()
    assert bring(trainer, spanning("hyperlink", "B2")).context["listed"].faults == []


def test_cell_far_to_the_right_is_refused(trainer):
    make_seminar()
    far = workbook(HEAD, ANA, change=lambda sheet: sheet.cell(4_900, 290, "x"))
    assert "more than 30 columns" in refused(trainer, far)


@pytest.mark.parametrize("columns", [31, 20_000])
def test_text_file_with_too_many_columns_is_refused(trainer, columns):
    make_seminar()
    assert "more than 30 columns" in refused(trainer, b"name" + b";x" * (columns - 1))


def test_workbook_with_too_many_columns_is_refused(trainer):
    make_seminar()
    assert "more than 30 columns" in refused(trainer, workbook(["x"] * 31))
    assert "more than 30 columns" in refused(trainer, workbook(["x"] * 301))


def test_row_far_below_is_read(trainer):
    make_seminar()
    far = workbook(HEAD, ANA, change=lambda sheet: sheet.cell(900_000, 1, "Ben"))
    assert ("B900000", "Please enter your email address.") in faults(trainer, far)


def test_list_that_was_changed_after_it_was_shown_is_not_registered(trainer):
    make_seminar()
    make_seminar("patras")
    seal = bring(trainer, workbook(HEAD, ANA)).context["seal"]
    for address, sent in ((URL, f"{seal}x"), (URL.replace("athens", "patras"), seal)):
        assert "Nobody was registered" in trainer.post(address, {"seal": sent}).text
    assert Registration.objects.count() == 0


def test_list_of_whom_one_came_meanwhile_is_not_half_registered(trainer):
    seminar = make_seminar()
    page = bring(trainer, workbook(HEAD, ANA, BEN))
    register(applicant(seminar, email="ben@example.org", name="Ben"), by=Visitor())
    assert "ben@example.org has registered in the meantime" in confirm(trainer, page).text
    assert Registration.objects.count() == 1


def test_empty_list_can_be_filled_in_and_brought(trainer):
    make_seminar()
    book = load_workbook(BytesIO(trainer.get(f"{URL}list.xlsx").content))
    sheet, values = book.worksheets
    professions = [cell.value for cell in values["A"]][1:]
    assert professions == [str(label) for label in Profession.labels]
    sheet.append(["Ana", "ana@example.org", professions[0], "Police", "NGO", "Greece", "English", None])
    file = BytesIO()
    book.save(file)
    assert bring(trainer, file.getvalue()).context["listed"].faults == []


@pytest.mark.long
def test_five_hundred_are_registered_at_once(trainer):
    make_seminar(seats=300)
    people = [[f"Person {n}", f"p{n}@example.org", *ANA[2:]] for n in range(500)]
    confirm(trainer, bring(trainer, workbook(HEAD, *people)))
    states = list(Registration.objects.order_by("pk").values_list("name", "state"))
    assert states == [(row[0], "confirmed" if n < 300 else "waiting") for n, row in enumerate(people)]
