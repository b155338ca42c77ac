"""Pages of text: in the reader's language or marked as what stands in, at an address that never dies."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from tests.bundled import with_partnership
from victor.access import System
from victor.pages.models import Page
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts
from victor.publishing.models import LanguageVersion

pytestmark = pytest.mark.django_db
US = System("test")


@pytest.fixture
def page() -> Page:
    made = Page.objects.create(slug="signs")
    bundled_texts.publish_bundled(
        made, "en", {"title": "Signs", "summary": "Short.", "body": "<p>Long <em>text</em>.</p>"}, by=US
    )
    return made


def test_page_is_shown(page, client):
    assert "<p>Long <em>text</em>.</p>" in client.get("/en/signs/").content.decode()


def test_page_in_a_language_it_lacks_says_so_and_is_not_indexed(page, client):
    content = client.get("/el/signs/").content.decode()
    assert '<span lang="en">Signs</span>' in content
    assert '<div lang="en"><p>Long' in content
    assert '<meta name="robots" content="noindex">' in content


def test_text_that_is_dirty_in_the_database_is_cleaned_on_its_way_out(page, client):
    Page.objects.update(body_en='<p onclick="x()">Hi</p><script>alert(1)</script>')
    assert "<p>Hi</p>\n" in client.get("/en/signs/").content.decode().replace("</article>", "\n")
    assert "alert(1)" not in client.get("/en/signs/").content.decode()


def test_old_address_leads_to_the_new_one(page, client):
    publishing_actions.change_slug(page, "indicators", by=US)
    answer = client.get("/el/signs/")
    assert answer.status_code == 301
    assert answer["Location"] == "/el/indicators/"


def test_page_that_was_taken_back_is_gone(page, client):
    publishing_actions.unpublish(LanguageVersion.objects.get(), by=US)
    assert client.get("/en/signs/").status_code == 410


def test_page_that_never_was_is_not_found():
    Page.objects.create(slug="draft")
    assert [Client().get(f"/en/{slug}/").status_code for slug in ("draft", "nothing")] == [404, 404]


def test_header_has_five_entries_and_the_foot_leads_to_the_project(client):
    call_command("load_pages", verbosity=0)
    _before, _tag, menu = client.get("/en/").content.decode().partition('<nav class="menu"')
    menu, _end, rest = menu.partition("</nav>")
    entries = ["Campaigns", "Seminars", "For professionals", "Search", "I have a code"]
    assert re.findall(r">([^<]+)</a>", menu) == entries
    assert '<a href="/en/about/">About the project</a>' in rest[rest.index("<footer") :]


def test_address_that_the_site_uses_is_refused():
    with pytest.raises(ValidationError, match="another part of the site"):
        Page(slug="partners").full_clean()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/EL/", "/el/"),
        ("/El", "/el/"),
        ("/EL/HELP/GR/", "/el/help/gr/"),
        ("/en/Help/", "/en/help/"),
        ("/EN/SIGNS", "/en/signs/"),
        ("/HU/search/", "/hu/search/"),
    ],
)
@with_partnership
def test_address_that_was_typed_with_capitals_leads_to_what_is_meant(page, client, typed, meant):
    answer = client.get(typed)
    assert answer.status_code == 302
    assert answer["Location"] == meant
    assert client.get(meant).status_code == 200


@pytest.mark.parametrize("typed", ["/EL/nothing/x/y/z/", f"/en/{'A' * 60}/", "/en/Nothing_Here/"])
def test_address_that_means_nothing_is_not_found(client, typed):
    assert client.get(typed).status_code == 404


def test_sitemap_names_the_lists_in_every_language(client, settings):
    settings.SITE_URL = "https://victor.example"
    content = client.get("/sitemap.xml").content.decode()
    lists = [
        "campaigns/",
        "campaigns/news/",
        "campaigns/events/",
        "seminars/",
        "seminars/courses/",
        "partners/",
        "help/",
    ]
    assert [path for path in lists for code in ("en", "sr") if f"/{code}/{path}</loc>" not in content] == []


def test_search_offers_the_languages_in_which_something_is_found(page, client):
    answer = client.post("/el/search/", {"q": "signs"}).content.decode()
    assert 'action="/en/search/"' in answer
    assert 'action="/bg/search/"' not in answer


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("mk", "bg"),
        ("mk-MK,en;q=0.5", "bg"),
        ("mo", "ro"),
        ("mo-MD,ru;q=0.8,en;q=0.5", "ro"),
        ("ja,mk;q=0.5", "bg"),
        ("mk;q=0.4,el;q=0.9", "el"),
    ],
)
def test_browser_that_asks_for_a_language_near_to_ours_gets_ours(client, accepted, language):
    assert client.get("/", headers={"accept-language": accepted})["Location"] == f"/{language}/"
