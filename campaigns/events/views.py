"""Events as visitors find them, and as their calendars do."""

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
from victor.access import public
from victor.languages import current_language, languages_with, local_text
from victor.publishing.views import count_view, get_published, render_public
from victor.schedules import calendars, feeds

PAGE_LENGTH = 20
CALENDAR_PERIOD = timedelta(days=365)


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
    return render_public(request, "campaigns/events/events.html", context)


@public
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, when, where, and who invites."""
    found = get_published(Event.objects.select_related("country", "organisation", "campaign"), slug)
    campaign = found.campaign if found.campaign and languages_with(found.campaign, "title") else None
    context = {"event": found, "campaign": campaign, "schema": event_schema(found)}
    count_view(request, found)
    return render_public(
        request,
        "campaigns/events/event.html",
        context,
        published=languages_with(found, "title", "summary"),
    )


@public
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """An event to put into one's calendar."""
    public_ones = Event.objects.published().select_related("country", "organisation")
    found = get_object_or_404(public_ones, slug=slug)
    return _answer_calendar([found], local_text(found, "title").text, f"victor-{slug}.ics")


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to: what is coming and what was within a year, in the language of the address."""
    events = Event.objects.for_calendars(current_language()).filter(ends__gt=timezone.now() - CALENDAR_PERIOD)
    if country := request.GET.get("country"):
        events = events.filter(country=country)
    return _answer_calendar(events, _("VICTOR: events"), "victor.ics")


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What is coming, in the language of the address, as Atom."""
    coming = Event.objects.for_calendars(current_language()).upcoming()[:PAGE_LENGTH]
    items = (calendars.feed_item(event, event.online) for event in coming)
    written = feeds.render_atom(request.path, _("VICTOR: events"), items, home=reverse("campaigns:events"))
    return HttpResponse(written, content_type=feeds.CONTENT_TYPE)


def _answer_calendar(events: Iterable[Event], name: str, file: str) -> HttpResponse:
    entries = (calendars.calendar_entry(event, f"event-{event.pk}", online=event.online) for event in events)
    headers = {"Content-Disposition": f'inline; filename="{file}"', "X-Robots-Tag": "noindex"}
    written = calendars.render_calendar("events", entries, name)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)
