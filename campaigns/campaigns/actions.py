"""What can happen to campaigns besides what can happen to any text (see `victor.publishing.actions`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from campaigns.campaigns.models import Campaign, ImportantDay, Message
from partners.directory.models import Country
from victor.access import System
from victor.languages import CODES
from victor.pdf import png
from victor.pictures.actions import add_picture
from victor.pictures.models import Picture
from victor.publishing.bundled_texts import publish_bundled
from victor.publishing.models import Publishable
from victor.publishing.translation import options


@transaction.atomic
def load_campaign(written: Mapping[str, Any], *, by: System) -> Campaign:
    """Make a campaign of the project's own texts, with its messages and countries, and publish it in every language."""
    campaign, _made = Campaign.objects.update_or_create(slug=written["slug"], defaults={"code": written["code"]})
    if campaign.key_image is None:
        campaign.key_image = _draw_key_image(by=by)
        campaign.save()
    _publish_texts(campaign, written, by=by)
    for message in written["messages"]:
        audience = message["audience"]
        made, _made = Message.objects.update_or_create(
            campaign=campaign, audience=audience, defaults={"slug": f"{campaign.slug}-{audience}"}
        )
        _publish_texts(made, message, by=by)
    countries = {country.code: country for country in Country.objects.all()}
    for entry in written["countries"]:
        for part in entry["roles"]:
            campaign.countries.get_or_create(country=countries[entry["country"]], part=part)
    return campaign


@transaction.atomic
def load_day(written: Mapping[str, Any], *, by: System) -> ImportantDay:
    """Make an important day of the project's own texts and publish it in every language."""
    date = {"month": written["month"], "day": written["day"]}
    day, _made = ImportantDay.objects.update_or_create(slug=written["slug"], defaults=date)
    _publish_texts(day, written, by=by)
    return day


def _draw_key_image(*, by: System) -> Picture:
    """The project's own picture: no photograph of anybody comes with the portal."""
    file = ContentFile(png("bridge", {}), name="bridge.png")
    return add_picture(file, description="Bridge and doorway", credit="VICTOR, CC BY-ND 4.0", focus=(75, 50), by=by)


def _publish_texts(obj: Publishable, written: Mapping[str, Any], *, by: System) -> None:
    for language in CODES:
        publish_bundled(
            obj, language, {name: written.get(name, {}).get(language, "") for name in options(type(obj)).texts}, by=by
        )
