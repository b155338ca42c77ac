"""Home and the pages about the project."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns.models import Campaign, Event, ImportantDay, News
from partners.models import Country
from trainings.models import Seminar
from victor.access import public
from victor.pages.models import Page
from victor.publishing.languages import columns, published_in
from victor.publishing.views import find, show

HELD: tuple[Any, ...] = (Event, Seminar)
MOST_NEWS = MOST_COMING = 3
SOON = timedelta(days=30)


@public
@require_safe
@vary_on_headers("Accept-Language")
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead to the home page in the language that the browser prefers."""
    with override(get_language_from_request(request)):
        return redirect("pages:home")


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who has ten seconds finds the way to help, the others what VICTOR is."""
    countries = Country.objects.in_partnership().with_partner_count()
    campaign = Campaign.objects.running().for_listing().first()
    news = News.objects.for_listing()[:MOST_NEWS]
    context = {"countries": countries, "campaign": campaign, "news": news, "coming": _coming()}
    return show(request, "pages/home.html", context)


@public
@require_safe
def quick_exit(request: HttpRequest) -> HttpResponse:
    """What leaving the site quickly does, and what it cannot do."""
    return show(request, "pages/quick_exit.html", private=True)


@public
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of text, in the reader's language or the one that stands in for it."""
    found = find(request, Page.objects.all(), slug)
    if isinstance(found, HttpResponse):
        return found
    published = published_in(found, "title", "summary", "body")
    return show(request, "pages/page.html", {"page": found}, published=published, counted=found)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read."""
    context = {"sitemap": settings.SITE_URL + reverse("sitemap"), "languages": [code for code, _ in settings.LANGUAGES]}
    return TemplateResponse(request, "pages/robots.txt", context, content_type="text/plain")


def _coming() -> list[Any]:
    """The next events and seminars, and the next important day where it is near, in the order in which they come.

    What is held is asked for in one query, whatever it is.
    """
    said = ["slug", "starts", *columns("title"), "country", "country__time_zone", *columns("country__name")]
    asked = [
        kind.objects.published().upcoming().filter(cancelled=False).with_only().order_by().annotate(kind=Value(number))
        for number, kind in enumerate(HELD)
    ]
    rows = asked[0].values(*said, "kind").union(*(each.values(*said, "kind") for each in asked[1:]), all=True)
    limit = timezone.localdate() + SOON
    days = [day for day in ImportantDay.objects.from_today()[:1] if day.next_date <= limit]
    held = [_held(**row) for row in rows.order_by("starts", "slug")[:MOST_COMING]]
    return sorted([*held, *days], key=lambda each: each.next_date)


def _held(*, kind: int, country: str, **said: Any) -> Any:
    """A thing of which only so much is known."""
    there = {name.removeprefix("country__"): said.pop(name) for name in list(said) if name.startswith("country__")}
    return HELD[kind](country=Country(code=country, **there), **said)
