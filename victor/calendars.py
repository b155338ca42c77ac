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

from victor.publishing.languages import current, shown
from victor.times import Timed

ASK_AGAIN = timedelta(hours=6)


def written(kind: str, entries: Iterable[icalendar.Event], name: str) -> bytes:
    """A calendar of this name with these entries, and the time zones that they need; `kind`: events, seminars."""
    calendar = icalendar.Calendar.new(
        prodid=f"-//VICTOR//{kind.title()}//{current().upper()}",
        name=name,
        uid=f"{kind}-{current()}@{_host()}",
        refresh_interval=ASK_AGAIN,
        subcomponents=list(entries),
    )
    days = [moment.date() for entry in calendar.events for moment in (entry.start, entry.end)]
    if days:
        calendar.add_missing_timezones(min(days), max(days) + timedelta(days=1))
    return calendar.to_ical()


def entry(held: Any, uid: str, *, span: Timed | None = None, online: str = "") -> icalendar.Event:
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
        contacts=shown(held.organisation, "name").text if held.organisation else None,
    )
    language = {"LANGUAGE": shown(held, "title").language or current()}
    about = "\n\n".join(filter(None, [shown(held, "summary").text, online, address]))
    for name, words in {"summary": title(held), "description": about, "location": place(held, online)}.items():
        written.add(name, words, parameters=language)
    return written


def title(held: Any) -> str:
    """Its title, which says so where it is cancelled: not every calendar shows that by itself."""
    words = shown(held, "title").text
    return _("Cancelled: %(event)s") % {"event": words} if held.cancelled else words


def place(held: Any, online: str = "") -> str:
    """Where one goes: the place and its country, or the address online."""
    exactly = shown(held, "place").text
    country = shown(held.country, "name").text
    if exactly:
        return f"{exactly}, {country}"
    return online or country


def item(held: Any, online: str = "") -> dict[str, Any]:
    """What is held, as a feed has it."""
    about = f"{held.when} ({held.zone_name}), {place(held, online)}. {shown(held, 'summary')}"
    return {
        "link": held.get_absolute_url(),
        "title": title(held),
        "description": about,
        "updateddate": held.changed,
    }


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
