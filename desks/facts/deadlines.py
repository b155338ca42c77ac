"""Whether the first steps of a case were taken in time, as codes of the figures. Empty: the step is not asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from desks.cases.clocks import GUARDIAN_HOURS, RISK_HOURS
from desks.cases.code_lists import Answer
from desks.cases.states import GuardianState
from desks.facts.states import StepTime
from desks.notifications.states import WAITING_STATES, NotificationState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desks.cases.models import Case

ASKED_STATES = (GuardianState.REQUESTED, GuardianState.APPOINTED)


def first_steps(case: Case) -> Mapping[str, str]:
    """The first risk assessment, the first step for a guardian, and what authorities were told, by the fact's name."""
    return {
        "risk_step": time_of(case.risk_assessed_at, due_at=case.opened_at + timedelta(hours=RISK_HOURS)),
        "guardian_step": _guardian_step(case),
        "notify_step": _notify_step(case),
    }


def time_of(done_at: datetime | None, *, due_at: datetime) -> str:
    """Whether something was done in time."""
    if done_at is None:
        return StepTime.OPEN
    return StepTime.IN_TIME if done_at <= due_at else StepTime.LATE


def _guardian_step(case: Case) -> str:
    has_parents = {case.unaccompanied, case.family_may_be_involved} == {Answer.NO}
    if case.presumed_at is None or has_parents or case.guardian_state == GuardianState.NOT_NEEDED:
        return ""
    asked = case.guardians.filter(state__in=ASKED_STATES).values_list("made_at", flat=True).first()
    return time_of(asked, due_at=case.presumed_at + timedelta(hours=GUARDIAN_HOURS))


def _notify_step(case: Case) -> str:
    """Of several authorities the last one counts; of one that need not be told, nothing is asked."""
    rows = list(case.notifications.exclude(state=NotificationState.EXCUSED))
    if not rows:
        return ""
    if any(row.state in WAITING_STATES for row in rows):
        return StepTime.OPEN
    zone = case.desk.zone
    is_late = any(row.sent_on and row.sent_on > timezone.localdate(row.due_at, zone) for row in rows)
    return StepTime.LATE if is_late else StepTime.IN_TIME
