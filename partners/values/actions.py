"""What happens to values: they are drafted, proposed, returned or approved, and corrected by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partners.grants.models import Grant
from partners.memberships.second_persons import require_second_person
from partners.memberships.states import Role
from partners.targets.models import Period, PlannedValue
from partners.targets.states import PeriodState
from partners.values.errors import (
    CorrectionWaiting,
    PeriodOver,
    SourceMissing,
    ValueIncomplete,
    ValueMoveNotPossible,
)
from partners.values.models import Figure, HandEnteredValue, PeriodClosing, ValueCorrection
from partners.values.states import OPEN_STATES, CorrectionState, ValueState
from victor.access import require
from victor.audit.actions import record

if TYPE_CHECKING:
    from victor.accounts.models import User

CHECKERS = frozenset({Role.COORDINATOR, Role.SUPERVISOR})
ENTER, CHECK = "partners.enter_value", "partners.check_value"


@transaction.atomic
def save_draft(value: HandEnteredValue, *, by: User) -> HandEnteredValue:
    """Save what `by` has written so far, whole or not.

    Raises:
        ValueMoveNotPossible: it is proposed or approved already.
        PeriodOver: the period is closed.
    """
    return _save(value, ValueState.DRAFT, by=by)


@transaction.atomic
def propose_value(value: HandEnteredValue, *, by: User) -> HandEnteredValue:
    """Propose what `by` has written, for another person to check.

    Raises:
        ValueMoveNotPossible, PeriodOver: as above.
        ValueIncomplete, SourceMissing: something lacks.
    """
    _require_whole(value)
    return _save(value, ValueState.PROPOSED, by=by)


@transaction.atomic
def approve_value(value: HandEnteredValue, *, by: User) -> HandEnteredValue:
    """Approve a value as the second person. From now on it changes only by a numbered correction.

    Raises:
        ValueMoveNotPossible: it is not proposed.
        NotSecondPerson: `by` is not independent of whoever has entered it.
    """
    value = _lock_proposed(value, by=by)
    require_second_person(by, asker=value.entered_by, roles=CHECKERS)
    value.state, value.checked_by, value.checked_at = ValueState.APPROVED, by, timezone.now()
    value.save(update_fields=["state", "checked_by", "checked_at"])
    record("grant_value.approved", value, by=by, entered_by=str(value.entered_by_id))
    return value


@transaction.atomic
def return_value(value: HandEnteredValue, reason: str, *, by: User) -> HandEnteredValue:
    """Return a value with a reason.

    Raises:
        ValueMoveNotPossible: it is not proposed.
    """
    value = _lock_proposed(value, by=by)
    value.state, value.return_reason, value.checked_by = ValueState.RETURNED, reason, by
    value.checked_at = timezone.now()
    value.save(update_fields=["state", "return_reason", "checked_by", "checked_at"])
    record("grant_value.returned", value, by=by)
    return value


@transaction.atomic
def propose_correction(correction: ValueCorrection, *, by: User) -> ValueCorrection:
    """Propose what an approved value should say instead, what changed and why.

    Raises:
        ValueMoveNotPossible: the value is not approved.
        CorrectionWaiting: another correction of it waits.
        ValueIncomplete, SourceMissing: something lacks.
    """
    value = _lock(correction.value)
    require(by, ENTER, value.planned)
    if value.state != ValueState.APPROVED or not correction.what.strip() or not correction.why.strip():
        raise ValueMoveNotPossible
    if value.corrections.filter(state=CorrectionState.PROPOSED).exists():
        raise CorrectionWaiting
    _require_whole(correction)
    correction.grant, correction.state = value.planned.target.grant, CorrectionState.PROPOSED
    correction.proposed_by, correction.proposed_at = by, timezone.now()
    correction.save(force_insert=True)
    record("grant_value.correction_proposed", value, by=by, correction=str(correction.pk))
    return correction


@transaction.atomic
def approve_correction(correction: ValueCorrection, *, by: User) -> ValueCorrection:
    """Approve a correction as the second person. It gets the next number of its grant.

    Raises:
        ValueMoveNotPossible: it was decided on.
        NotSecondPerson: `by` is not independent of whoever has proposed it.
    """
    value, correction = _lock_correction(correction, by=by)
    require_second_person(by, asker=correction.proposed_by, roles=CHECKERS)
    Grant.objects.select_for_update().get(pk=correction.grant_id)
    last = ValueCorrection.objects.filter(grant=correction.grant_id).aggregate(last=Max("counted"))["last"]
    correction.counted, correction.state = (last or 0) + 1, CorrectionState.APPROVED
    correction.decided_by, correction.decided_at = by, timezone.now()
    correction.save(update_fields=["counted", "state", "decided_by", "decided_at"])
    record("grant_value.corrected", value, by=by, number=correction.counted, correction=str(correction.pk))
    return correction


@transaction.atomic
def return_correction(correction: ValueCorrection, reason: str, *, by: User) -> ValueCorrection:
    """Return a correction with a reason. The value stays as it is.

    Raises:
        ValueMoveNotPossible: it was decided on.
    """
    value, correction = _lock_correction(correction, by=by)
    correction.state, correction.return_reason = CorrectionState.RETURNED, reason
    correction.decided_by, correction.decided_at = by, timezone.now()
    correction.save(update_fields=["state", "return_reason", "decided_by", "decided_at"])
    record("grant_value.correction_returned", value, by=by, correction=str(correction.pk))
    return correction


def _save(value: HandEnteredValue, state: ValueState, *, by: User) -> HandEnteredValue:
    """Save a value as `state`, where its organisation can still enter it."""
    planned = PlannedValue.objects.select_related("period", "organisation", "target").get(pk=value.planned_id)
    period = Period.objects.select_for_update().get(pk=planned.period_id)
    require(by, ENTER, planned)
    stored = HandEnteredValue.objects.select_for_update().filter(planned=planned).first()
    if (stored and stored.state not in OPEN_STATES) or planned.target.indicator or planned.organisation is None:
        raise ValueMoveNotPossible
    is_closed = PeriodClosing.objects.filter(period=period, organisation=planned.organisation).exists()
    if period.state != PeriodState.OPEN or is_closed:
        raise PeriodOver
    value.pk = stored.pk if stored else None
    value.state, value.entered_by, value.entered_at = state, by, timezone.now()
    value.checked_by = value.checked_at = None
    value.save()
    record("grant_value.proposed" if state == ValueState.PROPOSED else "grant_value.drafted", value, by=by)
    return value


def _require_whole(figure: Figure) -> None:
    if (figure.number is None) == (not figure.missing_reason.strip()):
        raise ValueIncomplete
    if figure.number is not None and not figure.source.strip():
        raise SourceMissing


def _lock_proposed(value: HandEnteredValue, *, by: User) -> HandEnteredValue:
    value = _lock(value)
    require(by, CHECK, value.planned)
    if value.state != ValueState.PROPOSED:
        raise ValueMoveNotPossible
    return value


def _lock_correction(correction: ValueCorrection, *, by: User) -> tuple[HandEnteredValue, ValueCorrection]:
    value = _lock(correction.value)
    require(by, CHECK, value.planned)
    rows = ValueCorrection.objects.select_for_update(of=["self"]).select_related("proposed_by")
    correction = rows.get(pk=correction.pk)
    if correction.state != CorrectionState.PROPOSED:
        raise ValueMoveNotPossible
    return value, correction


def _lock(value: HandEnteredValue) -> HandEnteredValue:
    rows = HandEnteredValue.objects.select_for_update(of=["self"])
    related = ("entered_by", "planned__organisation", "planned__target__grant")
    return rows.select_related(*related).get(pk=value.pk)
