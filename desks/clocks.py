"""The clocks of a report: which run, until when, and in words. Computed from what the report and its desk say.

`desks_report.due_at` is the soonest of them, which the database computes by the same rules (`desks/triggers.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.states import OPEN, Channel, Clock, Level

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class Running:
    """A clock that runs, and when it is due."""

    clock: Clock
    due: datetime

    def is_late(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.due <= now

    def in_words(self, now: datetime) -> str:
        """Until when, or since when: "Triage due in 3 h", "Triage overdue since 20 min"."""
        late = self.is_late(now)
        told = {
            (Clock.READ, False): _("Danger unread: to be read in %(span)s"),
            (Clock.READ, True): _("Danger unread: overdue since %(span)s"),
            (Clock.TRIAGE, False): _("Triage due in %(span)s"),
            (Clock.TRIAGE, True): _("Triage overdue since %(span)s"),
            (Clock.ANSWER, False): _("Answer due in %(span)s"),
            (Clock.ANSWER, True): _("Answer overdue since %(span)s"),
            (Clock.WORDS, False): _("New words: to be read in %(span)s"),
            (Clock.WORDS, True): _("New words: overdue since %(span)s"),
        }[self.clock, late]
        return told % {"span": span_in_words(abs(self.due - now))}


@dataclass(frozen=True)
class Step:
    """Who is told of a clock, and how long after it began; perhaps only where there is danger, or only where not."""

    clock: Clock
    level: Level
    after: timedelta
    danger: bool | None = None


def running(report: Any) -> list[Running]:
    """The clocks of a report that run, the soonest first. Danger has a shorter one; what is done has none."""
    desk, is_open = report.desk, report.state in OPEN
    found = []
    if is_open and report.danger and report.read_at is None:
        found.append(Running(Clock.READ, report.received_at + timedelta(minutes=desk.escalation_minutes)))
    if is_open and report.triaged_at is None:
        found.append(Running(Clock.TRIAGE, report.received_at + triage_span(desk, danger=report.danger)))
    if is_open and report.answered_at is None and report.channel == Channel.WEB:
        found.append(Running(Clock.ANSWER, report.received_at + timedelta(hours=desk.answer_hours)))
    if report.waits_since is not None:
        found.append(Running(Clock.WORDS, report.waits_since + timedelta(hours=desk.triage_hours)))
    return sorted(found, key=lambda each: each.due)


def began(report: Any, clock: Clock) -> datetime:
    """When a clock began to run."""
    return report.waits_since if clock == Clock.WORDS else report.received_at


def triage_span(desk: Any, *, danger: bool) -> timedelta:
    """How long triage may take."""
    return timedelta(minutes=desk.danger_minutes) if danger else timedelta(hours=desk.triage_hours)


def steps(desk: Any) -> list[Step]:
    """Whom a desk tells, and when. Danger is told at once."""
    escalation, answer = timedelta(minutes=desk.escalation_minutes), timedelta(hours=desk.answer_hours)
    return [
        Step(Clock.READ, Level.DESK, timedelta(), danger=True),
        Step(Clock.READ, Level.SUPERVISORS, escalation, danger=True),
        Step(Clock.READ, Level.COORDINATORS, 2 * escalation, danger=True),
        Step(Clock.TRIAGE, Level.SUPERVISORS, triage_span(desk, danger=True), danger=True),
        Step(Clock.TRIAGE, Level.SUPERVISORS, triage_span(desk, danger=False), danger=False),
        Step(Clock.ANSWER, Level.SUPERVISORS, answer),
        Step(Clock.WORDS, Level.SUPERVISORS, triage_span(desk, danger=False)),
    ]


def span_in_words(span: timedelta) -> str:
    """A time as one says it: 20 min, 3 h, 4 days. Rounded down, so that nobody is promised too much."""
    seconds = int(span.total_seconds())
    if seconds < HOUR:
        return _("%(number)d min") % {"number": seconds // MINUTE}
    if seconds < 2 * DAY:
        return _("%(number)d h") % {"number": seconds // HOUR}
    days = seconds // DAY
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
