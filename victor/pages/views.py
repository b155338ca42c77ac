"""The home page, pages of text, the search, and what is shown when a page is missing or not allowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import is_valid_path, reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from campaigns.campaigns.models import Campaign, ImportantDay
from campaigns.events.models import Event
from campaigns.news.models import News
from partners.directory.models import Country
from partners.help_lines.presenters import numbers_for_children
from trainings.seminars.models import Seminar
from victor.access import public
from victor.isolation import CLEAR_ON_EXIT, clear_site_data
from victor.languages import current_language, languages_with
from victor.pages.models import Page
from victor.publishing.fixed_pages import find_fixed_pages
from victor.publishing.rendering import render_prose
from victor.publishing.search_index import search_texts
from victor.publishing.views import (
    PAGE_INFO,
    PageInfo,
    count_view,
    get_published,
    render_discreet,
    render_public,
    share_picture,
)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In the language of the address, else of the browser. What was typed with capitals leads to what is meant."""
    if meant := typed_address(request):
        return redirect(meant)
    return _render_error(request, "404.html", status=404)


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A colleague without the right."""
    return _render_error(request, "403.html", status=403)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was open for too long."""
    return _render_error(request, "403.html", {"form_expired": True}, status=403)


def _render_error(
    request: HttpRequest, template: str, context: dict[str, bool] | None = None, *, status: int
) -> HttpResponse:
    request.META[PAGE_INFO] = PageInfo()  # the layout of the public, wherever the error has happened
    return render(request, template, context, status=status)


def typed_address(request: HttpRequest) -> str:
    """The address that somebody means who copies one from paper: small letters, with or without a slash at the end.

    Empty where there is none. An address with something personal in it is longer than those on paper.
    """
    path = request.path
    if request.method not in ("GET", "HEAD") or path == path.lower() or not PAPER_ADDRESS.fullmatch(path):
        return ""
    small = path.lower()
    language, *rest = small.strip("/").split("/")
    if rest[:1] and rest[0] in OFFICES:
        return ""
    with override(language if language in dict(settings.LANGUAGES) else get_language()):
        return next((meant for meant in (small, f"{small}/", small.rstrip("/")) if is_valid_path(meant)), "")


OFFICES = {"workspace", "admin", "accounts"}  # whose addresses stand on no paper
PAPER_ADDRESS = re.compile(r"(?:/[A-Za-z0-9-]{1,40}){1,4}/?")
FOR_CHILDREN = "for-children"  # the page that children read
EVENT_KINDS: tuple[Any, ...] = (Event, Seminar)
MAX_NEWS = MAX_COMING = 3
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
    countries = list(Country.objects.for_readers().with_partner_count())
    campaign = Campaign.objects.running().for_listing().first()
    news = list(News.objects.for_listing()[:MAX_NEWS])
    context = {"countries": countries, "campaign": campaign, "news": news, "coming": _coming_events()}
    return render_public(request, "pages/home.html", context)


@public
@require_safe
def quick_exit(request: HttpRequest) -> HttpResponse:
    """What leaving the site quickly does, and what it cannot do."""
    return render_discreet(request, "pages/quick_exit.html")


@csrf_exempt  # a page that was kept has no token; another site's request changes nothing
@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Let the browser of somebody who leaves quickly delete what it has stored of this site."""
    response = HttpResponse(status=204)
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        clear_site_data(response, CLEAR_ON_EXIT)
    return response


@public
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of text, in the reader's language or the one that stands in for it."""
    page = get_published(Page.objects.all(), slug)
    published = languages_with(page, "title", "summary", "body")
    count_view(request, page)
    context: dict[str, object] = {"page": page, "prose": render_prose(page, "body")}
    if page.slug == FOR_CHILDREN:
        return render_discreet(request, "pages/for_children.html", context | _numbers(), published=published)
    return render_public(request, "pages/page.html", context, published=published)


def _numbers() -> dict[str, object]:
    """The numbers on the page for children: those of the country where its language is spoken, else of all."""
    return {"numbers": numbers_for_children(Country.objects.speaking(current_language()))}


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read."""
    context = {"sitemap": settings.SITE_URL + reverse("sitemap"), "languages": [code for code, _ in settings.LANGUAGES]}
    return TemplateResponse(request, "pages/robots.txt", context, content_type="text/plain")


def _coming_events() -> list[Event | Seminar | ImportantDay]:
    """The next events and seminars, and the next important day where it is near, in the order of their dates."""
    listed = [
        event
        for kind in EVENT_KINDS
        for event in kind.objects.published().for_listing().upcoming().filter(cancelled=False)[:MAX_COMING]
    ]
    events = sorted(listed, key=lambda event: (event.starts, event.slug))[:MAX_COMING]
    limit = timezone.localdate() + SOON
    days = [day for day in ImportantDay.objects.from_today()[:1] if day.next_date <= limit]
    return sorted([*events, *days], key=lambda event: event.next_date)


@public
@require_safe
def share(request: HttpRequest) -> HttpResponse:
    """The site's picture."""
    title = _("Children are not for sale. Protecting them is our responsibility.")
    return share_picture(title, _("Help and information against child trafficking in eight countries."))


MAX_QUESTION = 200  # characters


@csrf_exempt  # it changes nothing, and a token would set a cookie
@public
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """What the site says of some words, in the reader's language."""
    question = request.POST.get("q", "").replace("\x00", "").strip()[:MAX_QUESTION]
    result = search_texts(question, current_language()) if question else None
    if result:
        fixed = find_fixed_pages(question, current_language())
        result = replace(result, documents=[*fixed, *result.documents])
    context = {"question": question, "found": result, "languages": _searches_in(result.languages if result else ())}
    return render_discreet(request, "pages/search.html", context)


def _searches_in(languages: Sequence[str]) -> list[dict[str, str]]:
    """The search in other languages: its path and the name of the language."""
    names = dict(settings.LANGUAGES)
    searches = []
    for language in languages:
        with override(language):
            searches.append({"url": reverse("pages:search"), "name": names[language]})
    return searches
