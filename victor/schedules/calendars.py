"""Events and seminars for people's own calendars (RFC 5545 and 7986), in the active language.

An entry has the same UID for ever, whatever its address and language. So a calendar that has it already changes it
instead of showing it twice. Nothing in it depends on the time of the request.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _
from icalendar import STATUS

from victor.languages import interface_language, language_tag, local_text
from victor.schedules.feeds import FeedItem
from victor.schedules.times import Timed
from victor.signs import clean_signs
from victor.stored_names import stored_reference

ZONE_FROM, ZONE_UNTIL = date(2026, 1, 1), date(2027, 12, 31)
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
        prodid=f"-//VICTOR//{kind.title()}//{interface_language().upper()}",
        name=clean_signs(name),
        uid=f"{kind}-{interface_language()}@{_host()}",
        subcomponents=list(entries),
    )
    calendar.add("REFRESH-INTERVAL", REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    moments = [moment for entry in calendar.events for moment in (entry.start, entry.end)]
    days = [moment.date() if isinstance(moment, datetime) else moment for moment in moments]
    if days:
        calendar.add_missing_timezones(min(days), max(days) + timedelta(days=1))
    else:
        calendar.add_component(_zone_of_the_site())  # a calendar with nothing in it is no calendar
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
        contacts=clean_signs(local_text(occasion.organisation, "name").text) if occasion.organisation else None,
    )
    language = {"LANGUAGE": local_text(occasion, "title").language or language_tag(interface_language())}
    about = "\n\n".join(filter(None, [local_text(occasion, "summary").text, online, address]))
    texts = {"summary": title_of(occasion), "description": about, "location": location_of(occasion, online)}
    for name, words in texts.items():
        entry.add(name, clean_signs(words), parameters=language)
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
        "reference": stored_reference(cast("Model", occasion)),
        "link": occasion.get_absolute_url(),
        "title": title_of(occasion),
        "description": about,
        "updateddate": occasion.changed,
    }


def _zone_of_the_site() -> icalendar.Timezone:
    return icalendar.Timezone.from_tzinfo(ZoneInfo(settings.TIME_ZONE), first_date=ZONE_FROM, last_date=ZONE_UNTIL)


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""
