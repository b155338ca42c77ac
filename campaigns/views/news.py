"""News as visitors see it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import News
from victor import feeds
from victor.access import public
from victor.publishing.languages import column, published_in, shown
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
    listed = News.objects.for_listing().filter(**{f"{column('title')}__isnull": False})[:PAGE_LENGTH]
    items = map(_in_feed, listed)
    written = feeds.atom(request.path, _("News of the project"), items, home=reverse("campaigns:news"))
    return HttpResponse(written, content_type=feeds.CONTENT_TYPE)


def _in_feed(item: News) -> dict[str, Any]:
    day = datetime.combine(item.date, time(12), timezone.get_default_timezone())
    texts = {"title": shown(item, "title").text, "description": shown(item, "summary").text}
    return {"link": item.get_absolute_url(), "pubdate": day, "updateddate": day, **texts}
