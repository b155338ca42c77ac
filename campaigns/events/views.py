"""The public pages, calendars and feed of events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.events.models import Event
from campaigns.events.schema_org import event_schema
from partners.directory.models import Country
from partners.directory.querysets import spoken_first
from victor.access import public
from victor.languages import current_language, languages_with, local_text
from victor.publishing.rendering import render_prose
from victor.publishing.views import count_view, get_published, render_public
from victor.schedules import calendars, feeds

PAGE_LENGTH = 20
CALENDAR_PERIOD = timedelta(days=365)


@public
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Coming events by month, then past ones; `country` in the query string limits them to one country."""
    events = Event.objects.for_listing()
    with_events = Q(pk__in=Event.objects.published().values("country"))
    countries = list(Country.objects.filter(Q(in_partnership=True) | with_events).order_by(spoken_first(), "position"))
    country = next((choice for choice in countries if choice.code == request.GET.get("country")), None)
    if country:
        events = events.filter(country=country)
    page = Paginator(events.past(), PAGE_LENGTH).get_page(request.GET.get("page"))
    months: dict[str, list[Event]] = {}
    for event in events.upcoming() if page.number == 1 else ():
        months.setdefault(event.month, []).append(event)
    context = {
        "months": months,
        "page_obj": page,
        "countries": countries,
        "country": country,
        "host": settings.SITE_URL.partition("://")[2],
    }
    return render_public(request, "campaigns/events/events.html", context)


@public
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event."""
    event = get_published(Event.objects.select_related("country", "organisation", "campaign"), slug)
    campaign = event.campaign if event.campaign and languages_with(event.campaign, "title") else None
    count_view(request, event)
    context = {"event": event, "campaign": campaign, "schema": event_schema(event)}
    context["prose"] = render_prose(event, "body")
    return render_public(
        request,
        "campaigns/events/event.html",
        context,
        published=languages_with(event, "title", "summary"),
    )


@public
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as a calendar file."""
    published = Event.objects.published().select_related("country", "organisation")
    event = get_object_or_404(published, slug=slug)
    return _answer_calendar([event], local_text(event, "title").text, f"victor-{slug}.ics")


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to, in the language of the URL: coming events and those of the past year."""
    events = Event.objects.for_calendars(current_language()).filter(ends__gt=timezone.now() - CALENDAR_PERIOD)
    if country := request.GET.get("country"):
        events = events.filter(country=country)
    return _answer_calendar(events, _("VICTOR: events"), "victor.ics")


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Coming events in the language of the URL, as an Atom feed."""
    events = Event.objects.for_calendars(current_language()).upcoming()[:PAGE_LENGTH]
    items = (calendars.feed_item(event, event.online) for event in events)
    atom = feeds.render_atom(request.path, _("VICTOR: events"), items, home=reverse("campaigns:events"))
    return HttpResponse(atom, content_type=feeds.CONTENT_TYPE)


def _answer_calendar(events: Iterable[Event], name: str, file: str) -> HttpResponse:
    entries = (calendars.calendar_entry(event, f"event-{event.pk}", online=event.online) for event in events)
    headers = {"Content-Disposition": f'inline; filename="{file}"', "X-Robots-Tag": "noindex"}
    calendar = calendars.render_calendar("events", entries, name)
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)
