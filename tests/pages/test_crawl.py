"""Every public page in every language, found by following links from the home pages, Serbian in both scripts."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.cache import has_vary_header
from django.utils.translation import to_locale

from tests.desks.project_desks import public_desk
from tests.reading import Page
from tests.trainings.sample_seminars import publish_in_all_languages
from victor.languages import language_tag
from victor.publishing.models import SearchDocument
from victor.publishing.search_index import rebuild_index
from victor.serbian import CYRILLIC, LATIN, to_latin

pytestmark = [pytest.mark.django_db, pytest.mark.long]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
LATIN_WORDS = re.compile(r"[A-Za-z]{3,}(?:[ ,]+[A-Za-z]{2,}){2,}")
PROPER_NAMES = re.compile(
    "The Smile of the Child|Save the Children|Terre des hommes|Child Well-being Fund Ukraine|Child Protection Hub"
    "|Victims of Child Trafficking – Our Responsibility"
)
CYRILLIC_LETTERS = re.compile("[\u0400-\u052f]")
STAFF_ONLY = re.compile(r"^/[\w-]+/(accounts|admin|workspace|invitations)/")


class Crawl:
    """What was found: each address once, with its status and, where it is a page, its content."""

    def __init__(self) -> None:
        self.client = Client()
        self.statuses: dict[str, int] = {}
        self.pages: dict[str, Page] = {}
        self.cookies: set[str] = set()
        self.that_depend_on_cookies: set[str] = set()

    def run(self, *starts: str) -> Crawl:
        waiting = list(starts)
        while waiting:
            address = waiting.pop()
            if address not in self.statuses:
                waiting += self.visit(address)
        return self

    def visit(self, address: str) -> list[str]:
        response = self.client.get(address)
        self.statuses[address] = response.status_code
        self.cookies |= set(response.cookies)
        if has_vary_header(response, "Cookie"):
            self.that_depend_on_cookies.add(address)
        if response.status_code != 200 or "text/html" not in response["Content-Type"]:
            return []
        page = self.pages[address] = Page(response.content.decode())
        inside = [urljoin(address, link).split("#")[0] for link in page.links if not urlsplit(link).scheme]
        return [link for link in inside if link and not STAFF_ONLY.match(link) and link.count("=") < 2]


@pytest.fixture(scope="module")
def crawl(module_transaction: None) -> Crawl:
    """Crawled once for all tests of this module."""
    call_command("load_partnership", verbosity=0)
    call_command("load_pages", verbosity=0)
    call_command("load_campaigns", verbosity=0)
    public_desk()
    publish_in_all_languages()
    return Crawl().run(*(f"/{code}/" for code in LANGUAGES))


def test_search_leads_to_pages_that_exist(crawl):
    rebuild_index()
    paths = set(SearchDocument.objects.values_list("path", flat=True))
    assert {path for path in paths if crawl.client.get(path).status_code != 200} == set()


def test_crawl_finds_every_page_whole(crawl, figure):
    broken = {address: status for address, status in crawl.statuses.items() if status != 200}
    figure("public pages crawled", len(crawl.pages), "pages")
    figure("broken links", len(broken), "")
    assert broken == {}
    assert len(crawl.pages) >= 9 * (6 + 1 + 8 + 1 + 13 + 1 + 2 + 4)
    assert crawl.cookies == set()
    assert crawl.that_depend_on_cookies == set()


def test_crawl_alternates_are_reciprocal(crawl, figure):
    one_way = []
    for address, page in crawl.pages.items():
        own = settings.SITE_URL + urlsplit(address).path
        if page.alternates.get(page.language) != own:
            one_way.append((address, "self"))
        for target in page.alternates.values():
            other = crawl.pages.get(target.removeprefix(settings.SITE_URL))
            if other is None or other.alternates != page.alternates:
                one_way.append((address, target))
    figure("one-way hreflang", len(one_way), "")
    assert one_way == []


def test_crawl_loads_nothing_from_elsewhere(crawl):
    foreign = {asset for page in crawl.pages.values() for asset in page.assets if not asset.startswith("/static/")}
    assert foreign == set()


def test_crawl_titles_differ_within_a_language(crawl):
    # Where somebody reports, the title says as little as it can, on every page the same.
    telling = {
        address: page for address, page in crawl.pages.items() if "?" not in address and "/report/" not in address
    }
    titles = [(page.language, page.title) for page in telling.values()]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def english_messages(language: str) -> set[str]:
    """The English texts that have another form in this language."""
    catalogue = polib.pofile(str(settings.BASE_DIR / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"))
    return {" ".join(entry.msgid.split()) for entry in catalogue if entry.msgstr not in ("", entry.msgid)}


def test_crawl_finds_no_english_left_over(crawl, figure):
    english = {language_tag(code): english_messages(code) for code in LANGUAGES if code != "en"}
    left = {
        (page.language, text)
        for page in crawl.pages.values()
        if page.language != "en"
        for language, text in page.texts
        if language == page.language and is_english(text, language, english)
    }
    figure("English leftovers", len(left), "")
    assert not left, "\n".join(map(str, sorted(left)))


def is_english(text: str, language: str, english: dict[str, set[str]]) -> bool:
    """A text of the catalogue that stayed English, or a run of Latin words where another script is written."""
    if text in english[language]:
        return True
    return language in {"el", "bg", "sr", "uk"} and bool(LATIN_WORDS.search(PROPER_NAMES.sub("", text)))


def latin_pages(crawl: Crawl) -> dict[str, Page]:
    return {address: page for address, page in crawl.pages.items() if page.language == "sr-Latn"}


def test_crawl_finds_no_mixed_scripts_but_in_protected_spans(crawl, figure):
    pages = latin_pages(crawl)
    mixed = {
        (address, text)
        for address, page in pages.items()
        for language, text in page.texts
        if language == "sr-Latn" and CYRILLIC_LETTERS.search(text)
    }
    figure("pages crawled in Serbian, Latin letters", len(pages), "pages")
    figure("mixed scripts in Serbian, Latin letters", len(mixed), "")
    assert mixed == set()


def test_crawl_finds_the_same_pages_in_both_scripts_of_serbian(crawl):
    cyrillic = {address for address in crawl.pages if address.startswith(f"/{CYRILLIC}/")}
    assert {address.replace(f"/{LATIN}/", f"/{CYRILLIC}/", 1) for address in latin_pages(crawl)} == cyrillic


def test_crawl_finds_the_same_words_in_both_scripts_of_serbian(crawl):
    different = {}
    for address, page in latin_pages(crawl).items():
        cyrillic = crawl.pages[address.replace(f"/{LATIN}/", f"/{CYRILLIC}/", 1)]
        words = {to_latin(text) for language, text in cyrillic.texts if language == "sr"} | {"Srpski (latinica)"}
        if in_latin := [text for language, text in page.texts if language == "sr-Latn" and text not in words]:
            different[address] = in_latin
    assert different == {}
