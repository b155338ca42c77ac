"""The key image of a campaign: at the top of its page, with what it shows in the reader's language."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from campaigns.campaigns.models import Campaign
from partners.memberships.states import Role
from tests.bundled import with_campaign
from tests.people import browser_of, person
from tests.photographs import ready_picture
from victor.access import System
from victor.languages import columns
from victor.pictures.actions import remove_picture
from victor.pictures.errors import InUse
from victor.publishing import bundled_texts
from victor.publishing.errors import Incomplete
from victor.publishing.models import LanguageVersion, public_texts
from victor.publishing.translation import options

pytestmark = [pytest.mark.django_db, with_campaign]
US = System("test")
PAGE = "/el/campaigns/victor/"


@pytest.fixture
def campaign() -> Campaign:
    campaign = Campaign.objects.get()
    assert campaign.key_image.description == "Bridge and doorway"
    Campaign.objects.update(key_image=None, **dict.fromkeys(columns("key_image_alternative")))
    return Campaign.objects.get()


def show_on(campaign: Campaign, alternative: str, language: str = "el", **given: object) -> None:
    campaign.key_image = ready_picture(**given)
    campaign.save()
    texts = public_texts(campaign, options(Campaign).texts, language)
    bundled_texts.publish_bundled(campaign, language, texts | {"key_image_alternative": alternative}, by=US)


def image(path: str = PAGE) -> str | None:
    match = re.search(r'<img src="/pictures/[^>]+>', Client().get(path).content.decode())
    return match and match[0]


def test_visitor_sees_it_cut_where_it_matters_with_what_it_shows_and_who_made_it(campaign):
    show_on(campaign, "Μια γέφυρα", focus=(0, 75))
    shown = image()
    assert 'alt="Μια γέφυρα"' in shown
    assert 'class="key-image__picture focus-x-0 focus-y-75"' in shown
    assert [word in shown for word in ('fetchpriority="high"', "lazy", "lang=")] == [True, False, False]
    assert "VICTOR, CC BY 4.0" in Client().get(PAGE).content.decode()


def test_words_of_another_language_are_marked(campaign):
    show_on(campaign, "A bridge", "en")
    assert 'alt="A bridge" lang="en"' in image()


def test_image_costs_no_query(campaign):
    with CaptureQueriesContext(connection) as without:
        assert image() is None
    show_on(campaign, "Μια γέφυρα")
    with CaptureQueriesContext(connection) as asked:
        assert image()
    assert len(asked) == len(without)


def test_image_without_words_keeps_a_language_from_going_public(campaign):
    campaign.key_image = ready_picture()
    campaign.save()
    assert image() is None
    texts = public_texts(campaign, options(Campaign).texts, "bg") | {"title": "Друго"}
    translation.activate("en")  # the page above was in Greek
    with pytest.raises(Incomplete) as refused:
        bundled_texts.publish_bundled(campaign, "bg", texts, by=US)
    assert refused.value.missing == ["the alternative text of the key image"]


def test_translation_from_before_there_were_key_images_stays_in_step(campaign):
    version = LanguageVersion.objects.of(campaign).get(language="el")
    del version.basis["key_image_alternative"]
    version.save()
    texts = public_texts(campaign, options(Campaign).texts, "en") | {"title": "A child is never for sale"}
    bundled_texts.publish_bundled(campaign, "en", texts, by=US, minor=True)
    version.refresh_from_db()
    assert not version.outdated


def test_image_whose_agreement_is_over_is_not_shown(campaign):
    show_on(campaign, "Μια γέφυρα", consent_until=date(2026, 1, 1))
    assert image() is None


def test_key_image_is_not_removed(campaign):
    show_on(campaign, "Μια γέφυρα")
    with pytest.raises(InUse) as refused:
        remove_picture(campaign.key_image, by=US)
    assert [str(use) for use in refused.value.uses] == [str(campaign)]


def test_coordinator_chooses_it_and_sees_it(campaign):
    picture = ready_picture()
    path = f"/en/admin/campaigns/campaign/{campaign.pk}/change/"
    browser = browser_of(person(Role.COORDINATOR))
    form = {"slug": "victor", "code": campaign.code, "key_image": picture.pk, "countries-TOTAL_FORMS": 0}
    form |= {"countries-INITIAL_FORMS": 0, "targets-TOTAL_FORMS": 0, "targets-INITIAL_FORMS": 0}
    assert browser.post(path, form).status_code == 302
    assert picture.source in browser.get(path).content.decode()
