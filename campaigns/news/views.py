"""The public pages and feed of news."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.news.models import News
from campaigns.news.presenters import news_feed_item
from victor.access import public
from victor.languages import column, languages_with
from victor.publishing.rendering import render_prose
from victor.publishing.views import count_view, get_published, render_public
from victor.schedules import feeds

PAGE_LENGTH = 20


@public
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """All news, the newest first."""
    page = Paginator(News.objects.for_listing(), PAGE_LENGTH).get_page(request.GET.get("page"))
    return render_public(request, "campaigns/news/news.html", {"page_obj": page})


@public
@require_safe
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    """One news item."""
    item = get_published(News.objects.all(), slug)
    count_view(request, item)
    published = languages_with(item, "title", "summary", "body")
    context = {"item": item, "prose": render_prose(item, "body")}
    return render_public(request, "campaigns/news/news_item.html", context, published=published)


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """News in the language of the URL, as an Atom feed."""
    rows = News.objects.for_listing().filter(**{f"{column('title')}__isnull": False})[:PAGE_LENGTH]
    items = map(news_feed_item, rows)
    atom = feeds.render_atom(request.path, _("VICTOR: news"), items, home=reverse("campaigns:news"))
    return HttpResponse(atom, content_type=feeds.CONTENT_TYPE)
