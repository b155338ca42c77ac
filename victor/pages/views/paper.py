"""Posters to print, and pictures for other sites."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Campaign
from partners.models import Country
from victor.access import public
from victor.counts.counting import counts_as
from victor.counts.states import Use
from victor.documents import Unprintable
from victor.pages import paper
from victor.publishing.languages import column, current, shown


@public
@require_safe
def poster(request: HttpRequest, slug: str, country: str, size: str) -> HttpResponse:
    """A campaign's poster in the language of the address, with the lines of a country, ready to print."""
    campaign = get_object_or_404(Campaign.objects.published(), slug=slug, **{f"{column('poster')}__isnull": False})
    where = get_object_or_404(Country.objects.in_partnership(), code=country.upper())
    if size not in paper.Size.values:
        raise Http404
    name = f"victor-{campaign.code}-{current()}-{country}-{size}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Robots-Tag": "noindex"}
    try:
        file = paper.poster(campaign, where, paper.Size(size))
    except Unprintable as nothing:
        raise Http404 from nothing
    counts_as(request.META, campaign, current(), Use.DOWNLOAD)
    return HttpResponse(file, content_type="application/pdf", headers=headers)


@public
@require_safe
def share(request: HttpRequest) -> HttpResponse:
    """The site's picture."""
    title = _("Children are not for sale. Protecting them is our responsibility.")
    return _picture(title, _("Help and information against child trafficking in eight countries."))


@public
@require_safe
def share_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign's picture."""
    campaign = get_object_or_404(Campaign.objects.published(), slug=slug)
    return _picture(shown(campaign, "title").text, shown(campaign, "summary").text)


def _picture(title: str, summary: str) -> HttpResponse:
    return HttpResponse(paper.share(title, summary), content_type="image/png", headers={"X-Robots-Tag": "noindex"})
