"""News as visitors read them: on pages of their own, beside the campaign, on the home page, and as a feed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from lxml import etree

from campaigns.campaigns.models import Campaign
from campaigns.news.models import News
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


def test_home_shows_the_newest_three(client):
    call_command("load_partnership", verbosity=0)
    for day in range(1, 6):
        item(f"day-{day}", date(2026, 1, day), "en")
    assert slugs(client.get("/en/").context["news"]) == ["day-5", "day-4", "day-3"]


def test_campaign_shows_its_own_news(client):
    call_command("load_partnership", verbosity=0)
    call_command("load_campaigns", verbosity=0)
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
    assert [(each.findtext(f"{ATOM}title"), each.findtext(f"{ATOM}id")) for each in entries] == [
        ("both el", "https://victor.example/el/campaigns/news/both/")
    ]


def test_moved_item_leads_to_its_new_address(client):
    publishing_actions.change_slug(item("old", date(2026, 1, 1), "en"), "new", by=System("test"))
    assert client.get("/en/campaigns/news/old/")["Location"] == "/en/campaigns/news/new/"
