"""Whatever the admin exports, it imports unchanged, from whichever program has saved it."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from import_export.admin import ImportMixin

from partners.directory.models import Organisation
from partners.help_lines.models import HelpLine
from partners.memberships.states import Role
from tests.people import browser_of, person

pytestmark = [pytest.mark.django_db, pytest.mark.loaded("load_partnership")]
EXPORTING = sorted(
    (model._meta.label_lower for model, site in admin.site._registry.items() if isinstance(site, ImportMixin))
)
ENDINGS = ["csv", "xlsx", "tsv", "json"]


@pytest.fixture
def browser() -> Client:
    """Of a coordinator, in a partnership with texts that are hard to keep."""
    hard = 'Two\r\nlines; "quoted", and\ta tab'
    Organisation.objects.filter(pk=Organisation.objects.first().pk).update(description_en=hard, native_name="=1+1")
    HelpLine.objects.filter(key="gr-100").update(source="a; b, c", operator_en="+30 210", free=None)
    return browser_of(person(Role.COORDINATOR))


def address(label: str, page: str, language: str = "en") -> str:
    return f"/{language}/admin/{label.replace('.', '/')}/{page}/"


def formats(label: str) -> dict[str, int]:
    """The number of each format in the form, by the ending of its files."""
    site = next(site for model, site in admin.site._registry.items() if model._meta.label_lower == label)
    return {known().get_extension(): number for number, known in enumerate(site.get_import_formats())}


def exported(browser: Client, label: str, ending: str, language: str = "en") -> bytes:
    fields = {"format": formats(label)[ending], "resource": "", "export_items": []}
    return browser.post(address(label, "export", language), fields).content


def outcome(browser: Client, label: str, data: bytes, ending: str, language: str = "en") -> dict[str, int]:
    """How many rows an import would add, change, leave and refuse."""
    file = {"format": formats(label)[ending], "resource": "", "import_file": SimpleUploadedFile(f"x.{ending}", data)}
    result = browser.post(address(label, "import", language), file).context["result"]
    assert result.base_errors == []
    return {name: count for name, count in result.totals.items() if count}


def test_every_resource_is_tried():
    assert EXPORTING == ["partners.helpline", "partners.organisation"]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("label", EXPORTING)
def test_import_of_an_unchanged_export_changes_nothing(browser, label, ending):
    count = {"partners.helpline": HelpLine, "partners.organisation": Organisation}[label].objects.count()
    data = exported(browser, label, ending)
    assert outcome(browser, label, data, ending) == {"skip": count}


@pytest.mark.parametrize("language", ["el", "hu", "uk"])
def test_import_of_an_unchanged_export_changes_nothing_in_other_languages(browser, language):
    data = exported(browser, "partners.helpline", "csv", language)
    assert set(outcome(browser, "partners.helpline", data, "csv", language)) == {"skip"}


def rewritten(data: bytes, delimiter: str, *, head: str = "") -> bytes:
    """The table as the program of another country saves it again."""
    stream = StringIO()
    stream.write(head)
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(csv.reader(StringIO(data.decode())))
    return stream.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(("delimiter", "head"), [(";", ""), ("\t", ""), (",", ""), (";", "sep=;\r\n")])
@pytest.mark.parametrize("label", EXPORTING)
def test_import_reads_what_another_program_has_put_between_the_cells(browser, label, delimiter, head):
    data = rewritten(exported(browser, label, "csv"), delimiter, head=head)
    assert set(outcome(browser, label, data, "csv")) == {"skip"}


def test_import_reads_short_and_long_rows(browser):
    lines = exported(browser, "partners.helpline", "csv").decode().splitlines()
    data = "\r\n".join([f"{lines[0]},,", f"{lines[1].rstrip(',')}", f"{lines[2]},,,", ",,,", ""]).encode()
    assert outcome(browser, "partners.helpline", data, "csv") == {"skip": 2}


def test_import_of_one_changed_cell_changes_one_row(browser):
    rows = json.loads(exported(browser, "partners.helpline", "json"))
    rows[3]["operator_en"] = "Somebody else"
    totals = outcome(browser, "partners.helpline", json.dumps(rows).encode(), "json")
    assert totals == {"update": 1, "skip": len(rows) - 1}


def test_import_of_an_emptied_cell_empties_the_text(browser):
    book = openpyxl.load_workbook(BytesIO(exported(browser, "partners.helpline", "xlsx")))
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "gr-100")
    row[names.index("operator_en")].value = None
    stream = BytesIO()
    book.save(stream)
    assert outcome(browser, "partners.helpline", stream.getvalue(), "xlsx")["update"] == 1


def test_export_as_workbook_has_no_formulas_and_no_control_signs(browser):
    Organisation.objects.filter(native_name="=1+1").update(description_el="a\x0bb")
    book = openpyxl.load_workbook(BytesIO(exported(browser, "partners.organisation", "xlsx")))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert "=1+1" in [cell.value for cell in cells]
    assert "a\nb" in [cell.value for cell in cells]
