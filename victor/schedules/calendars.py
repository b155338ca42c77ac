"""What is held somewhere, for people's own calendars (RFC 5545 and 7986), in the active language.

An entry keeps its UID for ever, whatever its address and language, so that a calendar that holds it already changes
it instead of showing it twice. Nothing in it depends on when it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import STATUS

from victor.languages import current_language, local_text
from victor.schedules.times import Timed

REFRESH_INTERVAL = timedelta(hours=6)


def render_calendar(kind: str, entries: Iterable[icalendar.Event], name: str) -> bytes:
    """A calendar of this name with these entries, and the time zones that they need; `kind`: events, seminars."""
    calendar = icalendar.Calendar.new(
        prodid=f"-//VICTOR//{kind.title()}//{current_language().upper()}",
        name=name,
        uid=f"{kind}-{current_language()}@{_host()}",
        refresh_interval=REFRESH_INTERVAL,
        subcomponents=list(entries),
    )
    days = [moment.date() for entry in calendar.events for moment in (entry.start, entry.end)]
    if days:
        calendar.add_missing_timezones(min(days), max(days) + timedelta(days=1))
    return calendar.to_ical()


def calendar_entry(held: Any, uid: str, *, span: Timed | None = None, online: str = "") -> icalendar.Event:
    """What is held, as a calendar has it; `span`: the part of it that this entry is. `online`: the address, if told."""
    span = span or held
    address = settings.SITE_URL + held.get_absolute_url()
    written = icalendar.Event.new(
        uid=f"{uid}@{_host()}",
        start=span.local_starts,
        end=span.local_ends,
        stamp=held.changed,
        last_modified=held.changed,
        sequence=held.changes,
        status=STATUS.CANCELLED if held.cancelled else STATUS.CONFIRMED,
        url=address,
        contacts=local_text(held.organisation, "name").text if held.organisation else None,
    )
    language = {"LANGUAGE": local_text(held, "title").language or current_language()}
    about = "\n\n".join(filter(None, [local_text(held, "summary").text, online, address]))
    for name, words in {"summary": title_of(held), "description": about, "location": location_of(held, online)}.items():
        written.add(name, words, parameters=language)
    return written


def title_of(held: Any) -> str:
    """Its title, which says so where it is cancelled: not every calendar shows that by itself."""
    words = local_text(held, "title").text
    return _("Cancelled: %(event)s") % {"event": words} if held.cancelled else words


def location_of(held: Any, online: str = "") -> str:
    """Where one goes: the place and its country, or the address online."""
    exactly = local_text(held, "place").text
    country = local_text(held.country, "name").text
    if exactly:
        return f"{exactly}, {country}"
    return online or country


def feed_item(held: Any, online: str = "") -> dict[str, Any]:
    """What is held, as a feed has it."""
    about = f"{held.when} ({held.zone_name}), {location_of(held, online)}. {local_text(held, 'summary')}"
    return {
        "link": held.get_absolute_url(),
        "title": title_of(held),
        "description": about,
        "updateddate": held.changed,
    }


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
