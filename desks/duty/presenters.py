"""What the pages of duty show: an alarm, and the rota of a desk. Only telephone numbers are decrypted here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils import timezone

from desks.desk.querysets import key_holders
from desks.duty.errors import over_text, taken_text
from desks.duty.gateway import configured_gateway
from desks.duty.models import DutyNumber
from desks.duty.querysets import calls_at, next_person, referral_receivers, rota_of
from desks.duty.states import AlarmState, DutyHours, Rank
from desks.reports.deadlines import span_in_words
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Purpose
from victor.accounts.models import User
from victor.formatting import clock, day_names, short_appointment

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from desks.desk.models import Desk
    from desks.duty.models import DutyAlarm, DutyCall, DutySpan, DutySwap
    from desks.duty.rota import DutyTime, Stretch

AHEAD = timedelta(days=14)
MAX_READERS = 3
CALLED_FIRST = [Purpose.EMERGENCY, Purpose.CHILD_PROTECTION, Purpose.POLICE]


@dataclass(frozen=True)
class Reachable:
    """A colleague and the number at which they are called."""

    name: str
    number: str


class AlarmPage:
    """The page of an alarm for one of the desk. It needs no open vault, for it shows nothing of what was written."""

    def __init__(self, alarm: DutyAlarm, reader: User) -> None:
        self.alarm, self.reader = alarm, reader
        self.report, self.referral = alarm.report, alarm.referral
        self.now = timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether somebody can take it."""
        return self.alarm.is_needed

    @property
    def is_mine(self) -> bool:
        """Whether the reader has it."""
        return self.alarm.state == AlarmState.TAKEN and self.alarm.taken_by_id == self.reader.pk

    @property
    def taken(self) -> str:
        """Who has it, for the others; empty where nobody has."""
        return taken_text(self.alarm) if self.alarm.state == AlarmState.TAKEN else ""

    @property
    def over(self) -> str:
        """Why nobody can take it any more."""
        return over_text(self.alarm)

    @property
    def came_at(self) -> datetime:
        """When the report was received, or the referral sent."""
        moment = self.report.received_at if self.report else self.referral and self.referral.sent_at
        return moment or self.alarm.raised_at

    @property
    def language(self) -> str:
        """The language of whoever reports, or of the child."""
        subject = self.report or self.referral
        return subject.language if subject else ""

    @property
    def waits(self) -> str:
        """How long it has waited, in words."""
        return span_in_words(self.now - self.came_at)

    @cached_property
    def next_person(self) -> User | None:
        """Who is called next unless somebody takes it."""
        if not self.is_open or self.alarm.next_call_at is None:
            return None
        return next_person(self.alarm, self.alarm.next_call_at)

    @cached_property
    def lines(self) -> list[HelpLine]:
        """The numbers to call: emergency, child protection, police. Only those that may be shown."""
        country = self.report.country_id if self.report else self.alarm.desk.country_id
        lines = HelpLine.objects.published().filter(country=country, purpose__in=CALLED_FIRST)
        listed = list(lines.select_related("country", "organisation").order_by("position", "pk"))
        first = [next((line for line in listed if line.purpose == purpose), None) for purpose in CALLED_FIRST]
        return [line for line in first if line is not None]

    @cached_property
    def readers(self) -> list[Reachable]:
        """Colleagues who can be called: they hold the desk's keys, and of a referral they may accept it."""
        holders = key_holders(self.alarm.desk).exclude(pk=self.reader.pk)
        if self.referral is not None:
            holders = holders.filter(pk__in=referral_receivers(self.alarm.desk))
        numbers = DutyNumber.objects.filter(person__in=holders, confirmed_at__isnull=False).select_related("person")
        return [Reachable(own.person.name, own.number) for own in numbers.order_by("person__name")[:MAX_READERS]]

    @property
    def may_answer(self) -> bool:
        """Whether the reader answers referrals here."""
        return self.reader.has_perm("desks.answer_referral", self.referral)

    @cached_property
    def calls(self) -> list[DutyCall]:
        """Who was called, in order."""
        return list(self.alarm.calls.select_related("person"))


@dataclass(frozen=True)
class RotaRow:
    """A time of the rota: who is on duty, or nobody."""

    stretch: Stretch
    rank: Rank
    person: User | None
    is_own: bool
    zone: ZoneInfo

    @property
    def times(self) -> str:
        """From when until when, on the desk's own clock."""
        return _times(self.stretch.starts_at, self.stretch.ends_at, self.zone)

    @property
    def key(self) -> str:
        """What names this time among those of the rota."""
        return f"{self.rank} {self.stretch.starts_at.isoformat()}"

    @property
    def words(self) -> str:
        """The same for a reader: when, in which order, and who."""
        name = self.person.name if self.person else "–"
        return f"{self.times} · {self.rank.label} · {name}"

    @property
    def query(self) -> str:
        """The same in an address."""
        return urlencode(self.values)

    @property
    def values(self) -> list[tuple[str, str]]:
        """What names this time in a form."""
        moments = [("starts_at", self.stretch.starts_at), ("ends_at", self.stretch.ends_at)]
        return [("rank", str(self.rank)), *((name, moment.isoformat()) for name, moment in moments)]


class RotaPage:
    """The rota of a desk: who has duty now, the coming two weeks, and when nobody has."""

    def __init__(self, desk: Desk, reader: User) -> None:
        self.desk, self.reader = desk, reader
        self.now = timezone.now()
        self.rota = rota_of(desk, self.now)
        self.people = User.objects.in_bulk([span.person for span in self.rota.spans])
        numbers = DutyNumber.objects.filter(confirmed_at__isnull=False, person__in=[*self.people, reader.pk])
        self.with_number = set(numbers.values_list("person", flat=True))

    @property
    def has_gateway(self) -> bool:
        """Whether the portal can call anybody."""
        return configured_gateway() is not None

    @property
    def may_take_over(self) -> bool:
        """Whether the reader could be called."""
        return self.reader.pk in self.with_number

    @cached_property
    def policy(self) -> DutyHours:
        """When the desk calls its people."""
        row = getattr(self.desk, "duty_policy", None)
        return DutyHours(row.hours) if row else DutyHours.ALWAYS

    @property
    def calls_now(self) -> bool:
        """Whether danger that comes now makes calls."""
        return calls_at(self.desk, self.now)

    @cached_property
    def rows(self) -> list[RotaRow]:
        """The coming two weeks, by time."""
        rows = [row for rank in Rank for row in self._rows(rank)]
        return sorted(rows, key=lambda row: (row.stretch.starts_at, list(Rank).index(row.rank)))

    @property
    def swappable(self) -> list[RotaRow]:
        """The duties of colleagues that have not begun yet."""
        return [row for row in self.rows if row.person and not row.is_own and row.stretch.starts_at > self.now]

    @property
    def swaps(self) -> list[tuple[DutySwap, str, str]]:
        """The swaps that the reader asked for or is asked about, with what is given and what is wanted."""
        swaps = self.desk.duty_swaps.open_for(self.reader, self.now)
        return [(swap, self._time_in_words(swap.given), self._time_in_words(swap.wanted)) for swap in swaps]

    def _time_in_words(self, time: DutyTime) -> str:
        return f"{_times(time.starts_at, time.ends_at, self.desk.zone)} · {Rank(time.rank).label}"

    @property
    def current(self) -> list[tuple[RotaRow, bool]]:
        """Who is on duty now, and whether they can be called."""
        rows = [row for row in self.rows if row.stretch.starts_at <= self.now]
        return [(row, row.person is not None and row.person.pk in self.with_number) for row in rows]

    @cached_property
    def gaps(self) -> list[tuple[datetime, datetime]]:
        """When nobody is first on duty although the desk would call."""
        gaps: list[tuple[datetime, datetime]] = []
        for row in self._rows(Rank.FIRST, cuts=self._opening_bounds()):
            starts, ends = row.stretch.starts_at, row.stretch.ends_at
            if row.person is not None or not self._calls_at(starts):
                continue
            if gaps and gaps[-1][1] == starts:
                gaps[-1] = (gaps[-1][0], ends)
            else:
                gaps.append((starts, ends))
        return gaps

    @property
    def gaps_in_words(self) -> list[str]:
        """The same, on the desk's own clock."""
        return [_times(starts, ends, self.desk.zone) for starts, ends in self.gaps]

    @cached_property
    def planned(self) -> list[tuple[DutySpan, str]]:
        """The spans as they were planned, with their times, those without a person among them."""
        spans = self.desk.duty_spans.current(self.now).select_related("person")
        return [(span, self._planned_times(span)) for span in spans]

    def _planned_times(self, span: DutySpan) -> str:
        if span.starts_at and span.ends_at:
            return _times(span.starts_at, span.ends_at, self.desk.zone)
        weekly = span.as_weekly(0)
        return f"{day_names()[weekly.weekday]}, {clock(weekly.starts)}–{clock(weekly.ends)}"

    def _rows(self, rank: Rank, *, cuts: list[datetime] | None = None) -> list[RotaRow]:
        stretches = self.rota.stretches(rank, self.now, self.now + AHEAD, cuts=cuts or [])
        people = [self.people.get(stretch.span.person) if stretch.span else None for stretch in stretches]
        return [
            RotaRow(stretch, rank, person, person == self.reader, self.desk.zone)
            for stretch, person in zip(stretches, people, strict=True)
        ]

    def _calls_at(self, moment: datetime) -> bool:
        return self.policy == DutyHours.ALWAYS or not self.desk.is_open_at(moment)

    def _opening_bounds(self) -> list[datetime]:
        """The moments at which the desk may open or close, where that decides whether it calls."""
        if self.policy == DutyHours.ALWAYS:
            return []
        hours = {moment for span in self.desk.opening_hours.all() for moment in (span.opens, span.closes)} | {time()}
        first = self.now.astimezone(self.desk.zone).date()
        days = [first + timedelta(days=number) for number in range(AHEAD.days + 2)]
        return [datetime.combine(day, moment, self.desk.zone).astimezone(UTC) for day in days for moment in hours]


def _times(starts: datetime, ends: datetime, zone: ZoneInfo) -> str:
    return f"{short_appointment(starts, zone)} – {short_appointment(ends, zone)}"
