"""Who works on a case and who leads it. A row is never deleted: who ends gets an end.

Only somebody who can open the case is given it. Assigning moves no clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.code_lists import AssignmentReason, AssignmentRole
from desks.cases.errors import CaseMoveNotPossible, NeedsWords
from desks.cases.locks import (
    lock_case,
    lock_running_case,
    lock_supervised_case,
    lock_worked_case,
    require_able,
    save_case,
)
from desks.cases.models import Assignment, Case
from desks.cases.states import EntryKind
from desks.cases.timeline import add_entry, language_of
from desks.desk.querysets import colleagues
from partners.memberships.states import Role
from victor.access import Actor, account_of, require
from victor.audit.actions import record

if TYPE_CHECKING:
    from victor.accounts.models import User


def leads_of(case: Case) -> list[User]:
    """Who leads a case: the person named, else the supervisors of its desk who may open it."""
    if case.lead is not None and case.lead.is_active:
        return [case.lead]
    supervisors = colleagues(case.desk, Role.SUPERVISOR)
    if case.restricted_group is not None:
        supervisors = supervisors.filter(vault_groups__group=case.restricted_group)
    return list(supervisors)


def begin_assignment(case: Case, role: AssignmentRole, person: User, why: AssignmentReason) -> None:
    """Let somebody work on a locked case, or lead it. Whoever did before ends."""
    _end_assignment(case, role, why)
    Assignment.objects.create(case=case, role=role, person=person, why=why)
    setattr(case, role, person)
    if role == AssignmentRole.WORKER:
        case.unassigned_at = None
    save_case(case, str(role), "unassigned_at")


@transaction.atomic
def assign_case(case: Case, to: User, *, by: Actor) -> Case:
    """A supervisor gives a case to somebody.

    Raises:
        NotAKeyHolder: that person could not open it.
    """
    case = lock_supervised_case(case, by=by)
    return _give(case, to, AssignmentReason.ASSIGNED, by=by)


@transaction.atomic
def take_case(case: Case, *, by: User) -> Case:
    """Take a case that has no worker.

    Raises:
        CaseMoveNotPossible: it has one.
    """
    case = lock_running_case(case, by=by)
    if case.worker_id is not None:
        raise CaseMoveNotPossible
    return _give(case, by, AssignmentReason.TAKEN, by=by)


@transaction.atomic
def hand_over_case(case: Case, to: User, words: str, *, by: Actor) -> Case:
    """The worker of a case, or a supervisor, gives it to a colleague, with words for them.

    Raises:
        PermissionDenied: somebody else's case is not theirs to give.
        NeedsWords: nothing is written for the colleague.
        NotAKeyHolder: the colleague could not open it.
    """
    case = lock_worked_case(case, by=by)
    if case.worker_id is None or case.worker != account_of(by):
        require(by, "desks.supervise_case", case)
    if not words.strip():
        raise NeedsWords
    return _give(case, to, AssignmentReason.HANDED_OVER, words=words, by=by)


@transaction.atomic
def name_lead(case: Case, lead: User, *, by: Actor) -> Case:
    """A supervisor names the supervisor who leads a case.

    Raises:
        NotAKeyHolder: that person could not open it, or supervises nothing here.
    """
    case = lock_supervised_case(case, by=by)
    require_able(case, lead)
    require(lead, "desks.supervise_case", case)
    begin_assignment(case, AssignmentRole.LEAD, lead, AssignmentReason.ASSIGNED)
    add_entry(case, EntryKind.ASSIGNED, by=by, code=AssignmentRole.LEAD, concerned=lead)
    record("case.lead_named", case, by=by, to=lead.pk)
    return case


def _give(case: Case, to: User, why: AssignmentReason, *, words: str = "", by: Actor) -> Case:
    if not case.is_running:
        raise CaseMoveNotPossible
    require_able(case, to)
    if case.worker == to:
        return case
    begin_assignment(case, AssignmentRole.WORKER, to, why)
    language = language_of(by, case) if words else ""
    add_entry(case, EntryKind.ASSIGNED, by=by, code=why, concerned=to, text=words, language=language)
    record("case.assigned", case, by=by, to=to.pk, why=str(why))
    return case


@transaction.atomic
def release_case(case: Case, person: User, *, by: Actor) -> bool:
    """End what somebody does for a case, because they have left. An open case then stands under "without worker".

    Returns whether there was anything to end.
    """
    case = lock_case(case)
    roles = [role for role in AssignmentRole if getattr(case, f"{role}_id") == person.pk]
    for role in roles:
        _end_assignment(case, role, AssignmentReason.LEFT)
        setattr(case, role, None)
    if AssignmentRole.WORKER in roles:
        case.unassigned_at = timezone.now()
    if roles:
        save_case(case, *map(str, roles), "unassigned_at")
        add_entry(case, EntryKind.LEFT, by=by, concerned=person)
        record("case.without_worker", case, by=by, person=person.pk, roles=" ".join(roles))
    return bool(roles)


def _end_assignment(case: Case, role: AssignmentRole, why: AssignmentReason) -> None:
    Assignment.objects.filter(case=case, role=role, until=None).update(until=timezone.now(), ended_why=why)
