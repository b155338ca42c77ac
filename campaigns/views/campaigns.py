"""Campaigns as visitors see them."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns.models import Campaign, CampaignCountry, ImportantDay, MaterialFile
from campaigns.views.materials import offers
from desks.models import Desk
from partners.models import Country, HelpLine
from partners.states import Purpose
from victor.access import public
from victor.counts.counting import counts_as
from victor.counts.states import Use
from victor.publishing.languages import column, current, published_in
from victor.publishing.views import find, show

MOST_EVENTS = 5
MOST_NEWS = 10


@public
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign, and the days that matter."""
    context = {"campaigns": Campaign.objects.for_listing(), "days": ImportantDay.objects.from_today()}
    return show(request, "campaigns/campaigns.html", context)


@public
@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """What a campaign says, to whom, where, and whom to call."""
    found = find(request, Campaign.objects.with_countries().with_family().select_related("key_image"), slug)
    if isinstance(found, HttpResponse):
        return found
    countries = _countries(found)
    chosen = next((each for each, _parts in countries if each.code == request.GET.get("country")), None)
    lines = list(HelpLine.objects.for_help_in([chosen] if chosen else Country.objects.speaking(current())[:1]))
    emergency = [line for line in lines if line.purpose == Purpose.EMERGENCY]
    context = {
        "campaign": found,
        "countries": countries,
        "country": chosen,
        "lines": [line for line in lines if line not in emergency],
        "desks": _desks(found, countries, chosen),
        **_of(found),
    }
    known = {"published": published_in(found, "title", "summary", "body"), "country": chosen, "emergency": emergency}
    return show(request, "campaigns/campaign.html", context, counted=found, **known)


@public
@require_safe
@vary_on_headers("Accept-Language")
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The address on paper: to the campaign, in the language that the browser prefers."""
    found = get_object_or_404(Campaign.objects.published(), code=code)
    language = get_language_from_request(request)
    counts_as(request.META, found, language, Use.PAPER)
    with override(language):
        return redirect(found)


def _of(campaign: Any) -> dict[str, Any]:
    """What belongs to a campaign, as it was fetched with it or is listed."""
    materials = offers(MaterialFile.objects.for_listing().filter(material__campaign=campaign))
    return {
        "wholes": [Campaign(**each) for each in campaign.wholes],
        "within": [Campaign(**each) for each in campaign.within],
        "messages": campaign.messages.for_listing(),
        "materials": materials,
        "has_pack": any(offer.here for offer in materials),
        "events": campaign.events.for_listing().upcoming()[:MOST_EVENTS],
        "news": campaign.news.for_listing()[:MOST_NEWS],
        "has_poster": bool(getattr(campaign, column("poster"))),
    }


def _desks(campaign: Any, countries: list[tuple[Country, Any]], chosen: Country | None) -> list[Desk]:
    """The desks of the reader's country, as they were fetched with the campaign: of all where it is not known."""
    desks = [Desk(**each) for each in campaign.desks]
    near = [chosen] if chosen else [country for country, _parts in countries if current() in country.languages][:1]
    return [desk for desk in desks if not near or desk.country_id == near[0].code]


def _countries(campaign: Any) -> list[tuple[Country, list[CampaignCountry]]]:
    """Where a campaign speaks, as it was fetched with it: each country and its parts."""
    parts = [CampaignCountry(part=each["part"], country=Country(**each["country"])) for each in campaign.where]
    return [(country, list(same)) for country, same in groupby(parts, key=lambda each: each.country)]
