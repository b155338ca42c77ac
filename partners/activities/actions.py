"""What happens to an activity: it begins, ends, is linked and proved; a deviation is proposed and decided on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.activities.errors import ActivityMoveNotPossible, DayAhead, DeviationWaiting, WorkUnknown
from partners.activities.models import Activity, ActivityLink, Deviation, Evidence
from partners.activities.states import (
    ACTIVITY_MOVES,
    OUTCOMES,
    ActivityMove,
    ActivityState,
    DeviationState,
    EvidenceKind,
)
from partners.memberships.second_persons import COORDINATOR, require_second_person
from victor.access import require
from victor.audit.actions import record
from victor.linked_work import WORK_KINDS

if TYPE_CHECKING:
    from victor.accounts.models import User

PERMISSION = "partners.run_activity"


@transaction.atomic
def begin_activity(activity: Activity, *, on: date, by: User) -> Activity:
    """Note on which day an activity has begun.

    Raises:
        ActivityMoveNotPossible: it is not planned any more.
        DayAhead: the day lies in the future.
    """
    activity = _lock_to_move(activity, ActivityMove.BEGIN, on, by=by)
    activity.began_on, activity.state = on, ActivityState.RUNNING
    activity.save(update_fields=["began_on", "state"])
    record("grant_activity.begun", activity, by=by, code=activity.code)
    return activity


@transaction.atomic
def finish_activity(activity: Activity, *, on: date, by: User) -> Activity:
    """Note on which day an activity has ended as planned.

    Raises:
        ActivityMoveNotPossible: it does not run, or ends before it began.
        DayAhead: the day lies in the future.
    """
    activity = _lock_to_move(activity, ActivityMove.FINISH, on, by=by)
    if activity.began_on is None or on < activity.began_on:
        raise ActivityMoveNotPossible
    activity.ended_on, activity.state = on, ActivityState.DONE
    activity.save(update_fields=["ended_on", "state"])
    record("grant_activity.finished", activity, by=by, code=activity.code)
    return activity


@transaction.atomic
def propose_deviation(deviation: Deviation, *, by: User) -> Deviation:
    """Propose that an activity is changed or dropped, with the reasons that `by` has written.

    Raises:
        ActivityMoveNotPossible: it is over.
        DeviationWaiting: another one waits.
    """
    activity = _lock(deviation.activity)
    require(by, PERMISSION, activity)
    starts, _leads_to = ACTIVITY_MOVES[OUTCOMES[ActivityState(deviation.outcome)]]
    if activity.state not in starts:
        raise ActivityMoveNotPossible
    if activity.deviations.filter(state=DeviationState.PROPOSED).exists():
        raise DeviationWaiting
    deviation.activity, deviation.state = activity, DeviationState.PROPOSED
    deviation.proposed_by, deviation.proposed_at = by, timezone.now()
    deviation.save(force_insert=True)
    record("grant_activity.deviation_proposed", activity, by=by, code=activity.code, outcome=deviation.outcome)
    return deviation


@transaction.atomic
def approve_deviation(deviation: Deviation, *, by: User) -> Deviation:
    """Approve a deviation as the second person: the activity is changed or dropped from now on.

    Raises:
        ActivityMoveNotPossible: it was decided on, or the activity is over.
        NotSecondPerson: `by` is not independent of whoever has proposed it.
    """
    activity, deviation = _lock_deviation(deviation, by=by)
    starts, leads_to = ACTIVITY_MOVES[OUTCOMES[ActivityState(deviation.outcome)]]
    if activity.state not in starts:
        raise ActivityMoveNotPossible
    require_second_person(by, asker=deviation.proposed_by, roles=COORDINATOR)
    deviation.state, deviation.decided_by, deviation.decided_at = DeviationState.APPROVED, by, timezone.now()
    deviation.save(update_fields=["state", "decided_by", "decided_at"])
    activity.state, activity.deviation = leads_to, deviation
    activity.save(update_fields=["state", "deviation"])
    record("grant_activity.deviation_approved", activity, by=by, code=activity.code, outcome=deviation.outcome)
    return deviation


@transaction.atomic
def return_deviation(deviation: Deviation, reason: str, *, by: User) -> Deviation:
    """Return a deviation with a reason. The activity stays as it is.

    Raises:
        ActivityMoveNotPossible: it was decided on.
    """
    activity, deviation = _lock_deviation(deviation, by=by)
    deviation.state, deviation.return_reason = DeviationState.RETURNED, reason
    deviation.decided_by, deviation.decided_at = by, timezone.now()
    deviation.save(update_fields=["state", "return_reason", "decided_by", "decided_at"])
    record("grant_activity.deviation_returned", activity, by=by, code=activity.code, outcome=deviation.outcome)
    return deviation


@transaction.atomic
def add_evidence(evidence: Evidence, *, by: User) -> Evidence:
    """Add a file that proves an activity. A signature list is restricted whatever was chosen."""
    activity = _lock(evidence.activity)
    require(by, PERMISSION, activity)
    evidence.is_restricted = evidence.is_restricted or evidence.kind == EvidenceKind.LIST
    evidence.added_by, evidence.added_at = by, timezone.now()
    evidence.save(force_insert=True)
    record("grant_activity.evidence_added", activity, by=by, code=activity.code, evidence=str(evidence.pk))
    return evidence


@transaction.atomic
def link_activity(activity: Activity, *, kind: str, key: str, by: User) -> ActivityLink:
    """Link an activity to a seminar, a campaign or a desk; twice makes one link.

    Raises:
        WorkUnknown: there is nothing of this kind with this key.
    """
    activity = _lock(activity)
    require(by, PERMISSION, activity)
    if kind not in WORK_KINDS or not list(WORK_KINDS[kind].find([key])):
        raise WorkUnknown
    link, is_new = activity.links.get_or_create(kind=kind, key=key)
    if is_new:
        record("grant_activity.linked", activity, by=by, code=activity.code, kind=kind, key=key)
    return link


def _lock_to_move(activity: Activity, move: ActivityMove, on: date, *, by: User) -> Activity:
    activity = _lock(activity)
    require(by, PERMISSION, activity)
    starts, _leads_to = ACTIVITY_MOVES[move]
    if activity.state not in starts:
        raise ActivityMoveNotPossible
    if on > timezone.localdate():
        raise DayAhead
    return activity


def _lock_deviation(deviation: Deviation, *, by: User) -> tuple[Activity, Deviation]:
    activity = _lock(deviation.activity)
    require(by, "partners.decide_deviation", activity)
    deviations = Deviation.objects.select_for_update(of=["self"]).select_related("proposed_by")
    deviation = deviations.get(pk=deviation.pk)
    if deviation.state != DeviationState.PROPOSED:
        raise ActivityMoveNotPossible
    return activity, deviation


def _lock(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(of=["self"]).get(pk=activity.pk)
