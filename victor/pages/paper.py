"""What stands on posters, and on the pictures that other sites show beside a link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from partners.models import Country, HelpLine, Organisation
from victor.documents import Unprintable, emblem, pdf, png, qr_code
from victor.pages.models import FunderNotice
from victor.publishing.languages import column, current, shown

MOST_LINES = 4


class Size(TextChoices):
    """Of paper."""

    A4 = "a4", "A4"
    A3 = "a3", "A3"


def poster(campaign: Campaign, country: Country, size: Size) -> bytes:
    """A campaign's poster in the active language, with the checked lines of a country.

    Raises:
        Unprintable: the funder's notice lacks, or the fonts lack a letter.
    """
    return pdf("poster", poster_words(campaign, country, size))


def poster_words(campaign: Campaign, country: Country, size: Size) -> dict[str, Any]:
    """All that stands on it."""
    address = settings.SITE_URL + reverse("campaign_short", args=[campaign.code])
    notice = FunderNotice.objects.in_force().first()
    if notice is None:
        raise Unprintable
    words = getattr(campaign, column("poster"))
    return {
        "size": size.value,
        "language": current(),
        "title": words,
        "campaign": shown(campaign, "title").text,
        "poster": words,
        "call": _("Call. Help in this country: %(country)s") % {"country": shown(country, "name").text},
        "lines": [{"number": line.number, "name": shown(line, "name").text} for line in _lines(country)],
        "address": address.partition("://")[2],
        "qr": qr_code(address),
        "emblem": emblem(),
        "emblem_name": _("Emblem of the European Union"),
        "statement": shown(notice, "statement").text,
        "disclaimer": shown(notice, "disclaimer").text,
        "partners": [shown(each, "name").text for each in Organisation.objects.filter(country=country)],
    }


def share(title: str, summary: str) -> bytes:
    """A picture, 1200 × 630."""
    return png("share", {"language": current(), "title": title, "summary": summary})


def _lines(country: Country) -> list[HelpLine]:
    """The number for danger first, then those that help."""
    danger = HelpLine.objects.emergency().filter(country=country)[:1]
    return [*danger, *HelpLine.objects.for_help().filter(country=country)][:MOST_LINES]
