"""What stands on posters, and on the pictures that other sites show beside a link."""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from partners.models import Country, HelpLine, Organisation
from victor.documents import Unprintable, emblem, pdf, png, qr_code
from victor.pages.models import FunderNotice
from victor.publishing.languages import column, current, shown
from victor.uploads import Refused, small_png

MOST_LINES = 4
LOGO_WIDTH, LOGO_HEIGHT = 440, 160  # points: 300 an inch on A3
log = structlog.get_logger(__name__)


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
    partners = [(shown(each, "name").text, _logo(each)) for each in Organisation.objects.filter(country=country)]
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
        "logos": [{"name": name, "png": list(logo)} for name, logo in partners if logo],
        "partners": [name for name, logo in partners if not logo],
    }


def share(title: str, summary: str) -> bytes:
    """A picture, 1200 × 630."""
    return png("share", {"language": current(), "title": title, "summary": summary})


def _lines(country: Country) -> list[HelpLine]:
    """The number for danger first, then those that help."""
    danger = HelpLine.objects.emergency().filter(country=country)[:1]
    return [*danger, *HelpLine.objects.for_help().filter(country=country)][:MOST_LINES]


def _logo(organisation: Organisation) -> bytes | None:
    """The logo as small as paper needs it; none where its file lacks or is damaged."""
    if not organisation.logo:
        return None
    try:
        with organisation.logo.open() as file:
            return small_png(file, width=LOGO_WIDTH, height=LOGO_HEIGHT)
    except (OSError, Refused) as lack:
        log.warning("logo_unreadable", organisation=organisation.slug, reason=str(lack))
        return None
