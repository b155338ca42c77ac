"""News as visitors read them: on pages of their own, beside the campaign, on the home page, and as a feed."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from campaigns.campaigns.models import Campaign
from campaigns.news.models import News
from tests.bundled import with_campaign, with_partnership
from victor.access import System
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def item(slug: str, day: date, *languages: str, campaign: Campaign | None = None) -> News:
    made = News.objects.create(slug=slug, date=day, campaign=campaign)
    for language in languages:
        texts = {"title": f"{slug} {language}", "summary": "Summary", "body": "<p>Body</p>"}
        bundled_texts.publish_bundled(made, language, texts, by=System("test"))
    return made


def slugs(items: object) -> list[str]:
    return [each.slug for each in items]


def test_news_are_listed_newest_first(client):
    item("old", date(2026, 1, 1), "en")
    item("new", date(2026, 2, 1), "en")
    item("draft", date(2026, 3, 1))
    assert slugs(client.get("/en/campaigns/news/").context["page_obj"]) == ["new", "old"]


def test_page_without_news_says_so(client):
    assert "There is no news yet." in client.get("/en/campaigns/news/").content.decode()


def test_item_is_read_in_another_language_where_its_own_lacks(client):
    item("new", date(2026, 2, 1), "el")
    text = client.get("/en/campaigns/news/new/").content.decode()
    assert '<span lang="el">new el</span>' in text
    assert '<meta name="robots" content="noindex">' in text


def test_draft_is_not_found(client):
    item("draft", date(2026, 3, 1))
    assert client.get("/en/campaigns/news/draft/").status_code == 404


@with_partnership
def test_home_shows_the_newest_three(client):
    for day in range(1, 6):
        item(f"day-{day}", date(2026, 1, day), "en")
    assert slugs(client.get("/en/").context["news"]) == ["day-5", "day-4", "day-3"]


@with_campaign
def test_campaign_shows_its_own_news(client):
    item("ours", date(2026, 1, 1), "en", campaign=Campaign.objects.get())
    item("other", date(2026, 1, 2), "en")
    assert slugs(client.get("/en/campaigns/victor/").context["news"]) == ["ours"]


def test_feed_names_what_is_published_in_its_language(client, settings):
    settings.SITE_URL = "https://victor.example"
    item("both", date(2026, 1, 1), "en", "el")
    item("english", date(2026, 1, 2), "en")
    answer = client.get("/el/campaigns/news.atom")
    entries = etree.fromstring(answer.content).findall(f"{ATOM}entry")
    assert answer["Content-Type"].startswith("application/atom+xml")
    links = [(entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href")) for entry in entries]
    assert links == [("both el", "https://victor.example/el/campaigns/news/both/")]


def test_moved_item_leads_to_its_new_address(client):
    publishing_actions.change_slug(item("old", date(2026, 1, 1), "en"), "new", by=System("test"))
    assert client.get("/en/campaigns/news/old/")["Location"] == "/en/campaigns/news/new/"


def feed(client, language: str = "en") -> etree._Element:
    return etree.fromstring(client.get(f"/{language}/campaigns/news.atom").content)


def test_feed_has_an_author_its_own_title_and_its_own_address(client, settings):
    settings.SITE_URL = "https://victor.example"
    root = feed(client)
    assert root.findtext(f"{ATOM}title") == "VICTOR: news"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "VICTOR"
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == "https://victor.example/en/campaigns/news.atom"
    assert root.findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+00:00"


def test_ids_of_a_feed_stay_when_address_title_and_host_change(client, settings):
    made = item("old", date(2026, 1, 1), "en", "el")
    settings.SITE_URL = "https://victor.example"
    before = [[node.text for node in feed(client, code).iter(f"{ATOM}id")] for code in ("en", "el")]
    publishing_actions.change_slug(made, "new", by=System("test"))
    News.objects.update(title_en="Another title")
    settings.SITE_URL = "https://other.example"
    after = [[node.text for node in feed(client, code).iter(f"{ATOM}id")] for code in ("en", "el")]
    assert after == before
    assert len({name for names in before for name in names}) == 4
    assert all(name.startswith("urn:uuid:") for names in before for name in names)


def test_feed_that_a_reader_has_is_not_sent_again(client):
    item("old", date(2026, 1, 1), "en")
    etag = client.get("/en/campaigns/news.atom")["ETag"]
    assert client.get("/en/campaigns/news.atom", headers={"if-none-match": etag}).status_code == 304
    News.objects.update(title_en="Another title")
    answer = client.get("/en/campaigns/news.atom", headers={"if-none-match": etag})
    assert answer.status_code == 200
    assert answer["ETag"] != etag


@pytest.mark.parametrize("sign", ["\x0b", "\x1b", "\ufffe", "\x85"])
def test_one_sign_in_one_title_breaks_no_feed(client, sign):
    item("old", date(2026, 1, 1), "en")
    News.objects.update(title_en=f"Hot{sign}line", summary_en=f"a{sign} < b")
    (entry,) = feed(client).findall(f"{ATOM}entry")
    assert "line" in entry.findtext(f"{ATOM}title")
    assert "&lt; b" in entry.findtext(f"{ATOM}summary")


def test_second_page_of_a_list_names_itself_to_search_engines(client, settings):
    settings.SITE_URL = "https://victor.example"
    for day in range(1, 23):
        item(f"day-{day}", date(2026, 1, day), "en", "el")
    second = client.get("/en/campaigns/news/?page=2").content.decode()
    assert '<link rel="canonical" href="https://victor.example/en/campaigns/news/?page=2">' in second
    assert 'hreflang="el" href="https://victor.example/el/campaigns/news/?page=2"' in second
    for query in ("", "?page=1", "?page=x"):
        first = client.get(f"/en/campaigns/news/{query}").content.decode()
        assert '<link rel="canonical" href="https://victor.example/en/campaigns/news/">' in first
