"""The public pages of campaigns."""

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
from campaigns.campaigns.presenters import (
    choose_posters,
    countries_with_parts,
    help_lines_for_reader,
    page_parts,
)
from campaigns.materials.models import MaterialFile
from partners.directory.models import Country
from victor.access import public
from victor.analytics.counter import count_as
from victor.analytics.states import Use
from victor.languages import (
    column,
    content_language,
    current_language,
    interface_language,
    language_as_read,
    languages_with,
    local_text,
)
from victor.pdf import Unprintable
from victor.publishing.views import count_view, get_published, render_public, share_picture


@public
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, and the important days."""
    context = {"campaigns": Campaign.objects.for_listing(), "days": ImportantDay.objects.from_today()}
    return render_public(request, "campaigns/campaigns/campaigns.html", context)


@public
@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """A campaign: its messages, countries, help lines and materials."""
    campaign = get_published(Campaign.objects.select_related("key_image"), slug)
    countries = countries_with_parts(campaign)
    code = request.GET.get("country")
    chosen = next((country for country, _parts in countries if country.code == code), None)
    emergency, lines = help_lines_for_reader(chosen)
    shown = chosen or (lines[0].country if lines else None)
    context = {"campaign": campaign, "country": shown, "lines": lines, **page_parts(campaign, countries, chosen)}
    only_countries = [country for country, _parts in countries]
    context["posters"] = choose_posters(campaign, only_countries, request.GET.get("posters"))
    count_view(request, campaign)
    return render_public(
        request,
        "campaigns/campaigns/campaign.html",
        context,
        published=languages_with(campaign, "title", "summary", "body"),
        country=chosen,
        emergency=emergency,
    )


@public
@require_safe
@vary_on_headers("Accept-Language")
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The short address on paper, as people type it: redirect to the campaign, in the language of the browser."""
    campaigns = Campaign.objects.published().filter(code__iexact=code)
    campaign = next((campaign for campaign in campaigns if campaign.code == code), campaigns.first())
    if campaign is None:
        raise Http404
    language = get_language_from_request(request)
    count_as(request.META, campaign, content_language(language), Use.PAPER)
    with override(language):
        return redirect(campaign)


@public
@require_safe
def pack(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """All materials of a campaign in one language, with their licences, as a ZIP file."""
    campaign = get_object_or_404(Campaign.objects.published(), slug=slug)
    files = list(MaterialFile.objects.for_listing().filter(material__campaign=campaign, language=language))
    if not files:
        raise Http404
    archive = ZipStream(sized=True)
    for file in files:
        archive.add_path(file.file.path, file.name)
    with override(language_as_read(language)):
        archive.add(
            render_to_string("campaigns/materials/materials.txt", {"campaign": campaign, "files": files}), "README.txt"
        )
    name = f"victor-{campaign.slug}-{language}.zip"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(len(archive)),
        "X-Robots-Tag": "noindex",
    }
    count_as(request.META, campaign, language, Use.DOWNLOAD)
    return StreamingHttpResponse(archive, content_type="application/zip", headers=headers)


@public
@require_safe
def poster(request: HttpRequest, slug: str, country: str, size: str) -> HttpResponse:
    """The PDF of a campaign's poster in the language of the URL, with the help lines of a country."""
    campaign = get_object_or_404(Campaign.objects.published(), slug=slug, **{f"{column('poster')}__isnull": False})
    row = get_object_or_404(Country.objects.in_partnership(), code=country.upper())
    if size not in PaperSize.values:
        raise Http404
    name = f"victor-{campaign.code}-{interface_language()}-{country}-{size}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Robots-Tag": "noindex"}
    try:
        file = render_poster(campaign, row, PaperSize(size))
    except Unprintable as error:
        raise Http404 from error
    count_as(request.META, campaign, current_language(), Use.DOWNLOAD)
    return HttpResponse(file, content_type="application/pdf", headers=headers)


@public
@require_safe
def share_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of a campaign that other sites show with a link to it."""
    campaign = get_object_or_404(Campaign.objects.published(), slug=slug)
    return share_picture(local_text(campaign, "title").text, local_text(campaign, "summary").text)
