"""Campaigns as visitors see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from zipstream import ZipStream

from campaigns.models import Campaign, ImportantDay, Material, MaterialFile, News
from partners.models import Country, HelpLine
from partners.states import Purpose
from victor.access import public
from victor.publishing.languages import column, current, published_in, shown
from victor.publishing.views import find, show
from victor.uploads import MEDIA_TYPES, Format

PAGE_LENGTH = 20
MOST_NEWS = 10


@dataclass(frozen=True)
class Offer:
    """A material and its files: `here` the one in the reader's language, `elsewhere` the others."""

    material: Material
    files: list[MaterialFile]

    @property
    def here(self) -> MaterialFile | None:
        return next((file for file in self.files if file.language == current()), None)

    @property
    def elsewhere(self) -> list[MaterialFile]:
        return [file for file in self.files if file.language != current()]


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
    found = find(request, Campaign.objects.all(), slug)
    if isinstance(found, HttpResponse):
        return found
    parts = found.countries.select_related("country").order_by("country__position", "part")
    countries = [(country, list(same)) for country, same in groupby(parts, key=lambda each: each.country)]
    chosen = next((country for country, _parts in countries if country.code == request.GET.get("country")), None)
    near = [chosen] if chosen else Country.objects.speaking(current())[:1]
    lines = list(HelpLine.objects.for_help_in(near))
    emergency = [line for line in lines if line.purpose == Purpose.EMERGENCY]
    materials = _by_material(MaterialFile.objects.for_listing().filter(material__campaign=found))
    context = {
        "campaign": found,
        "messages": found.messages.for_listing(),
        "countries": countries,
        "country": chosen,
        "lines": [line for line in lines if line not in emergency],
        "materials": materials,
        "has_pack": any(offer.here for offer in materials),
        "news": found.news.for_listing()[:MOST_NEWS],
        "has_poster": bool(getattr(found, column("poster"))),
    }
    published = published_in(found, "title", "summary", "body")
    return show(request, "campaigns/campaign.html", context, published=published, country=chosen, emergency=emergency)


@public
@require_safe
def material(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """A material's file in a language."""
    files = MaterialFile.objects.published().select_related("material")
    found = get_object_or_404(files, material__slug=slug, language=language)
    return FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=found.name,
        content_type=MEDIA_TYPES[Format(found.format)],
        headers={"X-Robots-Tag": "noindex"},
    )


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
        packed.add(render_to_string("campaigns/materials.txt", {"campaign": campaign, "files": files}), "README.txt")
    name = f"victor-{campaign.slug}-{language}.zip"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(len(packed)),
        "X-Robots-Tag": "noindex",
    }
    return StreamingHttpResponse(packed, content_type="application/zip", headers=headers)


@public
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """All news, the newest first."""
    page = Paginator(News.objects.for_listing(), PAGE_LENGTH).get_page(request.GET.get("page"))
    return show(request, "campaigns/news.html", {"page_obj": page})


@public
@require_safe
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them."""
    found = find(request, News.objects.all(), slug)
    if isinstance(found, HttpResponse):
        return found
    published = published_in(found, "title", "summary", "body")
    return show(request, "campaigns/news_item.html", {"item": found}, published=published)


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """News in the language of the address, as Atom."""
    home = settings.SITE_URL + reverse("campaigns:news")
    address = settings.SITE_URL + request.path
    atom = Atom1Feed("VICTOR", home, _("News of the project"), language=current(), feed_url=address, feed_guid=home)
    for item in News.objects.for_listing().filter(**{f"{column('title')}__isnull": False})[:PAGE_LENGTH]:
        link = settings.SITE_URL + item.get_absolute_url()
        day = datetime.combine(item.date, time(12), timezone.get_default_timezone())
        texts = {"title": shown(item, "title").text, "description": shown(item, "summary").text}
        atom.add_item(link=link, unique_id=link, pubdate=day, updateddate=day, **texts)
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _by_material(files: Iterable[MaterialFile]) -> list[Offer]:
    """Each material once, with its files."""
    return [Offer(material, list(same)) for material, same in groupby(files, key=lambda file: file.material)]


@public
@require_safe
@vary_on_headers("Accept-Language")
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The address on paper: to the campaign, in the language that the browser prefers."""
    found = get_object_or_404(Campaign.objects.published(), code=code)
    with override(get_language_from_request(request)):
        return redirect(found)
