"""Events for people's own calendars (RFC 5545 and 7986), in the active language.

An entry keeps its UID for ever, whatever its address and language, so that a calendar that holds it already changes
it instead of showing it twice. Nothing in it depends on when it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import STATUS

from campaigns.models import Event
from victor.publishing.languages import current, shown

ASK_AGAIN = timedelta(hours=6)


def written(events: Iterable[Event], name: str) -> bytes:
    """A calendar of this name with these events, and the time zones that they need."""
    calendar = icalendar.Calendar.new(
        prodid=f"-//VICTOR//Events//{current().upper()}",
        name=name,
        uid=f"events-{current()}@{_host()}",
        refresh_interval=ASK_AGAIN,
        subcomponents=[_entry(event) for event in events],
    )
    days = [moment.date() for event in calendar.events for moment in (event.start, event.end)]
    if days:
        calendar.add_missing_timezones(min(days), max(days) + timedelta(days=1))
    return calendar.to_ical()


def title(event: Event) -> str:
    """Its title, which says so where it is cancelled: not every calendar shows that by itself."""
    words = shown(event, "title").text
    return _("Cancelled: %(event)s") % {"event": words} if event.cancelled else words


def place(event: Event) -> str:
    """Where one goes: the place and its country, or the address online."""
    exactly = shown(event, "place").text
    country = shown(event.country, "name").text
    if exactly:
        return f"{exactly}, {country}"
    return event.online or country


def _entry(event: Event) -> icalendar.Event:
    address = settings.SITE_URL + event.get_absolute_url()
    entry = icalendar.Event.new(
        uid=f"event-{event.pk}@{_host()}",
        start=event.local_starts,
        end=event.local_ends,
        stamp=event.changed,
        last_modified=event.changed,
        sequence=event.changes,
        status=STATUS.CANCELLED if event.cancelled else STATUS.CONFIRMED,
        url=address,
        contacts=shown(event.organisation, "name").text if event.organisation else None,
    )
    language = {"LANGUAGE": shown(event, "title").language or current()}
    about = "\n\n".join(filter(None, [shown(event, "summary").text, event.online, address]))
    for name, words in {"summary": title(event), "description": about, "location": place(event)}.items():
        entry.add(name, words, parameters=language)
    return entry


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
