"""The form on paper: in every language, tagged, without a name, with published numbers only."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.conf import settings
from django.utils.translation import override

from desks.screening.pdf import screening_form_content
from partners.help_lines.models import HelpLine
from tests.desks.staffed_desks import StaffedDesk, make_emergency_line, staffed_desk
from tests.people import browser_of, organisation

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
URL = "/en/workspace/desks/desk/screening-form/"
HIDDEN, SHOWN = "0800 111 222", "116 111"


@pytest.fixture
def place() -> StaffedDesk:
    place = staffed_desk()
    make_emergency_line(place)
    given = {"country": place.desk.country, "purpose": "children", "dial": "116111", "name_en": "Line", "source": "t"}
    HelpLine.objects.create(key="shown", number=SHOWN, publish=True, confidence="high", **given)
    HelpLine.objects.create(key="hidden", number=HIDDEN, publish=False, confidence="low", **given)
    return place


def text_of(file: bytes) -> str:
    document = pypdfium2.PdfDocument(file)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_print_form_in_a_language_is_tagged_and_has_every_sign(language, place):
    response = browser_of(place.worker.person).get(f"{URL}{language}.pdf")
    assert response["Content-Disposition"] == f'inline; filename="form-{language}.pdf"'
    with pikepdf.open(BytesIO(response.content)) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang).lower()[:2] == language[:2]
        assert 2 <= len(document.pages) <= 5
    words = text_of(response.content)
    with override(language):
        content = screening_form_content(place.desk.country)
    codes = [sign["code"] for group in content["groups"] for sign in group["signs"]]
    assert len(codes) == 55
    assert [code for code in codes if not re.search(rf"\b{code}\b", words)] == []


def test_form_names_published_numbers_only(place):
    words = text_of(browser_of(place.worker.person).get(f"{URL}en.pdf").content)
    assert SHOWN in words
    assert HIDDEN not in words
    assert "call 112 first" in words


def test_form_asks_for_no_name(place):
    with override("en"):
        content = screening_form_content(place.desk.country)
    assert content["boxes"] == ["Reference of the desk", "Date", "Your function and organisation"]
    assert content["answers"] == ["Yes", "No", "Unknown", "Not asked"]


def test_page_offers_the_form_in_every_language(place):
    page = browser_of(place.worker.person).get(URL).text
    assert [code for code in LANGUAGES if f'href="{URL}{code}.pdf"' not in page] == []


def test_colleague_of_another_desk_gets_no_form(place):
    stranger = browser_of(staffed_desk("other", at=organisation("other")).worker.person)
    assert stranger.get(URL).status_code == 404
    assert stranger.get(f"{URL}en.pdf").status_code == 404


def test_form_in_an_unknown_language_is_not_found(place):
    assert browser_of(place.worker.person).get(f"{URL}xx.pdf").status_code == 404


def test_form_is_only_read(place):
    assert browser_of(place.worker.person).post(URL).status_code == 405
