"""Who is on duty when? Spans of the week and single ones, in the time zone of the place where the desk is.

A single span goes before those of the week, and a newer single one before an older.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A duty of a person: `pk` names its row. The kinds below say when it is."""

    pk: int
    person: int
    rank: str

    def intervals(self, first: date, last: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """From when until when, as far as it begins on these days or is a single one, in UTC."""
        raise NotImplementedError


@dataclass(frozen=True)
class WeeklySpan(Span):
    """A duty of each week, from a day and hour (0 is Monday) until the same day or, past midnight, the next."""

    weekday: int
    starts: time
    ends: time

    def intervals(self, first: date, last: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        for number in range((last - first).days + 1):
            day = first + DAY * number
            if day.weekday() == self.weekday:
                end = day if self.ends > self.starts else day + DAY
                yield _in_utc(day, self.starts, zone), _in_utc(end, self.ends, zone)


@dataclass(frozen=True)
class SingleSpan(Span):
    """A duty that comes once."""

    starts_at: datetime
    ends_at: datetime

    def intervals(self, first: date, last: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        yield self.starts_at.astimezone(UTC), self.ends_at.astimezone(UTC)


@dataclass(frozen=True)
class Stretch:
    """A time in which nothing changes: a span says who is on duty; None: nobody is."""

    starts_at: datetime
    ends_at: datetime
    span: Span | None


@dataclass(frozen=True)
class DutyTime:
    """From when until when somebody has a rank: what people take over and swap."""

    rank: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Rota:
    """The spans of a desk."""

    zone: ZoneInfo
    spans: Collection[Span]

    def span_at(self, rank: str, moment: datetime) -> Span | None:
        """The span that counts at a moment."""
        day = moment.astimezone(self.zone).date()
        covering = [
            span
            for span in self._of(rank)
            if any(start <= moment < end for start, end in span.intervals(day - DAY, day, self.zone))
        ]
        return max(covering, key=lambda span: (isinstance(span, SingleSpan), span.pk), default=None)

    def stretches(self, rank: str, first: datetime, last: datetime, *, cuts: Iterable[datetime] = ()) -> list[Stretch]:
        """Who has this rank from one moment to another, in order, the times without anybody among them.

        `cuts` are moments at which a time without anybody is divided.
        """
        cutting = {moment.astimezone(UTC) for moment in cuts}
        points = {first, last} | {
            moment for moment in cutting | self._bounds(rank, first, last) if first < moment < last
        }
        stretches: list[Stretch] = []
        for start, end in pairwise(sorted(points)):
            span = self.span_at(rank, start)
            before = stretches[-1] if stretches else None
            if before and before.span == span and (span or start not in cutting):
                stretches[-1] = Stretch(before.starts_at, end, span)
            else:
                stretches.append(Stretch(start, end, span))
        return stretches

    def _of(self, rank: str) -> list[Span]:
        return [span for span in self.spans if span.rank == rank]

    def _bounds(self, rank: str, first: datetime, last: datetime) -> set[datetime]:
        begin, end = first.astimezone(self.zone).date() - DAY, last.astimezone(self.zone).date()
        intervals = (interval for span in self._of(rank) for interval in span.intervals(begin, end, self.zone))
        return {moment for interval in intervals for moment in interval}


def overlap_in_week(one: WeeklySpan, other: WeeklySpan) -> bool:
    """Whether two spans of the week meet, the turn of the week included."""
    starts, length = _minutes(one)
    other_starts, other_length = _minutes(other)
    return (other_starts - starts) % WEEK < length or (starts - other_starts) % WEEK < other_length


WEEK = 7 * 24 * 60  # minutes


def _minutes(span: WeeklySpan) -> tuple[int, int]:
    """When it begins, in minutes from the beginning of the week, and how many minutes it takes."""
    starts, ends = (moment.hour * 60 + moment.minute for moment in (span.starts, span.ends))
    return span.weekday * 24 * 60 + starts, (ends - starts) % (24 * 60) or 24 * 60


def _in_utc(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, zone).astimezone(UTC)
