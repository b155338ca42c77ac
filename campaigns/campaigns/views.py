"""Campaigns as visitors see them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from zipstream import ZipStream

from campaigns.campaigns.models import Campaign, ImportantDay
from campaigns.campaigns.posters import PaperSize, render_poster
from campaigns.campaigns.presenters import countries_with_parts, desks_for_reader, page_parts, poster_links
from campaigns.materials.models import MaterialFile
from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Purpose
from victor.access import public
from victor.analytics.counter import count_as
from victor.analytics.states import Use
from victor.languages import column, current_language, languages_with, local_text
from victor.pdf import Unprintable
from victor.publishing.views import count_view, get_published, render_public, share_picture


@public
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign, and the days that matter."""
    context = {"campaigns": Campaign.objects.for_listing(), "days": ImportantDay.objects.from_today()}
    return render_public(request, "campaigns/campaigns/campaigns.html", context)


@public
@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """What a campaign says, to whom, where, and whom to call."""
    found = get_published(Campaign.objects.with_countries().with_related_campaigns().select_related("key_image"), slug)
    countries = countries_with_parts(found)
    chosen = next((each for each, _parts in countries if each.code == request.GET.get("country")), None)
    lines = list(HelpLine.objects.for_help_in([chosen] if chosen else Country.objects.speaking(current_language())[:1]))
    emergency = [line for line in lines if line.purpose == Purpose.EMERGENCY]
    context = {
        "campaign": found,
        "countries": countries,
        "country": chosen,
        "lines": [line for line in lines if line not in emergency],
        "desks": desks_for_reader(found, countries, chosen),
        "posters": poster_links(found, countries),
        **page_parts(found),
    }
    known = {"published": languages_with(found, "title", "summary", "body"), "country": chosen, "emergency": emergency}
    count_view(request, found)
    return render_public(request, "campaigns/campaigns/campaign.html", context, **known)


@public
@require_safe
@vary_on_headers("Accept-Language")
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The address on paper: to the campaign, in the language that the browser prefers."""
    found = get_object_or_404(Campaign.objects.published(), code=code)
    language = get_language_from_request(request)
    count_as(request.META, found, language, Use.PAPER)
    with override(language):
        return redirect(found)


@public
@require_safe
def pack(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """All materials of a campaign in a language, with what one may do with them, as one file."""
    campaign = get_object_or_404(Campaign.objects.published(), slug=slug)
    files = list(MaterialFile.objects.for_listing().filter(material__campaign=campaign, language=language))
    if not files:
        raise Http404
    packed = ZipStream(sized=True)
    for each in files:
        packed.add_path(each.file.path, each.name)
    with override(language):
        packed.add(
            render_to_string("campaigns/materials/materials.txt", {"campaign": campaign, "files": files}), "README.txt"
        )
    name = f"victor-{campaign.slug}-{language}.zip"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(len(packed)),
        "X-Robots-Tag": "noindex",
    }
    count_as(request.META, campaign, language, Use.DOWNLOAD)
    return StreamingHttpResponse(packed, content_type="application/zip", headers=headers)


@public
@require_safe
def poster(request: HttpRequest, slug: str, country: str, size: str) -> HttpResponse:
    """A campaign's poster in the language of the address, with the lines of a country, ready to print."""
    campaign = get_object_or_404(Campaign.objects.published(), slug=slug, **{f"{column('poster')}__isnull": False})
    where = get_object_or_404(Country.objects.in_partnership(), code=country.upper())
    if size not in PaperSize.values:
        raise Http404
    name = f"victor-{campaign.code}-{current_language()}-{country}-{size}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Robots-Tag": "noindex"}
    try:
        file = render_poster(campaign, where, PaperSize(size))
    except Unprintable as nothing:
        raise Http404 from nothing
    count_as(request.META, campaign, current_language(), Use.DOWNLOAD)
    return HttpResponse(file, content_type="application/pdf", headers=headers)


@public
@require_safe
def share_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign's picture."""
    campaign = get_object_or_404(Campaign.objects.published(), slug=slug)
    return share_picture(local_text(campaign, "title").text, local_text(campaign, "summary").text)
