"""Campaigns as visitors see them: message, audiences, whom to call, and the address on paper."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from campaigns.campaigns.models import Campaign, ImportantDay
from campaigns.campaigns.states import Audience
from tests.bundled import with_campaign
from victor.access import System
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts
from victor.publishing.models import LanguageVersion

pytestmark = [pytest.mark.django_db, with_campaign]
US = System("test")


def test_campaign_speaks_to_every_audience(client):
    answer = client.get("/el/campaigns/victor/")
    assert [message.audience for message, _prose in answer.context["messages"]] == Audience.values
    assert "Δεν φταις εσύ" in answer.content.decode()


def test_campaign_shows_the_help_lines_where_its_language_is_spoken(client):
    lines = client.get("/bg/campaigns/victor/").context["lines"]
    assert {line.country_id for line in lines} == {"BG"}


def test_campaign_says_which_part_each_country_has(client):
    countries = client.get("/en/campaigns/victor/").context["countries"]
    assert {country.code: [part.part for part in parts] for country, parts in countries}["RS"] == [
        "destination",
        "origin",
        "transit",
    ]


@pytest.mark.parametrize(("accepted", "language"), [("el-GR,en;q=0.5", "el"), ("ja", "en")])
def test_short_address_leads_to_the_campaign_in_the_readers_language(client, accepted, language):
    answer = client.get("/c/victor", headers={"accept-language": accepted})
    assert answer.status_code == 302
    assert answer["Location"] == f"/{language}/campaigns/victor/"


def test_short_address_of_nothing_is_not_found(client):
    assert client.get("/c/nothing").status_code == 404


def test_campaign_taken_back_in_one_language_falls_back(client):
    version = LanguageVersion.objects.of(Campaign.objects.get()).get(language="hu")
    publishing_actions.unpublish(version, by=US)
    content = client.get("/hu/campaigns/victor/").content.decode()
    assert '<span lang="en">A child is not for sale</span>' in content
    assert '<meta name="robots" content="noindex">' in content


def test_renamed_campaign_is_found_at_its_old_address(client):
    publishing_actions.change_slug(Campaign.objects.get(), "not-for-sale", by=US)
    assert client.get("/ro/campaigns/victor/")["Location"] == "/ro/campaigns/not-for-sale/"


def test_campaign_that_is_over_is_listed_last(client):
    over = Campaign.objects.create(slug="over", code="over", starts=date(2026, 1, 1), ends=date(2026, 2, 1))
    bundled_texts.publish_bundled(over, "en", {"title": "Over", "summary": "Over", "body": "<p>Over</p>"}, by=US)
    assert [campaign.slug for campaign in client.get("/en/campaigns/").context["campaigns"]] == ["victor", "over"]
    assert [campaign.slug for campaign in Campaign.objects.running()] == ["victor"]


def test_days_begin_with_the_next(client, at):
    at(datetime(2026, 11, 20, 12, tzinfo=UTC))
    days = client.get("/en/campaigns/").context["days"]
    assert days[0].slug == "childrens-day"
    assert days[0].next_date == date(2026, 11, 20)
    assert days[-1].slug == "sexual-abuse"
    assert days[-1].next_date == date(2027, 11, 18)


def test_day_that_no_year_has_is_refused():
    with pytest.raises(ValidationError, match="There is no such date"):
        ImportantDay(slug="x", month=2, day=30).full_clean()


def test_loading_twice_changes_nothing():
    campaign = Campaign.objects.get()
    edited = dict.fromkeys(("title", "summary", "body", "key_image_alternative"), "Edited")
    bundled_texts.publish_bundled(campaign, "en", edited, by=US)
    call_command("load_campaigns", verbosity=0)
    assert Campaign.objects.get().title_en == "Edited"


@pytest.mark.parametrize(
    ("language", "written"), [("en", "18 October"), ("el", "18 Οκτωβρίου"), ("hu", "október 18."), ("uk", "18 жовтня")]
)
def test_days_are_written_as_the_language_writes_them(client, language, written):
    assert f">{written}</time>" in client.get(f"/{language}/campaigns/").content.decode()


@pytest.mark.parametrize("slug", ["news", "events"])
def test_campaign_whose_address_the_site_uses_is_refused(slug):
    with pytest.raises(ValidationError, match="another part of the site"):
        Campaign(slug=slug, code=slug).full_clean()


def test_campaign_leads_to_the_one_that_it_is_part_of_and_back(client):
    victor = Campaign.objects.get(slug="victor")
    part = Campaign.objects.create(slug="schools", code="schools", parent=victor)
    Campaign.objects.create(slug="hidden", code="hidden", parent=victor)
    bundled_texts.publish_bundled(part, "el", {"title": "Στα σχολεία", "summary": "Σ", "body": "Σ"}, by=US)
    parent_page, part_page = (client.get(f"/el/campaigns/{slug}/").context for slug in ("victor", "schools"))
    assert [campaign.slug for campaign in parent_page["part_campaigns"]] == ["schools"]
    assert parent_page["parent_campaigns"] == []
    assert [campaign.slug for campaign in part_page["parent_campaigns"]] == ["victor"]
    assert part_page["part_campaigns"] == []


@pytest.mark.parametrize("typed", ["/c/VICTOR", "/c/victor/", "/c/Victor/", "/C/victor", "/C/VICTOR/"])
def test_short_address_is_found_as_people_type_it(client, typed):
    answer = client.get(typed, headers={"accept-language": "el"}, follow=True)
    assert {status for _path, status in answer.redirect_chain} == {302}
    assert answer.redirect_chain[-1][0] == "/el/campaigns/victor/"


def test_short_address_in_its_own_letters_comes_first(client):
    Campaign.objects.update(code="Lamp")
    assert client.get("/c/LAMP").status_code == 302
    assert client.get("/c/Lamp")["Location"] == "/en/campaigns/victor/"
