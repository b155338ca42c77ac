"""Whether the first steps of a case were taken in time, as codes of the figures, and after how many days.

Empty: the step is not asked for. None: it has not been taken.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from desks.cases.clocks import GUARDIAN_HOURS, RISK_HOURS
from desks.cases.code_lists import Answer
from desks.cases.states import GuardianState
from desks.facts.states import StepTime
from desks.notifications.states import WAITING_STATES, NotificationState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desks.cases.models import Case

MOST_DAYS = 9999  # facts have one length
ASKED_STATES = (GuardianState.REQUESTED, GuardianState.APPOINTED)


def first_steps(case: Case) -> Mapping[str, object]:
    """The first risk assessment, the first step for a guardian, and what authorities were told, by the fact's name."""
    guardian_step, guardian_days = _guardian_step(case)
    notify_step, notify_days = _notify_step(case)
    return {
        "risk_step": time_of(case.risk_assessed_at, due_at=case.opened_at + timedelta(hours=RISK_HOURS)),
        "risk_days": days_until(case.risk_assessed_at, since=case.opened_at, case=case),
        "guardian_step": guardian_step,
        "guardian_days": guardian_days,
        "notify_step": notify_step,
        "notify_days": notify_days,
    }


def time_of(done_at: datetime | None, *, due_at: datetime) -> str:
    """Whether something was done in time."""
    if done_at is None:
        return StepTime.OPEN
    return StepTime.IN_TIME if done_at <= due_at else StepTime.LATE


def days_until(done: date | datetime | None, *, since: datetime, case: Case) -> int | None:
    """The number of days from the day of a moment, as the desk's clock says. None: it has not been done."""
    if done is None:
        return None
    zone = case.desk.zone
    day = timezone.localdate(done, zone) if isinstance(done, datetime) else done
    return min(max((day - timezone.localdate(since, zone)).days, 0), MOST_DAYS)


def _guardian_step(case: Case) -> tuple[str, int | None]:
    has_parents = {case.unaccompanied, case.family_may_be_involved} == {Answer.NO}
    if case.presumed_at is None or has_parents or case.guardian_state == GuardianState.NOT_NEEDED:
        return "", None
    asked = case.guardians.filter(state__in=ASKED_STATES).values_list("made_at", flat=True).first()
    step = time_of(asked, due_at=case.presumed_at + timedelta(hours=GUARDIAN_HOURS))
    return step, days_until(asked, since=case.presumed_at, case=case)


def _notify_step(case: Case) -> tuple[str, int | None]:
    """Of several authorities the last one counts; of one that need not be told, nothing is asked."""
    rows = list(case.notifications.exclude(state=NotificationState.EXCUSED))
    if not rows:
        return "", None
    if any(row.state in WAITING_STATES for row in rows):
        return StepTime.OPEN, None
    zone = case.desk.zone
    is_late = any(row.sent_on and row.sent_on > timezone.localdate(row.due_at, zone) for row in rows)
    last = max((row.sent_on for row in rows if row.sent_on), default=None)
    since = case.presumed_at or min(row.made_at for row in rows)
    return StepTime.LATE if is_late else StepTime.IN_TIME, days_until(last, since=since, case=case)
