"""Events as visitors find them, and as their calendars do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Event
from partners.models import Country
from victor import calendars, feeds
from victor.access import public
from victor.publishing.languages import current, published_in, shown
from victor.publishing.views import find, show

PAGE_LENGTH = 20
KEPT_IN_CALENDARS = timedelta(days=365)


@public
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What is coming by month, then what is over, in one country where the address asks for it."""
    events = Event.objects.for_listing()
    held = Q(in_partnership=True) | Q(pk__in=Event.objects.published().values("country"))
    countries = list(Country.objects.filter(held))
    country = next((each for each in countries if each.code == request.GET.get("country")), None)
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
    return show(request, "campaigns/events.html", context)


@public
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, when, where, and who invites."""
    found = find(request, Event.objects.select_related("country", "organisation", "campaign"), slug)
    if isinstance(found, HttpResponse):
        return found
    campaign = found.campaign if found.campaign and published_in(found.campaign, "title") else None
    context = {"event": found, "campaign": campaign, "schema": _schema(found)}
    return show(
        request, "campaigns/event.html", context, published=published_in(found, "title", "summary"), counted=found
    )


@public
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """An event to put into one's calendar."""
    public_ones = Event.objects.published().select_related("country", "organisation")
    found = get_object_or_404(public_ones, slug=slug)
    return _calendar([found], shown(found, "title").text, f"victor-{slug}.ics")


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to: what is coming and what was within a year, in the language of the address."""
    events = Event.objects.for_calendars(current()).filter(ends__gt=timezone.now() - KEPT_IN_CALENDARS)
    if country := request.GET.get("country"):
        events = events.filter(country=country)
    return _calendar(events, _("VICTOR: events"), "victor.ics")


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What is coming, in the language of the address, as Atom."""
    coming = Event.objects.for_calendars(current()).upcoming()[:PAGE_LENGTH]
    items = (calendars.item(event, event.online) for event in coming)
    written = feeds.atom(request.path, _("VICTOR: events"), items, home=reverse("campaigns:events"))
    return HttpResponse(written, content_type=feeds.CONTENT_TYPE)


def _calendar(events: Iterable[Event], name: str, file: str) -> HttpResponse:
    entries = (calendars.entry(event, f"event-{event.pk}", online=event.online) for event in events)
    headers = {"Content-Disposition": f'inline; filename="{file}"', "X-Robots-Tag": "noindex"}
    written = calendars.written("events", entries, name)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)


def _schema(event: Event) -> dict[str, Any]:
    """When, where and by whom, in the words of schema.org."""
    exactly, country = shown(event, "place").text, shown(event.country, "name").text
    address = {"@type": "PostalAddress", "streetAddress": exactly, "addressCountry": event.country_id}
    there = {"@type": "Place", "name": exactly or country, "address": address}
    online = {"@type": "VirtualLocation", "url": event.online}
    places = [there] * bool(exactly or not event.online) + [online] * bool(event.online)
    mode = "Mixed" if len(places) > 1 else "Online" if event.online else "Offline"
    host = event.organisation
    return {
        "startDate": event.local_starts.isoformat(),
        "endDate": event.local_ends.isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if event.cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": places if len(places) > 1 else places[0],
        "organizer": {
            "@type": "Organization",
            "name": shown(host, "name").text if host else "VICTOR",
            "url": settings.SITE_URL + (host.get_absolute_url() if host else ""),
        },
    }
