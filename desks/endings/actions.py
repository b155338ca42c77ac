"""Closed cases are deleted on their day. Holds prevent it, warnings announce it, and a record proves it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from desks.cases.code_lists import ClosureOutcome
from desks.cases.locks import lock_case
from desks.cases.merges import lock_absorbed
from desks.cases.models import Case
from desks.cases.obstacles import Ending, obstacles_to
from desks.cases.states import Stage
from desks.desk.models import Desk
from desks.desk.querysets import colleagues
from desks.endings.deletion_dates import ruling_of, set_deletion_date
from desks.endings.errors import CaseNotDue, CaseObstructed
from desks.endings.models import CaseDeletionRecord, CaseDeletionWarning
from desks.endings.querysets import announced, due_until, outcome_of
from desks.reports import emails as reports_emails
from desks.retention.actions import DeletionCounts
from desks.retention.models import RetentionRule
from desks.retention.periods import NOTICE_PERIOD, due_warnings
from partners.memberships.states import Role
from victor.access import Actor, System, require
from victor.audit.actions import record
from victor.stored_names import stored_reference
from victor.vault.errors import Unopenable
from victor.vault.groups.actions import dissolve_group
from victor.vault.groups.locks import lock_group
from victor.vault.keys.models import Key
from victor.vault.records.actions import destroy_record

if TYPE_CHECKING:
    from uuid import UUID

CLOCK = System("clock")
READABLE_AFTER_TRANSFER = timedelta(days=30)


class Ended(NamedTuple):
    """How and when a case was closed, and the day of its deletion."""

    outcome: str
    closed: date
    due: date


# Asked of higher slices: what is forgotten, or loses its way back, in the transaction that deletes a case.
BEFORE_DELETION: list[Callable[[Case], object]] = []


def before_deletion(act: Callable[[Case], object]) -> Callable[[Case], object]:
    """Do this before a case is deleted, in the same transaction."""
    BEFORE_DELETION.append(act)
    return act


def warn_of_case_deletions() -> int:
    """Warn supervisors thirty days, seven and one before a deletion; return for how many cases a warning is new."""
    today = timezone.localdate()
    desks = Desk.objects.filter(pk__in=announced(today).values("desk")).order_by("pk")
    return sum(_warn_supervisors(desk, today) for desk in desks)


def _warn_supervisors(desk: Desk, today: date) -> int:
    """Note every warning that is due, and send one mail to each supervisor, however many there are."""
    alerts = reports_emails.compose_alerts(colleagues(desk, Role.SUPERVISOR))
    with transaction.atomic():
        cases = announced(today).filter(desk=desk).select_for_update(of=["self"]).order_by("pk")
        warned = [(case, day) for case in cases if (day := case.erase_on) and _warn(case, day, today)]
        for alert in alerts.values() if warned else ():
            alert.send()
        for case, day in warned:
            record("case.erasure_near", case, by=CLOCK, days=(day - today).days)
    return len(warned)


def _warn(case: Case, day: date, today: date) -> bool:
    """Note the warnings of a case that are due; whether one is new."""
    saved = [
        CaseDeletionWarning.objects.get_or_create(case=case, day=day, step=step) for step in due_warnings(day, today)
    ]
    return any(is_new for _warning, is_new in saved)


def erase_due_cases() -> DeletionCounts:
    """Delete what is due, each in a transaction of its own; what is obstructed gets thirty days more."""
    due = due_until(timezone.localdate()).order_by("erase_on", "pk")
    results = [_erase_or_postpone(pk) for pk in list(due.values_list("pk", flat=True))]
    return DeletionCounts(erased=results.count(True), postponed=results.count(False))


@transaction.atomic
def _erase_or_postpone(pk: UUID) -> bool | None:
    """Whether it was deleted; None where somebody was faster, its day has moved, or its row was altered."""
    try:
        erase_case(Case(pk=pk), by=CLOCK)
    except (Case.DoesNotExist, CaseNotDue, Unopenable):
        return None
    except CaseObstructed:
        _postpone(pk)
        return False
    return True


def _postpone(pk: UUID) -> None:
    today = timezone.localdate()
    until = today + NOTICE_PERIOD
    if Case.objects.filter(pk=pk, erase_on__lte=today).update(erase_on=until):
        record("case.kept", Case(pk=pk), by=CLOCK, until=until.isoformat())


@transaction.atomic
def erase_case(case: Case, *, by: Actor) -> CaseDeletionRecord:
    """Delete a closed case whose day has come: its rows, its key and with it every word, its files and blind tokens.

    Raises:
        CaseNotDue: it runs, the law holds it, or its day has not come.
        CaseObstructed: something stands in the way.
        Unopenable: somebody has altered its row in the database.
    """
    parts = lock_absorbed(case)
    case = lock_case(case)
    require(by, "desks.supervise_case", case)
    if case.stage != Stage.CLOSED or case.hold:
        raise CaseNotDue
    if obstacles := obstacles_to(Ending.DELETE, case):
        raise CaseObstructed(obstacles)
    day = set_deletion_date(case)
    if day is None or day > timezone.localdate():
        raise CaseNotDue
    ending = Ended(outcome_of(case), timezone.localdate(case.closed_at), day)
    group = lock_group(case.restricted_group) if case.restricted_group else None
    for part in parts:  # what was merged with it goes with it
        _destroy(part, ending, by=by)
    proof = _destroy(case, ending, by=by)
    if group is not None and not group.restricted_cases.exists():
        dissolve_group(group, by=by)
    return proof


@transaction.atomic
def erase_transferred_case(case: Case, *, by: Actor) -> CaseDeletionRecord:
    """Delete a case that another desk has taken over, thirty days later. What proves it stays.

    Raises:
        CaseNotDue: it was not transferred, the law holds it, or the days have not passed.
        Unopenable: somebody has altered its row in the database.
    """
    parts = lock_absorbed(case)
    case = lock_case(case)
    require(by, "desks.supervise_case", case)
    if case.stage != Stage.TRANSFERRED or case.hold or case.closed_at is None:
        raise CaseNotDue
    day = timezone.localdate(case.closed_at) + READABLE_AFTER_TRANSFER
    if day > timezone.localdate():
        raise CaseNotDue
    ending = Ended(ClosureOutcome.TRANSFERRED, timezone.localdate(case.closed_at), day)
    for part in parts:
        _destroy(part, ending, by=by)
    group = lock_group(case.restricted_group) if case.restricted_group else None
    proof = _destroy(case, ending, by=by)
    if group is not None and not group.restricted_cases.exists():
        dissolve_group(group, by=by)
    return proof


def erase_transferred_cases() -> int:
    """Delete those whose days have passed, each in a transaction of its own; return how many there were."""
    limit = timezone.now() - READABLE_AFTER_TRANSFER
    count = 0
    for pk in Case.objects.filter(stage=Stage.TRANSFERRED, closed_at__lte=limit).values_list("pk", flat=True):
        with suppress(Case.DoesNotExist, CaseNotDue, Unopenable):
            erase_transferred_case(Case(pk=pk), by=CLOCK)
            count += 1
    return count


def _destroy(case: Case, ending: Ended, *, by: Actor) -> CaseDeletionRecord:
    """Everything at once. The files go when all the rest is certain."""
    key = Key.objects.select_for_update().get(pk=case.key_id)  # nothing is added to it from here on
    proof = _prove(case, key, ending)
    for act in BEFORE_DELETION:
        act(case)
    reference = stored_reference(case)
    case.delete()
    record("case.erased", reference, by=by, proof=proof.pk, envelopes=proof.envelopes, files=proof.files)
    destroy_record(key, by=by)
    return proof


def _prove(case: Case, key: Key, ending: Ended) -> CaseDeletionRecord:
    return CaseDeletionRecord.objects.create(
        reference=case.reference,
        desk=case.desk,
        opened=timezone.localdate(case.opened_at).replace(day=1),
        closed=ending.closed.replace(day=1),
        outcome=ending.outcome,
        rule=ruling_of(case, ending.outcome, RetentionRule.objects.approved()).rule,
        due=ending.due,
        envelopes=key.envelopes.count(),
        files=key.files.count(),
    )
