"""Posters that anybody can print, in each language for each country: every word on it, every letter in its font."""

from __future__ import annotations

import time
from collections import Counter
from io import BytesIO
from itertools import product

import pypdfium2
import pytest
import zxingcpp
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from PIL import Image

from campaigns.models import Campaign
from partners.models import Country
from victor.pages.models import FunderNotice
from victor.pages.paper import Size, poster_words
from victor.publishing.languages import CODES

pytestmark = pytest.mark.django_db
PLACES = ["gr", "bg", "ro", "si", "rs", "hu", "md", "ua"]


@pytest.fixture
def partnership() -> None:
    for command in ("load_partnership", "load_pages", "load_campaigns"):
        call_command(command, verbosity=0)


def words(*texts: str) -> Counter[str]:
    return Counter(" ".join(texts).split())


def put_in(code: str, language: str) -> Counter[str]:
    with override(language):
        said = poster_words(Campaign.objects.get(), Country.objects.get(code=code.upper()), Size.A4)
    lines = [f"{line['number']} {line['name']}" for line in said["lines"]]
    alone = [said[name] for name in ("campaign", "poster", "call", "address", "statement", "disclaimer")]
    return words(*alone, *lines, " · ".join(said["partners"]))


def test_poster_says_what_was_put_in_and_leads_to_the_campaign(partnership, settings, figure):
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


def test_poster_is_twice_as_large_on_a3(partnership):
    sizes = []
    for size in Size.values:
        answer = Client().get(f"/el/campaigns/victor/poster/gr-{size}.pdf")
        with pypdfium2.PdfDocument(answer.content) as document:
            sizes.append([round(length / 72 * 25.4) for length in document.get_page_size(0)])
    assert sizes == [[210, 297], [297, 420]]


def test_poster_that_does_not_exist_is_not_found(partnership):
    asked = ["gr-a5.pdf", "fr-a4.pdf", "gr-.pdf"]
    answers = [Client().get(f"/el/campaigns/victor/poster/{what}").status_code for what in asked]
    assert answers == [404] * len(asked)


def test_poster_without_words_in_the_language_is_not_found(partnership):
    Campaign.objects.update(poster_el=None)
    assert Client().get("/el/campaigns/victor/poster/gr-a4.pdf").status_code == 404
    assert "poster/gr-a4.pdf" not in Client().get("/el/campaigns/victor/").content.decode()


def test_poster_without_funders_notice_is_not_found(partnership):
    FunderNotice.objects.all().delete()
    assert Client().get("/el/campaigns/victor/poster/gr-a4.pdf").status_code == 404


def test_poster_with_a_letter_that_its_fonts_lack_is_not_found(partnership):
    Campaign.objects.update(poster_el="Χαμόγελο 😀")
    assert Client().get("/el/campaigns/victor/poster/gr-a4.pdf").status_code == 404


def test_picture_for_other_sites_has_the_size_they_ask_for(partnership):
    for language, path in product(CODES, ["share.png", "campaigns/victor/share.png"]):
        picture = Image.open(BytesIO(Client().get(f"/{language}/{path}").content))
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_campaign_shows_lines_of_the_chosen_country(partnership):
    answer = Client().get("/en/campaigns/victor/?country=RO")
    assert {line.country_id for line in answer.context["lines"]} == {"RO"}


def test_pages_say_what_they_are(partnership):
    text = Client().get("/el/campaigns/victor/").content.decode()
    assert '<meta property="og:title" content="' in text
    assert '"@type": "Article"' in text
    assert "og:title" not in Client().get("/el/help/gr/").content.decode()
