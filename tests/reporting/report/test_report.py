"""The report of a release: PDF, workbook and IATI, in every language, with the numbers that were stored."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.conf import settings
from lxml import etree
from openpyxl import load_workbook

from tests.people import browser_of
from tests.reporting.networks import RELEASED, Network, coordinator, make_draft, make_published
from tests.sampling import sampled
from victor.reporting.releases.errors import ReleaseMoveNotPossible
from victor.reporting.releases.presenters import figures_of
from victor.reporting.report.actions import ask_for_report
from victor.reporting.report.models import KEPT_FOR, ReportFile
from victor.reporting.report.periodic import make_reports
from victor.reporting.report.tasks import make_report

pytestmark = pytest.mark.django_db
IATI = Path(__file__).resolve().parents[2] / "data" / "iati"
LANGUAGES = sampled([code for code, _name in settings.LANGUAGES], daily=["en", "hu"])


@pytest.fixture(autouse=True)
def august(at):
    at(RELEASED)


@pytest.fixture
def published():
    Network()
    return make_published(coordinator("maker"), coordinator("approver"))


def made(release, language: str = "en", file_format: str = "pdf") -> bytes:
    report = ask_for_report(release, language=language, file_format=file_format, by=release.made_by)
    make_report(report.pk)
    report.refresh_from_db()
    assert not report.failed
    return bytes(report.content)


def cells_of(content: bytes) -> list[object]:
    book = load_workbook(BytesIO(content))
    return [cell for sheet in book for row in sheet.values for cell in row if cell is not None]


def words_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_and_names_its_language(published, language, figure):
    begun = time.perf_counter_ns()
    content = made(published, language)
    seconds = (time.perf_counter_ns() - begun) / 1e9
    with pikepdf.open(BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith(language[:2])
    figure(f"report in {language}", seconds, "s")
    assert seconds < 20


def test_pdf_and_workbook_have_the_numbers_of_the_release(published):
    words, cells = words_of(made(published)), cells_of(made(published, file_format="xlsx"))
    numbers = {figure.total for figure in figures_of(published) if figure.has({}) and figure.total}
    assert {number for number in numbers if f"{number}" not in words} == set()
    assert numbers <= set(cells)


def test_what_is_not_shown_is_words_in_the_workbook(published):
    hidden = {figure.name for figure in figures_of(published) if figure.has_hidden}
    cells = cells_of(made(published, file_format="xlsx"))
    assert hidden
    assert cells.count("not shown") >= len(hidden)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_of_the_workbook_have_names_that_excel_takes(published, language):
    titles = load_workbook(BytesIO(made(published, language, "xlsx"))).sheetnames
    assert max(map(len, titles)) <= 31
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", ["en", "el", "uk"])
def test_iati_follows_its_schema(published, language):
    schema = etree.XMLSchema(etree.parse(IATI / "iati-activities-schema.xsd"))
    assert schema.validate(etree.fromstring(made(published, language, "xml"))), schema.error_log


def test_iati_has_the_totals_of_the_release_and_nothing_that_is_not_shown(published):
    root = etree.fromstring(made(published, file_format="xml"))
    for figure in figures_of(published):
        result = root.xpath("//result[title/narrative=$name]", name=figure.name)[0]
        totals = [actual.get("value") for actual in result.iter("actual") if not len(actual)]
        expected = [] if figure.missing or not figure.has({}) or figure.total is None else [str(figure.total)]
        assert totals == expected


def test_report_of_a_draft_is_refused():
    release = make_draft(coordinator("maker"))
    with pytest.raises(ReleaseMoveNotPossible):
        ask_for_report(release, language="en", file_format="pdf", by=release.made_by)


def test_report_is_made_once_and_forgotten_after_a_week(published, at):
    made(published)
    report = ReportFile.objects.get()
    assert make_report(report.pk) is False
    at(RELEASED + KEPT_FOR * 2)
    make_reports()
    assert not ReportFile.objects.exists()


def test_page_says_how_far_the_report_is_and_offers_the_file(published):
    browser, address = browser_of(published.made_by), f"/en/workspace/releases/{published.pk}/report/"
    page = browser.post(address, {"language": "en", "file_format": "pdf"}, follow=True).content.decode()
    report = ReportFile.objects.get()
    assert "Making the report: 0 of 0 sections." in page
    assert browser.get(f"{address}{report.pk}/").status_code == 404
    make_report(report.pk)
    answer = browser.get(f"{address}{report.pk}/")
    assert answer.content.startswith(b"%PDF")


def test_report_in_a_format_that_nobody_has_is_refused(published):
    browser, address = browser_of(published.made_by), f"/en/workspace/releases/{published.pk}/report/"
    assert browser.post(address, {"language": "en", "file_format": "doc"}).status_code == 422
