"""Posters that anybody can print, in each language for each country: every word on it, every letter in its font."""

from __future__ import annotations

import ctypes
import time
from collections import Counter
from io import BytesIO
from itertools import product

import pypdfium2
import pytest
import zxingcpp
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.translation import override
from PIL import Image
from pypdfium2 import raw

from campaigns.campaigns.models import Campaign
from campaigns.campaigns.posters import PaperSize, poster_data
from partners.directory.models import Country, Organisation
from partners.grants.models import FunderNotice
from partners.help_lines.models import HelpLine
from tests.bundled import with_campaign
from victor.access import System
from victor.languages import CODES
from victor.publishing import actions as publishing_actions
from victor.publishing.errors import Incomplete
from victor.publishing.models import LanguageVersion

pytestmark = [pytest.mark.django_db, with_campaign]
PLACES = ["gr", "bg", "ro", "si", "rs", "hu", "md", "ua"]


def words(*texts: str) -> Counter[str]:
    return Counter(" ".join(texts).split())


def put_in(code: str, language: str) -> Counter[str]:
    with override(language):
        content = poster_data(Campaign.objects.get(), Country.objects.get(code=code.upper()), PaperSize.A4)
    lines = [f"{line['number']} {line['name']}" for line in content["lines"]]
    alone = [content[name] for name in ("campaign", "poster", "call", "address", "statement", "disclaimer")]
    return words(*alone, *lines, " · ".join(content["partners"]))


@pytest.mark.long
def test_poster_says_what_was_put_in_and_leads_to_the_campaign(settings, figure):
    settings.SITE_URL = "https://victor.example"
    slowest = 0.0
    for language, code in product(CODES, PLACES):
        started = time.perf_counter()
        answer = Client().get(f"/{language}/campaigns/victor/poster/{code}-a4.pdf")
        slowest = max(slowest, time.perf_counter() - started)
        with pypdfium2.PdfDocument(answer.content) as document:
            (page,) = document
            assert words(page.get_textpage().get_text_bounded()) == put_in(code, language)
            (code_on_it,) = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
        assert code_on_it.text == "https://victor.example/c/victor"
    figure("posters in 8 languages for 8 countries, the slowest", slowest, "s")


@pytest.mark.parametrize("code", PLACES)
def test_number_on_a_poster_is_never_broken(code):
    with override("en"):
        content = poster_data(Campaign.objects.get(), Country.objects.get(code=code.upper()), PaperSize.A4)
    answer = Client().get(f"/en/campaigns/victor/poster/{code}-a4.pdf")
    with pypdfium2.PdfDocument(answer.content) as document:
        rows = document[0].get_textpage().get_text_bounded().splitlines()
    numbers = [line["number"] for line in content["lines"]]
    assert [number for number in numbers if not any(number in row for row in rows)] == []


def logo(slug: str, name: str, data: bytes) -> None:
    partner = Organisation.objects.get(slug=slug)
    partner.logo.save(name, ContentFile(data))


def drawn(form: str, size: tuple[int, int]) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "green").save(written, form)
    return written.getvalue()


def alternatives(document: pypdfium2.PdfDocument) -> list[str]:
    """What the first page tells of its pictures to those who cannot see them, in order."""
    tree = raw.FPDF_StructTree_GetForPage(document[0])
    count = raw.FPDF_StructTree_CountChildren(tree)
    waiting = [raw.FPDF_StructTree_GetChildAtIndex(tree, each) for each in range(count)]
    texts = []
    while waiting:
        element = waiting.pop(0)
        count = raw.FPDF_StructElement_CountChildren(element)
        children = [raw.FPDF_StructElement_GetChildAtIndex(element, each) for each in range(max(count, 0))]
        waiting = [child for child in children if child] + waiting
        if length := raw.FPDF_StructElement_GetAltText(element, None, 0):
            buffer = ctypes.create_string_buffer(length)
            raw.FPDF_StructElement_GetAltText(element, buffer, length)
            texts.append(buffer.raw.decode("utf-16-le").rstrip("\0"))
    return texts


def pictures(document: pypdfium2.PdfDocument) -> list[tuple[float, float]]:
    """Width and height of what is drawn point by point, in millimetres."""
    bounds = [each.get_bounds() for each in document[0].get_objects() if isinstance(each, pypdfium2.PdfImage)]
    return [((right - left) / 72 * 25.4, (top - bottom) / 72 * 25.4) for left, bottom, right, top in bounds]


@pytest.mark.parametrize(("form", "size"), [("PNG", (3000, 100)), ("JPEG", (100, 100)), ("WEBP", (60, 400))])
def test_poster_shows_a_logo_instead_of_a_name_and_no_larger_than_the_emblem(form, size):
    logo("smile-of-the-child", f"logo.{form.lower()}", drawn(form, size))
    names = put_in("gr", "el")
    answer = Client().get("/el/campaigns/victor/poster/gr-a4.pdf")
    with pypdfium2.PdfDocument(answer.content) as document:
        assert words(document[0].get_textpage().get_text_bounded()) == names
        ((width, height),) = pictures(document)
        assert alternatives(document)[-1] == Organisation.objects.get(slug="smile-of-the-child").name_el
    assert width <= 24
    assert height <= 16
    assert width / height == pytest.approx(size[0] / size[1], rel=0.1)


@pytest.mark.parametrize("data", [b"<svg>", b"", drawn("JPEG", (400, 400))[:300]])
def test_poster_names_whose_logo_is_damaged(data):
    before = put_in("gr", "el")
    logo("smile-of-the-child", "logo.jpg", data)
    assert put_in("gr", "el") == before


def test_poster_names_whose_logo_lacks():
    before = put_in("gr", "el")
    Organisation.objects.filter(slug="smile-of-the-child").update(logo="logos/gone.png")
    assert put_in("gr", "el") == before


def test_poster_is_twice_as_large_on_a3():
    sizes = []
    for size in PaperSize.values:
        answer = Client().get(f"/el/campaigns/victor/poster/gr-{size}.pdf")
        with pypdfium2.PdfDocument(answer.content) as document:
            sizes.append([round(length / 72 * 25.4) for length in document.get_page_size(0)])
    assert sizes == [[210, 297], [297, 420]]


def test_poster_that_does_not_exist_is_not_found():
    asked = ["gr-a5.pdf", "fr-a4.pdf", "gr-.pdf"]
    answers = [Client().get(f"/el/campaigns/victor/poster/{what}").status_code for what in asked]
    assert answers == [404] * len(asked)


def test_poster_without_words_in_the_language_is_not_found():
    Campaign.objects.update(poster_el=None)
    assert Client().get("/el/campaigns/victor/poster/gr-a4.pdf").status_code == 404
    page = Client().get("/el/campaigns/victor/").content.decode()
    assert "/el/campaigns/victor/poster/gr-a4.pdf" not in page
    assert "/en/campaigns/victor/poster/gr-a4.pdf" in page


def test_posters_of_another_language_are_one_press_away():
    page = Client().get("/el/campaigns/victor/?posters=bg").content.decode()
    assert "/bg/campaigns/victor/poster/gr-a4.pdf" in page
    assert 'href="?posters=ro#posters" lang="ro"' in page


def test_poster_without_funders_notice_is_not_found():
    FunderNotice.objects.all().delete()
    assert Client().get("/el/campaigns/victor/poster/gr-a4.pdf").status_code == 404


def test_poster_with_a_letter_that_its_fonts_lack_is_not_found():
    Campaign.objects.update(poster_el="Χαμόγελο 😀")
    assert Client().get("/el/campaigns/victor/poster/gr-a4.pdf").status_code == 404


def test_picture_for_other_sites_has_the_size_they_ask_for():
    for language, path in product(CODES, ["share.png", "campaigns/victor/share.png"]):
        picture = Image.open(BytesIO(Client().get(f"/{language}/{path}").content))
        assert picture.format == "PNG"
        assert picture.size == (1200, 630)


def test_campaign_shows_lines_of_the_chosen_country():
    answer = Client().get("/en/campaigns/victor/?country=RO")
    assert {line.country_id for line in answer.context["lines"]} == {"RO"}


def test_pages_say_what_they_are():
    text = Client().get("/el/campaigns/victor/").content.decode()
    assert '<meta property="og:title" content="' in text
    assert '"@type": "Article"' in text
    assert "og:title" not in Client().get("/el/help/gr/").content.decode()


def publication(language: str, **texts: str) -> None:
    campaign = Campaign.objects.get()
    version = LanguageVersion.objects.of(campaign).get(language=language)
    version = publishing_actions.save_draft(campaign, language, version.fields | texts, by=System("test"))
    publishing_actions.submit(version, by=System("test"))


@pytest.mark.parametrize(("poster", "sign"), [("Подзвони 📞", "📞"), ("ช่วยด้วย", "ช"), ("救救孩子", "孩")])
def test_publication_of_words_that_no_poster_can_show_names_the_signs(poster, sign):
    with pytest.raises(Incomplete) as refused:
        publication("uk", poster=poster)
    assert "cannot be printed" in str(refused.value)
    assert sign in str(refused.value)


@pytest.mark.parametrize("poster", ["„Đaci” – “ţ” №1 … ’ʼ", "Ωμέγα· ἀ", "Љиљана, ѓ, ґ, ї, ы", "a\u00a0b\u2011c"])
def test_publication_of_words_that_a_poster_can_show_is_possible(poster):
    publication("uk", poster=poster)


def test_publication_takes_out_signs_that_are_no_text():
    publication("uk", title="Hot\x0bline\x00", poster="a\u2028b\ufeff")
    fields = LanguageVersion.objects.of(Campaign.objects.get()).get(language="uk").fields
    assert fields["title"] == "Hot\nline"
    assert fields["poster"] == "a\nb"


def test_one_partner_or_line_with_a_sign_that_fonts_lack_breaks_no_poster():
    Organisation.objects.filter(country="GR").update(name_el="Χαμόγελο 😀")
    HelpLine.objects.filter(country="GR").update(name_el="Γραμμή ☎")
    assert Client().get("/el/campaigns/victor/poster/gr-a4.pdf").status_code == 200
