"""What stands on the first screen of a phone, what stays in sight, and what comes out of a printer."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from tests.journeys.browsing import follow
from tests.journeys.test_errors import PHONE
from tests.sampling import sampled

pytestmark = pytest.mark.usefixtures("published")
LANGUAGES = [code for code, _name in settings.LANGUAGES]
DAILY, LONG = ["el"], ["hu", "uk"]
COUNTRIES = {"en": "gr", "el": "gr", "bg": "bg", "ro": "ro", "sl": "si", "sr": "rs", "sr-latn": "rs", "hu": "hu"}
COUNTRIES["uk"] = "ua"
HELPING = ["help/", "report/", "for-children/"]
MAX_HEADER, MAX_HELP_PAGE = 112, 10_000
IN_VIEW = """selector => [...document.querySelectorAll(selector)].some(found => {
  const box = found.getBoundingClientRect();
  return box.width > 40 && box.height >= 44 && box.top >= 0 && box.bottom <= innerHeight
    && found.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
})"""
HEADER = """() => [...document.querySelectorAll(".help-strip, .site-header")]
  .reduce((sum, part) => sum + part.getBoundingClientRect().height, 0)"""
CODES = {"en": "code", "el": "κωδικό", "bg": "код", "ro": "cod", "sl": "koda", "sr": "шифра", "hu": "kód", "uk": "код"}
# The contrast of each number with white paper.
CONTRASTS = """() => [...document.querySelectorAll("a[href^='tel:']")].filter(link => link.offsetParent).map(link => {
  const parts = getComputedStyle(link).color.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 1.05 / (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05);
})"""


def open_page(watch, path: str, **options: object) -> Page:
    page = watch(viewport=PHONE, **options).page
    page.goto(path)
    return page


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=DAILY, long=LONG))
def test_childrens_number_is_on_the_first_screen(watch, language):
    page = open_page(watch, f"/{language}/help/{COUNTRIES[language]}/")
    box = page.locator("[aria-labelledby=lines] .line__number").first.bounding_box()
    bar = page.locator(".help-strip").bounding_box()
    assert box["y"] + box["height"] < min(PHONE["height"], bar["y"])


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=DAILY, long=LONG))
def test_header_leaves_room_for_the_page(watch, language, figure):
    page = watch(viewport=PHONE).page
    heights = []
    for path in ("", *HELPING, "seminars/"):
        page.goto(f"/{language}/{path}")
        heights.append(page.evaluate(HEADER))
    figure(f"height of the public header on a phone, {language}", max(heights), "px")
    assert max(heights) <= MAX_HEADER


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=DAILY, long=LONG))
def test_quick_exit_stays_in_sight(watch, language):
    page = watch(viewport=PHONE).page
    for path in ("", *HELPING, "seminars/"):
        page.goto(f"/{language}/{path}")
        for position in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
            page.evaluate(f"window.scrollTo(0, {position})")
            assert page.evaluate(IN_VIEW, ".help-strip .quick-exit"), (path, position)


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=DAILY, long=LONG))
def test_menu_opens_without_scripts(watch, language):
    page = open_page(watch, f"/{language}/", java_script_enabled=False)
    assert not page.locator(".menu").is_visible()
    page.locator(".menu-button summary").click()
    expect(page.locator(".menu a").last).to_be_visible()
    follow(page.locator(".menu a[href$='/report/return/']"))
    assert page.url.endswith(f"/{language}/report/return/")


@pytest.mark.parametrize("language", sampled(CODES, daily=DAILY, long=LONG))
def test_way_back_with_a_code_is_one_press_from_every_help_page(watch, language):
    page = watch(viewport=PHONE).page
    country = COUNTRIES[language]
    missing = []
    for path in ("", "help/", f"help/{country}/", "report/", f"report/{country}/", "for-children/"):
        page.goto(f"/{language}/{path}")
        places = ("main", "footer") if path else ("footer",)
        missing += [
            (path, where)
            for where in places
            if not page.locator(f"{where} a[href='/{language}/report/return/']").first.is_visible()
        ]
    assert missing == []


@pytest.mark.parametrize("language", sampled(CODES, daily=DAILY, long=LONG))
def test_search_for_code_finds_the_way_back(watch, language):
    page = open_page(watch, f"/{language}/search/")
    page.fill("#q", CODES[language])
    page.press("#q", "Enter")
    page.locator(f"[data-results] a[href='/{language}/report/return/']").wait_for()


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=DAILY, long=LONG))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_are_black_on_paper(watch, language, scheme):
    page = open_page(watch, f"/{language}/help/{COUNTRIES[language]}/", color_scheme=scheme)
    page.emulate_media(media="print")
    contrasts = page.evaluate(CONTRASTS)
    assert len(contrasts) > 1
    assert min(contrasts) >= 7


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=DAILY, long=LONG))
def test_help_of_a_country_fits_on_two_pages(watch, language):
    page = open_page(watch, f"/{language}/help/{COUNTRIES[language]}/")
    with PdfDocument(BytesIO(page.pdf(format="A4"))) as document:
        assert len(document) <= 2


@pytest.mark.parametrize("language", sampled(LANGUAGES, daily=DAILY, long=LONG))
def test_help_pages_are_small(watch, language, figure):
    page = watch().page
    paths = ["help/", f"help/{COUNTRIES[language]}/", "help/other-languages/"]
    sizes = [len(gzip.compress(page.request.get(f"/{language}/{path}").body())) for path in paths]
    figure(f"largest help page in {language}, as gzip", max(sizes) / 1000, "kB")
    assert max(sizes) <= MAX_HELP_PAGE


@pytest.mark.parametrize("language", sampled([code for code in LANGUAGES if code != "en"], daily=DAILY, long=LONG))
@pytest.mark.parametrize("path", ["help/", "report/"])
def test_country_of_the_language_is_first(watch, language, path):
    page = open_page(watch, f"/{language}/{path}")
    address = page.locator(".country").first.get_attribute("href")
    assert address.endswith(f"/{COUNTRIES[language]}/")
