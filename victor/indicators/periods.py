"""Half-years: the only periods for which protected figures exist.

Where a reader chooses the months, one table can be subtracted from another, and what is hidden comes out. Half-years do
not overlap, and no sum over several is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from victor.formatting import format_interval

LATE_ENTRIES = timedelta(days=31)  # after the last day, before the figures are counted
OFFERED = 10  # half-years from which a reader can choose


@dataclass(frozen=True, order=True)
class HalfYear:
    """From 1 January to 30 June, or from 1 July to 31 December."""

    year: int
    half: int

    @classmethod
    def containing(cls, day: date) -> HalfYear:
        """The half-year of a day."""
        return cls(day.year, 1 if day < date(day.year, 7, 1) else 2)

    @classmethod
    def latest_shown(cls) -> HalfYear:
        """The latest one that is shown today."""
        return cls.containing(timezone.localdate() - LATE_ENTRIES + timedelta(days=1)).before()

    @classmethod
    def offered(cls) -> list[HalfYear]:
        """Those that a reader can choose, the latest first."""
        periods = [cls.containing(timezone.localdate())]
        while len(periods) < OFFERED:
            periods.append(periods[-1].before())
        return periods

    def before(self) -> HalfYear:
        """The one before it."""
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    @property
    def key(self) -> str:
        """As an address and the database name it, such as `2027-1`."""
        return f"{self.year}-{self.half}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def shown_from(self) -> date:
        """The first day on which its figures are shown."""
        return self.last + LATE_ENTRIES

    @property
    def is_shown(self) -> bool:
        """Whether its figures are shown today."""
        return timezone.localdate() >= self.shown_from

    @property
    def months(self) -> str:
        """Its months, as files name them."""
        return f"{self.first:%Y-%m} – {self.last:%Y-%m}"

    def __str__(self) -> str:
        return format_interval(self.first, self.last, "yMMMM")
