"""The deadlines of a report: which are open, until when, and in words. They follow from the report and its desk.

`desks_report.due_at` is the soonest of them. The database computes it by the same rules (`desks/reports/triggers.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desks.reports.states import OPEN_STATES, Channel, Deadline, EscalationLevel

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from desks.reports.models import Report

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class OpenDeadline:
    """An open deadline, and when it is due."""

    deadline: Deadline
    due: datetime

    def is_late(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.due <= now

    def text(self, now: datetime) -> str:
        """Until when, or since when: "Triage due in 3 h", "Triage overdue since 20 min"."""
        late = self.is_late(now)
        sentence = {
            (Deadline.READ, False): _("Read within %(span)s"),
            (Deadline.READ, True): _("Not read in time: overdue by %(span)s"),
            (Deadline.TRIAGE, False): _("Triage due in %(span)s"),
            (Deadline.TRIAGE, True): _("Triage overdue by %(span)s"),
            (Deadline.ANSWER, False): _("Reply due in %(span)s"),
            (Deadline.ANSWER, True): _("Reply overdue by %(span)s"),
            (Deadline.WORDS, False): _("New message: must be read in %(span)s"),
            (Deadline.WORDS, True): _("New message: overdue by %(span)s"),
        }[self.deadline, late]
        return sentence % {"span": span_in_words(abs(self.due - now))}


@dataclass(frozen=True)
class EscalationStep:
    """Who is notified of an open deadline, and how long after its start; for all reports, or by danger."""

    deadline: Deadline
    level: EscalationLevel
    after: timedelta
    danger: bool | None = None


def open_deadlines(report: Report) -> list[OpenDeadline]:
    """The open deadlines of a report, the soonest first. Danger has a shorter one; what is done has none."""
    desk, is_open = report.desk, report.state in OPEN_STATES
    deadlines = []
    if is_open and report.danger and report.read_at is None:
        deadlines.append(OpenDeadline(Deadline.READ, report.received_at + timedelta(minutes=desk.escalation_minutes)))
    if is_open and report.triaged_at is None:
        deadlines.append(OpenDeadline(Deadline.TRIAGE, report.received_at + triage_span(desk, danger=report.danger)))
    if is_open and report.answered_at is None and report.channel == Channel.WEB:
        deadlines.append(OpenDeadline(Deadline.ANSWER, report.received_at + timedelta(hours=desk.answer_hours)))
    if report.unread_since is not None:
        deadlines.append(OpenDeadline(Deadline.WORDS, report.unread_since + timedelta(hours=desk.triage_hours)))
    return sorted(deadlines, key=lambda deadline: deadline.due)


def started_at(report: Report, deadline: Deadline) -> datetime:
    """The moment from which a deadline is counted."""
    if deadline == Deadline.WORDS and report.unread_since:
        return report.unread_since
    return report.received_at


def triage_span(desk: Desk, *, danger: bool) -> timedelta:
    """How long triage may take."""
    return timedelta(minutes=desk.danger_minutes) if danger else timedelta(hours=desk.triage_hours)


def escalation_steps(desk: Desk) -> list[EscalationStep]:
    """Whom a desk notifies, and when. Danger is escalated at once."""
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
    """A time span in words: 20 min, 3 h, 4 days. It is rounded down, so that nobody is promised too much."""
    seconds = int(span.total_seconds())
    if seconds < HOUR:
        return _("%(number)d min") % {"number": seconds // MINUTE}
    if seconds < 2 * DAY:
        return _("%(number)d h") % {"number": seconds // HOUR}
    days = seconds // DAY
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
