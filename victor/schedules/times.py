"""Times as people say them: in the zone of the place, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pgtrigger
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from victor.formatting import (
    format_date,
    format_decimal,
    format_interval,
    format_skeleton,
    format_unit,
    timezone_location,
)
from victor.languages import spell_year

# Counts the changes of a row, by which calendars recognise the newer of two versions.
COUNTS_CHANGES = pgtrigger.Trigger(
    name="counts_changes",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
    func="NEW.changes = OLD.changes + 1; NEW.changed = NOW(); RETURN NEW;",
)


class Timed:
    """Something with a start and an end. `starts` and `ends` are moments, `zone` is the time zone of the place."""

    starts: datetime
    ends: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the place."""
        raise NotImplementedError

    @property
    def local_starts(self) -> datetime:
        return self.starts.astimezone(self.zone)

    @property
    def local_ends(self) -> datetime:
        return self.ends.astimezone(self.zone)

    @property
    def is_over(self) -> bool:
        return self.ends <= timezone.now()

    @property
    def next_date(self) -> date:
        """The local date of the start. Important days have the same property."""
        return self.local_starts.date()

    @property
    def when(self) -> str:
        """Date and hours in the reader's language: Saturday, 24 October 2026, 18:00–20:30."""
        first, last = (describe_day(moment) for moment in (self.local_starts, self.local_ends))
        if self._is_of_one_day:
            return f"{first}, {self.hours}"
        return f"{first}, {self._clock(self.local_starts)} – {last}, {self._clock(self.local_ends)}"

    @property
    def hours(self) -> str:
        """The hours: 18:00–20:30. Where it lasts several days, the end has a date."""
        if self._is_of_one_day:
            hours: str = format_interval(self.local_starts, self.local_ends, "Hm", tzinfo=self.zone)
            return hours
        until = format_skeleton("MMMEd", self.local_ends)
        return f"{self._clock(self.local_starts)} – {until}, {self._clock(self.local_ends)}"

    @property
    def month(self) -> str:
        """The month: October 2026."""
        return spell_year(format_skeleton("yMMMM", self.local_starts))

    @property
    def day(self) -> str:
        """The date, short: Sat 24 Oct. When it is over: 24 Oct 2026."""
        parts = "yMMMd" if self.is_over else "MMMEd"
        day: str = format_skeleton(parts, self.local_starts)
        return day

    @property
    def zone_name(self) -> str:
        """The time zone in words: Athens, UTC+2. Where clocks change meanwhile: Athens, UTC+3, at the end UTC+2."""
        city = timezone_location(self.zone, return_city=True)
        first, last = (_hours_ahead(moment) for moment in (self.local_starts, self.local_ends))
        if not self.clocks_change:
            return f"{city}, {first}"
        return _("%(city)s, %(first)s, at the end %(last)s") % {"city": city, "first": first, "last": last}

    @property
    def clocks_change(self) -> bool:
        """Whether summer time begins or ends between the start and the end."""
        return self.local_starts.utcoffset() != self.local_ends.utcoffset()

    @property
    def _is_of_one_day(self) -> bool:
        return self.local_starts.date() == self.local_ends.date()

    def _clock(self, moment: datetime) -> str:
        clock: str = format_skeleton("Hm", moment, tzinfo=self.zone)
        return clock


def _hours_ahead(moment: datetime) -> str:
    return f"UTC{(moment.utcoffset() or timedelta()) / timedelta(hours=1):+g}"


def describe_moment(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in a time zone: Saturday, 24 October 2026, 18:00."""
    local = moment.astimezone(zone)
    clock = format_skeleton("Hm", local)
    return f"{describe_day(local)}, {clock}"


def describe_day(day: date) -> str:
    """A date in full: Saturday, 24 October 2026."""
    return spell_year(format_date(day, "full"))


def hours_of(part: timedelta, whole: timedelta) -> str:
    """A part of a number of hours, in the reader's language: 5.5 of 6 hours."""
    attended = format_decimal(part / timedelta(hours=1), format="0.#")
    total = format_unit(whole / timedelta(hours=1), "duration-hour", length="long", format="0.#")
    return pgettext("hours of a seminar", "%(attended)s of %(total)s") % {"attended": attended, "total": total}
