"""What the page of a campaign shows, loaded before it renders."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from campaigns.campaigns.models import Campaign, CampaignCountry, Message
from campaigns.campaigns.posters import PaperSize
from campaigns.events.models import Event
from campaigns.materials.models import MaterialFile
from campaigns.materials.presenters import offers_of
from campaigns.news.models import News
from desks.desk.models import Desk
from partners.directory.models import Country
from partners.directory.querysets import spoken_first
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Purpose
from victor.languages import column, columns, content_language, current_language, interface_language, language_tag
from victor.publishing.rendering import render_prose

MAX_EVENTS = 5
MAX_NEWS = 10


def page_parts(
    campaign: Campaign, countries: list[tuple[Country, list[CampaignCountry]]], chosen: Country | None
) -> dict[str, object]:
    """What belongs to a campaign, with its countries as `countries_with_parts` returns them."""
    only_countries = [country for country, _parts in countries]
    materials = offers_of(MaterialFile.objects.for_listing().filter(material__campaign=campaign))
    return {
        "countries": countries,
        "desks": desks_for_reader(only_countries, chosen),
        "parent_campaigns": list(Campaign.objects.parents_of(campaign)),
        "part_campaigns": list(Campaign.objects.parts_of(campaign)),
        "prose": render_prose(campaign, "body"),
        "messages": [
            (message, render_prose(message, "text"))
            for message in Message.objects.for_listing().filter(campaign=campaign)
        ],
        "materials": materials,
        "has_pack": any(offer.in_language for offer in materials),
        "events": list(Event.objects.for_listing().upcoming().filter(campaign=campaign)[:MAX_EVENTS]),
        "news": list(News.objects.for_listing().filter(campaign=campaign)[:MAX_NEWS]),
        "share_picture": reverse(settings.CAMPAIGN_PICTURE_URL, args=[campaign.slug]),
    }


def countries_with_parts(campaign: Campaign) -> list[tuple[Country, list[CampaignCountry]]]:
    """The countries that a campaign is for, each with its parts in the routes of trafficking."""
    rows = campaign.countries.select_related("country").order_by(spoken_first("country__"), "country__position", "part")
    return [(country, list(parts)) for country, parts in groupby(rows, key=lambda row: row.country)]


@dataclass(frozen=True)
class PosterLinks:
    """The addresses of a country's poster in each size."""

    country: Country
    a4: str
    a3: str


@dataclass(frozen=True)
class PosterLanguage:
    """A language in which the text of a poster is public; `tag` is the language as HTML names it."""

    code: str
    tag: str
    name: str


@dataclass(frozen=True)
class PosterChoice:
    """The languages of a campaign's posters, the one that is chosen, and its posters, one for each country."""

    languages: list[PosterLanguage]
    language: PosterLanguage
    posters: list[PosterLinks]


def choose_posters(campaign: Campaign, countries: list[Country], wanted: str | None) -> PosterChoice | None:
    """The posters in the wanted language, or that of the page, or the first one. None where there are none."""
    languages = [
        PosterLanguage(code, language_tag(code), name)
        for code, name in settings.LANGUAGES
        if getattr(campaign, column("poster", content_language(code)))
    ]
    by_code = {language.code: language for language in languages}
    language = by_code.get(wanted or "") or by_code.get(interface_language()) or next(iter(languages), None)
    if language is None:
        return None
    return PosterChoice(languages, language, _poster_links(campaign, countries, language.code))


def _poster_links(campaign: Campaign, countries: list[Country], language: str) -> list[PosterLinks]:
    with override(language):
        return [
            PosterLinks(
                country,
                a4=_poster_path(campaign, country, PaperSize.A4),
                a3=_poster_path(campaign, country, PaperSize.A3),
            )
            for country in countries
        ]


def _poster_path(campaign: Campaign, country: Country, size: PaperSize) -> str:
    return reverse(settings.POSTER_URL, args=[campaign.slug, country.code.lower(), size.value])


def desks_for_reader(countries: list[Country], chosen: Country | None) -> list[Desk]:
    """The published desks of the chosen country, or else of the first of these countries where the reader's language
    is spoken, or else of all of them."""
    spoken = [country for country in countries if current_language() in country.languages]
    nearby = [chosen] if chosen else spoken[:1] or countries
    desks = Desk.objects.published().filter(country__in=nearby).order_by("country__position", "slug")
    return list(desks.with_only("slug", "country", *columns("title", "summary")))


def help_lines_for_reader(chosen: Country | None) -> tuple[list[HelpLine], list[HelpLine]]:
    """The emergency numbers and the other help lines of the chosen country, or else of the first country where the
    reader's language is spoken."""
    countries = [chosen] if chosen else Country.objects.speaking(current_language())[:1]
    lines = list(HelpLine.objects.for_help_in(countries))
    emergency = [line for line in lines if line.purpose == Purpose.EMERGENCY]
    return emergency, [line for line in lines if line not in emergency]
