"""Events and seminars for people's own calendars (RFC 5545 and 7986), in the active language.

An entry has the same UID for ever, whatever its address and language. So a calendar that has it already changes it
instead of showing it twice. Nothing in it depends on the time of the request.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _
from icalendar import STATUS

from victor.languages import current_language, local_text
from victor.schedules.feeds import FeedItem
from victor.schedules.times import Timed

REFRESH_INTERVAL = timedelta(hours=6)


class Occasion(Protocol):
    """An event or a seminar: a row with texts, an address and times. A trigger counts its changes."""

    @property
    def organisation(self) -> Model | None: ...
    @property
    def country(self) -> Model: ...
    @property
    def cancelled(self) -> bool: ...
    @property
    def changes(self) -> int: ...
    @property
    def changed(self) -> datetime: ...
    @property
    def local_starts(self) -> datetime: ...
    @property
    def local_ends(self) -> datetime: ...
    @property
    def when(self) -> str: ...
    @property
    def zone_name(self) -> str: ...
    def get_absolute_url(self) -> str: ...


def render_calendar(kind: str, entries: Iterable[icalendar.Event], name: str) -> bytes:
    """A calendar with these entries and the time zones that they need. `kind` is "events" or "seminars"."""
    calendar = icalendar.Calendar.new(
        prodid=f"-//VICTOR//{kind.title()}//{current_language().upper()}",
        name=name,
        uid=f"{kind}-{current_language()}@{_host()}",
        refresh_interval=REFRESH_INTERVAL,
        subcomponents=list(entries),
    )
    moments = [moment for entry in calendar.events for moment in (entry.start, entry.end)]
    days = [moment.date() if isinstance(moment, datetime) else moment for moment in moments]
    if days:
        calendar.add_missing_timezones(min(days), max(days) + timedelta(days=1))
    return calendar.to_ical()


def calendar_entry(occasion: Occasion, uid: str, *, span: Timed | None = None, online: str = "") -> icalendar.Event:
    """The calendar entry of an event or seminar. `span`: one session of it. `online`: its address, if shown."""
    address = settings.SITE_URL + occasion.get_absolute_url()
    entry = icalendar.Event.new(
        uid=f"{uid}@{_host()}",
        start=(span or occasion).local_starts,
        end=(span or occasion).local_ends,
        stamp=occasion.changed,
        last_modified=occasion.changed,
        sequence=occasion.changes,
        status=STATUS.CANCELLED if occasion.cancelled else STATUS.CONFIRMED,
        url=address,
        contacts=local_text(occasion.organisation, "name").text if occasion.organisation else None,
    )
    language = {"LANGUAGE": local_text(occasion, "title").language or current_language()}
    about = "\n\n".join(filter(None, [local_text(occasion, "summary").text, online, address]))
    texts = {"summary": title_of(occasion), "description": about, "location": location_of(occasion, online)}
    for name, words in texts.items():
        entry.add(name, words, parameters=language)
    return entry


def entries_as_text(entries: Iterable[icalendar.Event]) -> str:
    """Entries as plain text, without the time zones that they need. `attached_calendar` makes a file of them."""
    return "".join(entry.to_ical().decode() for entry in entries)


def attached_calendar(entries: str) -> bytes:
    """A file for an email, of entries as text."""
    calendar = icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{entries}END:VCALENDAR\r\n")
    return render_calendar("seminars", calendar.events, "VICTOR")


def title_of(occasion: Occasion) -> str:
    """The title. It says where the event is cancelled, since not every calendar shows that."""
    words = local_text(occasion, "title").text
    return _("Cancelled: %(event)s") % {"event": words} if occasion.cancelled else words


def location_of(occasion: Occasion, online: str = "") -> str:
    """The venue and its country, or the online address."""
    venue = local_text(occasion, "place").text
    country = local_text(occasion.country, "name").text
    if venue:
        return f"{venue}, {country}"
    return online or country


def feed_item(occasion: Occasion, online: str = "") -> FeedItem:
    """The item of a feed for an event or seminar."""
    about = (
        f"{occasion.when} ({occasion.zone_name}), {location_of(occasion, online)}. {local_text(occasion, 'summary')}"
    )
    return {
        "link": occasion.get_absolute_url(),
        "title": title_of(occasion),
        "description": about,
        "updateddate": occasion.changed,
    }


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
