"""Load the campaigns and important days that come with the project. See `victor.publishing.actions` for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from django.core.files.base import ContentFile
from django.db import transaction

from campaigns.campaigns.models import Campaign, ImportantDay, Message
from partners.directory.models import Country
from victor.access import System
from victor.languages import CODES
from victor.pdf import png
from victor.pictures.actions import add_picture
from victor.pictures.models import Picture
from victor.publishing.bundled_texts import bundled_text, publish_bundled
from victor.publishing.models import Publishable
from victor.publishing.translation import options


class MessageFacts(TypedDict):
    """A message of a campaign in the data file. Its texts stand beside it, by the names of the fields."""

    audience: str


class CountryFacts(TypedDict):
    """A country that a campaign is for, and its parts in the routes of trafficking."""

    country: str
    roles: list[str]


class CampaignFacts(TypedDict):
    """A campaign in the data file. Its texts stand beside it, by the names of the fields."""

    slug: str
    code: str
    messages: list[MessageFacts]
    countries: list[CountryFacts]


class DayFacts(TypedDict):
    """An important day in the data file. Its texts stand beside it, by the names of the fields."""

    slug: str
    month: int
    day: int


def load_campaign(facts: CampaignFacts, *, by: System) -> Campaign:
    """Create or update a campaign with its messages and countries, and publish it in every language.

    Its key image is drawn and added before anything is locked, in a transaction of its own.
    """
    has_image = Campaign.objects.filter(slug=facts["slug"]).exclude(key_image=None).exists()
    key_image = None if has_image else _draw_key_image(by=by)
    return _save_campaign(facts, key_image, by=by)


@transaction.atomic
def _save_campaign(facts: CampaignFacts, key_image: Picture | None, *, by: System) -> Campaign:
    campaign, _created = Campaign.objects.update_or_create(slug=facts["slug"], defaults={"code": facts["code"]})
    if campaign.key_image is None:
        campaign.key_image = key_image
        campaign.save()
    _publish_texts(campaign, facts, by=by)
    for message_facts in facts["messages"]:
        audience = message_facts["audience"]
        message, _created = Message.objects.update_or_create(
            campaign=campaign, audience=audience, defaults={"slug": f"{campaign.slug}-{audience}"}
        )
        _publish_texts(message, message_facts, by=by)
    countries = {country.code: country for country in Country.objects.all()}
    for entry in facts["countries"]:
        for part in entry["roles"]:
            campaign.countries.get_or_create(country=countries[entry["country"]], part=part)
    return campaign


@transaction.atomic
def load_day(facts: DayFacts, *, by: System) -> ImportantDay:
    """Create or update an important day, and publish it in every language."""
    date = {"month": facts["month"], "day": facts["day"]}
    day, _created = ImportantDay.objects.update_or_create(slug=facts["slug"], defaults=date)
    _publish_texts(day, facts, by=by)
    return day


def _draw_key_image(*, by: System) -> Picture:
    """Draw the project's own picture, because no photograph of a person comes with the portal."""
    file = ContentFile(png("bridge", {}), name="bridge.png")
    return add_picture(file, description="Bridge and doorway", credit="VICTOR, CC BY-ND 4.0", focus=(75, 50), by=by)


def _publish_texts(obj: Publishable, facts: Mapping[str, object], *, by: System) -> None:
    for language in CODES:
        texts = {name: bundled_text(facts, name, language) for name in options(type(obj)).texts}
        publish_bundled(obj, language, texts, by=by)
