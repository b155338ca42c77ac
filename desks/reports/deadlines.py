"""The clocks of a report: which run, until when, and in words. Computed from what the report and its desk say.

`desks_report.due_at` is the soonest of them, which the database computes by the same rules (`desks/triggers.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.reports.states import OPEN_STATES, Channel, Deadline, EscalationLevel

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class OpenDeadline:
    """A clock that runs, and when it is due."""

    clock: Deadline
    due: datetime

    def is_late(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.due <= now

    def text(self, now: datetime) -> str:
        """Until when, or since when: "Triage due in 3 h", "Triage overdue since 20 min"."""
        late = self.is_late(now)
        told = {
            (Deadline.READ, False): _("Danger report unread: must be read in %(span)s"),
            (Deadline.READ, True): _("Danger report unread: overdue by %(span)s"),
            (Deadline.TRIAGE, False): _("Triage due in %(span)s"),
            (Deadline.TRIAGE, True): _("Triage overdue by %(span)s"),
            (Deadline.ANSWER, False): _("Reply due in %(span)s"),
            (Deadline.ANSWER, True): _("Reply overdue by %(span)s"),
            (Deadline.WORDS, False): _("New message: must be read in %(span)s"),
            (Deadline.WORDS, True): _("New message: overdue by %(span)s"),
        }[self.clock, late]
        return told % {"span": span_in_words(abs(self.due - now))}


@dataclass(frozen=True)
class EscalationStep:
    """Who is told of a clock, and how long after it began; perhaps only where there is danger, or only where not."""

    clock: Deadline
    level: EscalationLevel
    after: timedelta
    danger: bool | None = None


def open_deadlines(report: Any) -> list[OpenDeadline]:
    """The clocks of a report that run, the soonest first. Danger has a shorter one; what is done has none."""
    desk, is_open = report.desk, report.state in OPEN_STATES
    found = []
    if is_open and report.danger and report.read_at is None:
        found.append(OpenDeadline(Deadline.READ, report.received_at + timedelta(minutes=desk.escalation_minutes)))
    if is_open and report.triaged_at is None:
        found.append(OpenDeadline(Deadline.TRIAGE, report.received_at + triage_span(desk, danger=report.danger)))
    if is_open and report.answered_at is None and report.channel == Channel.WEB:
        found.append(OpenDeadline(Deadline.ANSWER, report.received_at + timedelta(hours=desk.answer_hours)))
    if report.unread_since is not None:
        found.append(OpenDeadline(Deadline.WORDS, report.unread_since + timedelta(hours=desk.triage_hours)))
    return sorted(found, key=lambda each: each.due)


def started_at(report: Any, clock: Deadline) -> datetime:
    """When a clock began to run."""
    return report.unread_since if clock == Deadline.WORDS else report.received_at


def triage_span(desk: Any, *, danger: bool) -> timedelta:
    """How long triage may take."""
    return timedelta(minutes=desk.danger_minutes) if danger else timedelta(hours=desk.triage_hours)


def escalation_steps(desk: Any) -> list[EscalationStep]:
    """Whom a desk tells, and when. Danger is told at once."""
    escalation, answer = timedelta(minutes=desk.escalation_minutes), timedelta(hours=desk.answer_hours)
    return [
        EscalationStep(Deadline.READ, EscalationLevel.DESK, timedelta(), danger=True),
        EscalationStep(Deadline.READ, EscalationLevel.SUPERVISORS, escalation, danger=True),
        EscalationStep(Deadline.READ, EscalationLevel.COORDINATORS, 2 * escalation, danger=True),
        EscalationStep(Deadline.TRIAGE, EscalationLevel.SUPERVISORS, triage_span(desk, danger=True), danger=True),
        EscalationStep(Deadline.TRIAGE, EscalationLevel.SUPERVISORS, triage_span(desk, danger=False), danger=False),
        EscalationStep(Deadline.ANSWER, EscalationLevel.SUPERVISORS, answer),
        EscalationStep(Deadline.WORDS, EscalationLevel.SUPERVISORS, triage_span(desk, danger=False)),
    ]


def span_in_words(span: timedelta) -> str:
    """A time as one says it: 20 min, 3 h, 4 days. Rounded down, so that nobody is promised too much."""
    seconds = int(span.total_seconds())
    if seconds < HOUR:
        return _("%(number)d min") % {"number": seconds // MINUTE}
    if seconds < 2 * DAY:
        return _("%(number)d h") % {"number": seconds // HOUR}
    days = seconds // DAY
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
