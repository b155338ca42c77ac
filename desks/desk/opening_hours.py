"""When is a desk open? Its hours of the week and its closed days, in the time zone of the place where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MIDNIGHT = time()  # as a closing time: the end of the day
MAX_DAYS_AHEAD = 92  # days
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Timetable:
    """Hours by day of the week (0 is Monday), and days, the last included, on which nobody is there."""

    zone: ZoneInfo
    hours: Collection[tuple[int, time, time]]
    closures: Collection[tuple[date, date]]

    def is_open_at(self, moment: datetime) -> bool:
        """Whether somebody is there at this moment, wherever it was asked."""
        there = moment.astimezone(self.zone)
        now = there.time()
        return any(opens <= now and (closes == MIDNIGHT or now < closes) for opens, closes in self._of(there.date()))

    def next_opening(self, moment: datetime) -> datetime | None:
        """When it opens next, in its own time zone; None while it is open, and where no opening is in sight."""
        if self.is_open_at(moment):
            return None
        today = moment.astimezone(self.zone).date()
        days = (today + DAY * number for number in range(MAX_DAYS_AHEAD))
        starts = (start for day in days for start in self._starts(day))
        opening = next((start for start in starts if start > moment and self.is_open_at(start)), None)
        return opening and opening.astimezone(self.zone)

    def _of(self, day: date) -> list[tuple[time, time]]:
        if any(first <= day <= last for first, last in self.closures):
            return []
        return sorted((opens, closes) for weekday, opens, closes in self.hours if weekday == day.weekday())

    def _starts(self, day: date) -> Iterator[datetime]:
        """When it may open on a day: at its hours; where the clocks are changed on it, at any minute."""
        first, last = (datetime.combine(date_, MIDNIGHT, self.zone) for date_ in (day, day + DAY))
        if first.utcoffset() == last.utcoffset():
            yield from (datetime.combine(day, opens, self.zone).astimezone(UTC) for opens, _closes in self._of(day))
            return
        moment = first.astimezone(UTC)
        while moment < last.astimezone(UTC):
            yield moment
            moment += MINUTE
