"""News as visitors see it."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import News
from victor.access import public
from victor.publishing.languages import column, current, published_in, shown
from victor.publishing.views import find, show

PAGE_LENGTH = 20


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
    return show(request, "campaigns/news_item.html", {"item": found}, published=published, counted=found)


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
