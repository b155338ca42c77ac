"""Campaigns as visitors see them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse

from campaigns.campaigns.models import Campaign, CampaignCountry
from campaigns.campaigns.posters import PaperSize
from campaigns.materials.models import MaterialFile
from campaigns.materials.presenters import offers_of
from desks.desk.models import Desk
from partners.directory.models import Country
from victor.languages import column, current_language

MAX_EVENTS = 5
MAX_NEWS = 10


def page_parts(campaign: Any) -> dict[str, Any]:
    """What belongs to a campaign, as it was fetched with it or is listed."""
    materials = offers_of(MaterialFile.objects.for_listing().filter(material__campaign=campaign))
    return {
        "wholes": [Campaign(**each) for each in campaign.wholes],
        "within": [Campaign(**each) for each in campaign.within],
        "messages": campaign.messages.for_listing(),
        "materials": materials,
        "has_pack": any(offer.here for offer in materials),
        "events": campaign.events.for_listing().upcoming()[:MAX_EVENTS],
        "news": campaign.news.for_listing()[:MAX_NEWS],
        "share_picture": reverse(settings.CAMPAIGN_PICTURE_URL, args=[campaign.slug]),
    }


@dataclass(frozen=True)
class PosterLinks:
    """Where a country's poster is printed, in each size."""

    country: Country
    a4: str
    a3: str


def poster_links(campaign: Any, countries: list[tuple[Country, Any]]) -> list[PosterLinks]:
    """The posters of a campaign, one for each country; none where no words for them are public in this language."""
    if not getattr(campaign, column("poster")):
        return []
    return [
        PosterLinks(country, *(_poster_path(campaign, country, size) for size in (PaperSize.A4, PaperSize.A3)))
        for country, _parts in countries
    ]


def _poster_path(campaign: Any, country: Country, size: PaperSize) -> str:
    return reverse(settings.POSTER_URL, args=[campaign.slug, country.code.lower(), size.value])


def desks_for_reader(campaign: Any, countries: list[tuple[Country, Any]], chosen: Country | None) -> list[Desk]:
    """The desks of the reader's country, as they were fetched with the campaign: of all where it is not known."""
    desks = [Desk(**each) for each in campaign.desks]
    near = (
        [chosen]
        if chosen
        else [country for country, _parts in countries if current_language() in country.languages][:1]
    )
    return [desk for desk in desks if not near or desk.country_id == near[0].code]


def countries_with_parts(campaign: Any) -> list[tuple[Country, list[CampaignCountry]]]:
    """Where a campaign speaks, as it was fetched with it: each country and its parts."""
    parts = [CampaignCountry(part=each["part"], country=Country(**each["country"])) for each in campaign.where]
    return [(country, list(same)) for country, same in groupby(parts, key=lambda each: each.country)]
