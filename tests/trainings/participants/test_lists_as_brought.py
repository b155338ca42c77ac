"""Lists with formats, titles, hidden rows, words and letters as people's programs leave them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.styles import Border, Side

from tests.trainings.participants.test_participant_lists import (  # noqa: F401 - a fixture
    ANA,
    BEN,
    HEAD,
    URL,
    bring,
    confirm,
    faults,
    refused,
    trainer,
    workbook,
)
from tests.trainings.sample_seminars import applicant, make_seminar
from trainings.participants.column_words import ColumnWords
from trainings.registrations.actions import register
from trainings.registrations.models import Registration
from victor.access import System

pytestmark = pytest.mark.django_db
LINE = Border(bottom=Side(style="thin"))


@pytest.fixture(autouse=True)
def seminar():
    return make_seminar()


def border(*cells: tuple[int, int]):
    def change(sheet):
        for row, column in cells:
            sheet.cell(row, column).border = LINE

    return change


def columns_formatted(sheet):
    for row in range(1, 4001):
        for column in range(1, 9):
            sheet.cell(row, column).border = LINE


def people(page) -> list[str]:
    return [one.name for one in page.context["listed"].people]


@pytest.mark.parametrize(
    "change",
    [border((1048576, 8)), border((3, 400)), border((900, 1), (1, 16384)), columns_formatted],
    ids=["bottom", "right", "both", "thousands"],
)
def test_cells_with_a_format_and_nothing_in_them_do_not_count(trainer, change):  # noqa: F811
    page = bring(trainer, workbook(HEAD, ANA, BEN, change=change))
    assert people(page) == ["Ana", "Ben"]
    assert page.context["listed"].faults == []


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u200b", "\n"])
def test_cells_with_nothing_to_see_do_not_count(trainer, blank):  # noqa: F811
    assert people(bring(trainer, workbook(HEAD, ANA, change=lambda sheet: sheet.cell(900, 1, blank)))) == ["Ana"]


def test_separators_without_anything_between_them_do_not_count(trainer):  # noqa: F811
    lines = [";".join(HEAD), ";".join(ANA), *[";" * 40] * 600]
    assert people(bring(trainer, "\n".join(lines).encode())) == ["Ana"]


@pytest.mark.parametrize(
    "head",
    [
        ["NAME", "EMAIL ADDRESS", "PROFESSION", "ORGANISATION", "KIND OF ORGANISATION", "COUNTRY WHERE YOU WORK"],
        ["Name", "E-mail address", "Profession", "Organisation", "Kind of organisation", "Country"],
        ["ΟΝΟΜΑ", "ΔΙΕΥΘΥΝΣΗ EMAIL", "ΕΠΑΓΓΕΛΜΑ", "ΟΡΓΑΝΙΣΜΟΣ", "ΕΙΔΟΣ ΟΡΓΑΝΙΣΜΟΥ", "ΧΩΡΑ ΟΠΟΥ ΕΡΓΑΖΕΣΤΕ"],
        ["Nume", "Adresa de email", "Profesia", "Organizatia", "Tipul organizatiei", "Tara"],
    ],
)
def test_headings_are_known_without_capitals_accents_and_signs(trainer, head):  # noqa: F811
    words = ColumnWords()
    known = [words.code("heading", text) for text in head]
    assert known[:1] + known[5:] == ["name", "country"]
    if all(known):
        assert people(bring(trainer, workbook(head, ANA[:6]))) == ["Ana"]


@pytest.mark.parametrize(
    ("kind", "word", "code"),
    [
        *(
            ("profession", "ΑΣΤΥΝΟΜΙΑ", "police"),
            ("profession", "POLICIJA", "police"),
            ("profession", "полиция", "police"),
        ),
        *(("organisation_type", "Social services", "social_service"), ("organisation_type", "ΜΚΟ", "ngo")),
        *(("language", "Greek", "el"), ("language", "ΕΛΛΗΝΙΚΑ", "el"), ("language", "srpski", "sr")),
        *(("language", "Bulgarian", "bg"), ("language", "Romana", "ro"), ("language", "slovenscina", "sl")),
        *(
            ("country", "Hellas", "GR"),
            ("country", "EL", "GR"),
            ("country", "ΕΛΛΑΔΑ", "GR"),
            ("country", "Grčka", "GR"),
        ),
        *(("country", "Deutschland", ""), ("country", "Germany", "other"), ("country", "Γερμανία", "other")),
    ],
)
def test_words_are_known_however_they_are_written(kind, word, code):
    assert ColumnWords().code(kind, word) == code


@pytest.mark.parametrize(
    ("title", "note"),
    [
        (["List of participants, Athens 2027"], "List of participants, Athens 2027"),
        (["Participants", None, "Athens", "Mai"], "Participants Athens Mai"),
        (["Λίστα: όνομα"], "Λίστα: όνομα"),
    ],
)
def test_title_above_the_headings_is_left_out_and_said(trainer, title, note):  # noqa: F811
    def merge(sheet):
        sheet.merge_cells("A1:B1")

    page = bring(trainer, workbook(title, [], HEAD, ANA, change=merge if len(title) == 1 else None))
    assert people(page) == ["Ana"]
    assert page.context["listed"].notes == [f"Above the headings, this was not read: “{note}”"]
    assert note in page.text


@pytest.mark.parametrize("title", ["Participants, Athens, May", "a,b,c,d", '"Quoted, title"'])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_title_line_with_commas_does_not_separate_columns(trainer, title, separator):  # noqa: F811
    text = "\n".join([title, "", separator.join(HEAD), separator.join(ANA)])
    assert people(bring(trainer, text.encode())) == ["Ana"]


def test_quotation_mark_that_stands_alone_is_named(trainer):  # noqa: F811
    text = "\n".join([";".join(HEAD), ";".join(["Ana", "a@b.example", "police", '"The" Police', "ngo", "GR", "el"])])
    assert "A quotation mark near line 2 stands alone" in refused(trainer, text.encode())


def archive(**parts: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as content:
        for name, text in parts.items():
            content.writestr(name.replace("__", "/").replace("_DOT_", "."), text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a LibreOffice spreadsheet (ODS)"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "a LibreOffice document"),
        (archive(Index__Document_DOT_iwa="x"), "a Numbers or Pages file"),
        (archive(Index_DOT_zip="x"), "a Numbers or Pages file"),
        (archive(word__document_DOT_xml="<x/>"), "a Word document"),
        (archive(xl__workbook_DOT_bin="x"), "a binary Excel file (XLSB)"),
        (archive(list_DOT_txt="x"), "a ZIP archive without a workbook"),
        (b"\xef\xbb\xbf <html><table>", "a web page (HTML)"),
        (b"{\\rtf1 x}", "a text document (RTF)"),
        (b'<?xml version="1.0"?><office:document/>', "an XML file"),
        (b'{"url": "https://docs.example"}', "a link or a data file (JSON)"),
    ],
)
def test_file_of_another_kind_is_named(trainer, content, kind):  # noqa: F811
    reason = refused(trainer, content)
    assert reason.startswith(f"This is {kind}. Please open the list")
    assert "damaged" not in reason


def test_missing_columns_come_first_and_are_not_hidden(trainer):  # noqa: F811
    listed = faults(trainer, workbook(["Shoe size", *HEAD[1:]], ["43", *ANA[1:]]))
    assert listed[0] == ("A1", "A column is missing: Name")
    assert listed[1][0] == "A1"


def hide(*rows: int, columns: tuple[str, ...] = ()):
    def change(sheet):
        for row in rows:
            sheet.row_dimensions[row].hidden = True
        for column in columns:
            sheet.column_dimensions[column].hidden = True

    return change


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (hide(3), "Row 3 is hidden in the file, for example by a filter. We have read it too."),
        (hide(2, 3), "Rows 2, 3 are hidden in the file, for example by a filter. We have read them too."),
        (hide(columns=("D",)), "Column D is hidden in the file. We have read it too."),
    ],
)
def test_hidden_rows_and_columns_are_said(trainer, change, note):  # noqa: F811
    page = bring(trainer, workbook(HEAD, ANA, BEN, change=change))
    assert note in page.text
    assert people(page) == ["Ana", "Ben"]


def without_height(content: bytes, *, row: int) -> bytes:
    """The same workbook with a row that nobody sees, as some programs hide it."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as parts, ZipFile(file, "w", ZIP_DEFLATED) as changed:
        for name in parts.namelist():
            text = parts.read(name).replace(f'<row r="{row}"'.encode(), f'<row r="{row}" ht="0"'.encode())
            changed.writestr(name, text)
    return file.getvalue()


def test_row_without_height_and_further_sheets_are_said(trainer):  # noqa: F811
    def change(sheet):
        sheet.parent.create_sheet("More").append(["Zoe", "zoe@example.org"])

    content = without_height(workbook(HEAD, ANA, BEN, change=change), row=3)
    notes = bring(trainer, content).context["listed"].notes
    assert [note.split(".")[0] for note in notes] == [
        "Row 3 is hidden in the file, for example by a filter",
        "We read the first sheet only",
    ]


@pytest.mark.parametrize("name", ["?tefan Mure?an", "Mure\ufffdan", "Mure&#539;an", "JosÃ©", "РџРµС‚СЂРѕРІ"])
@pytest.mark.parametrize("column", [0, 3])
def test_damaged_text_is_a_fault(trainer, name, column):  # noqa: F811
    row = [*ANA]
    row[column] = name
    ((cell, reason),) = faults(trainer, workbook(HEAD, row))
    assert cell == f"{'AD'[column // 3]}2"
    assert name in reason


def test_none_of_the_readings_can_be_right(trainer):  # noqa: F811
    content = "\n".join(";".join(row) for row in (HEAD, ["Живко", *ANA[1:]])).encode("cp1251")
    page = bring(trainer, content)
    assert "None of these" in page.text
    asked = {"content": page.context["encoding"]["content"].value(), "encoding": "none"}
    assert "Please save it as XLSX or as UTF-8" in trainer.post(URL, asked).text
    assert Registration.objects.count() == 0


SHARED = [["Person xa", "shared@example.org", *ANA[2:]], ["Person ya", "shared@example.org", *ANA[2:]]]
GMAIL = [[f"Gmail User {n}", address, *ANA[2:]] for n, address in enumerate(["a.b@gmail.com", "AB+x@googlemail.com"])]


@pytest.mark.parametrize("rows", [SHARED, GMAIL])
def test_people_with_one_address_are_asked_about(trainer, rows):  # noqa: F811
    page = bring(trainer, workbook(HEAD, *rows))
    assert "Perhaps the same person" in page.text
    assert "belongs to several people" in confirm(trainer, page).text
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("rows", [SHARED, GMAIL])
def test_people_with_one_address_are_registered_once_it_is_confirmed(trainer, rows):  # noqa: F811
    seal = bring(trainer, workbook(HEAD, *rows)).context["seal"]
    trainer.post(URL, {"seal": seal, "different": "on"})
    assert list(Registration.objects.values_list("name", flat=True)) == [row[0] for row in rows]


def test_person_who_shares_the_address_of_somebody_registered_is_asked_about(trainer, seminar):  # noqa: F811
    register(applicant(seminar, email="ana@example.org", name="Zoe"), by=System("test"))
    page = bring(trainer, workbook(HEAD, ANA))
    assert "Zoe (ana@example.org)" in page.text
    assert people(page) == ["Ana"]
