"""The posters of campaigns."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.campaigns.models import Campaign
from partners.directory.models import Country, Organisation
from partners.help_lines.models import HelpLine
from victor.files.errors import FileRefused
from victor.files.uploads import small_png
from victor.funding import current_funder_notice
from victor.languages import current_language, local_text
from victor.pdf import Unprintable, emblem, pdf, printable, qr_code

MAX_LINES = 4
LOGO_WIDTH, LOGO_HEIGHT = 440, 160  # points of the screen: 300 per inch on A3
log = structlog.get_logger(__name__)


class PaperSize(TextChoices):
    """The sizes of paper."""

    A4 = "a4", "A4"
    A3 = "a3", "A3"


def render_poster(campaign: Campaign, country: Country, size: PaperSize) -> bytes:
    """The PDF of a campaign's poster in the active language, with the checked help lines of a country.

    Raises:
        Unprintable: there is no funder's notice, or our fonts lack a letter.
    """
    return pdf("poster", poster_data(campaign, country, size))


def poster_data(campaign: Campaign, country: Country, size: PaperSize) -> dict[str, object]:
    """The data of a poster for its template, in the active language."""
    address = settings.SITE_URL + reverse("campaign_short", args=[campaign.code])
    notice = current_funder_notice()
    if notice is None:
        raise Unprintable
    text = local_text(campaign, "poster").text
    organisations = Organisation.objects.present().filter(country=country)
    partners = [(printable(local_text(partner, "name").text), _logo(partner)) for partner in organisations]
    return {
        "size": size.value,
        "language": current_language(),
        "title": text,
        "campaign": local_text(campaign, "title").text,
        "poster": text,
        "call": _("Call now. Helplines in this country: %(country)s") % {"country": local_text(country, "name").text},
        "lines": [
            {"number": line.number, "name": printable(local_text(line, "name").text)} for line in _poster_lines(country)
        ],
        "address": address.partition("://")[2],
        "qr": qr_code(address),
        "emblem": emblem(),
        "emblem_name": _("Emblem of the European Union"),
        "statement": local_text(notice, "statement").text,
        "disclaimer": local_text(notice, "disclaimer").text,
        "logos": [{"name": name, "png": list(logo)} for name, logo in partners if logo],
        "partners": [name for name, logo in partners if not logo],
    }


def _poster_lines(country: Country) -> list[HelpLine]:
    """The help lines on a poster: the emergency number first."""
    emergency = HelpLine.objects.emergency().filter(country=country)[:1]
    return [*emergency, *HelpLine.objects.for_help().filter(country=country)][:MAX_LINES]


def _logo(organisation: Organisation) -> bytes | None:
    """The logo in the resolution of the paper; None where there is no file or it is damaged."""
    if not organisation.logo:
        return None
    try:
        with organisation.logo.open() as file:
            return small_png(file, width=LOGO_WIDTH, height=LOGO_HEIGHT)
    except (OSError, FileRefused) as error:
        log.warning("logo_unreadable", organisation=organisation.slug, reason=str(error))
        return None
