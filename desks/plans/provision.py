"""Services are asked for, offered, accepted or declined, given and ended: at every stage, urgent help first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.code_lists import Answer
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords, TracingBlocked
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.models import today
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, seal_words
from desks.desk.states import Service
from desks.plans.casework import ServiceRow, ServiceStep
from desks.plans.code_lists import GoalKind, ProviderKind, ServiceBasis
from desks.plans.errors import BasisLacks, OutOfOrder, ReturnNotPlanned
from desks.plans.gates import has_agreed_plan
from desks.plans.models import Goal
from desks.plans.states import OPEN_SERVICES, SERVICE_MOVES, GoalState, PlanState, ServiceState
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desks.cases.models import Case
    from partners.directory.models import Country

# The day on which each state was reached stands in a column of its own.
DAY_OF = {
    ServiceState.OFFERED: "offered_on",
    ServiceState.ACCEPTED: "answered_on",
    ServiceState.DECLINED: "answered_on",
    ServiceState.PROVIDED: "provided_on",
    ServiceState.ENDED: "ended_on",
}
DAYS = ("requested_on", *dict.fromkeys(DAY_OF.values()))
NEEDS_WORDS = frozenset({ServiceState.ACCEPTED, ServiceState.DECLINED})


@dataclass(frozen=True)
class ServiceFacts:
    """Which service is asked for, of whom, since when and until when."""

    service: Service
    country: Country
    provider_kind: ProviderKind
    requested_on: date
    due_on: date | None = None
    basis: ServiceBasis | None = None


@transaction.atomic
def add_service(case: Case, facts: ServiceFacts, words: Mapping[str, str], *, by: Actor) -> ServiceRow:
    """Write down a service that is asked for. `words`: who gives it, what for, and why it may be given.

    Raises:
        TracingBlocked: nobody looks for a family of which a member may be involved.
        InTheFuture, OutOfOrder: a day does not fit.
    """
    case = lock_running_case(case, by=by)
    if facts.service == Service.FAMILY_TRACING and case.family_may_be_involved != Answer.NO:
        raise TracingBlocked
    if facts.requested_on > today():
        raise InTheFuture
    if facts.due_on is not None and facts.due_on < facts.requested_on:
        raise OutOfOrder
    envelope = seal_words(case, words, CasePurpose.SERVICE, by=by)
    row = ServiceRow(case=case, envelope=envelope, service=facts.service, country=facts.country)
    row.provider_kind, row.basis, row.author = facts.provider_kind, facts.basis or "", account_of(by)
    row.requested_on, row.due_on = facts.requested_on, facts.due_on
    save_stamped(row)
    save_case(case)
    add_entry(case, EntryKind.SERVICE, by=by, code=ServiceState.REQUESTED)
    record("case.service_added", case, by=by, service=str(facts.service))
    return row


@transaction.atomic
def move_service(
    row: ServiceRow,
    state: ServiceState,
    words: Mapping[str, str],
    *,
    day: date,
    basis: ServiceBasis | None = None,
    helpful: Answer | None = None,
    by: Actor,
) -> ServiceRow:
    """A service is offered, accepted, declined, given or ended. `words`: by whom and why, or what came of it.

    Raises:
        CaseMoveNotPossible: this does not follow from where it stands.
        InTheFuture, OutOfOrder: the day does not fit.
        NeedsWords: who accepted or declined, and why, is not said.
        BasisLacks: it is to be given, and nothing says why it may be.
        ReturnNotPlanned: no agreed plan returns the child.
    """
    case, row = _lock_service(row, by=by)
    if row.state not in SERVICE_MOVES.get(state, frozenset()):
        raise CaseMoveNotPossible
    _require_day(row, day)
    if state in NEEDS_WORDS and not words.get("text", "").strip():
        raise NeedsWords
    row.basis = basis or row.basis
    if state == ServiceState.PROVIDED:
        _require_permitted(case, row)
    row.state = state
    setattr(row, DAY_OF[state], day)
    row.helpful = helpful or row.helpful
    update_stamped(row, "state", "basis", "helpful", DAY_OF[state])
    _add_step(case, row, words, kind=state, basis=basis, day=day, by=by)
    save_case(case)
    add_entry(case, EntryKind.SERVICE, by=by, code=state)
    record("case.service_moved", case, by=by, service=row.service, state=str(state))
    return row


@transaction.atomic
def record_basis(row: ServiceRow, basis: ServiceBasis, words: Mapping[str, str], *, day: date, by: Actor) -> ServiceRow:
    """Record the consent to a service, or another basis. `words`: who consented and how, or which decision it is.

    Raises:
        CaseMoveNotPossible: the service was declined or has ended.
        InTheFuture: the day has not come.
        NeedsWords: nothing says who consented, or why the service may be given.
    """
    case, row = _lock_service(row, by=by)
    if row.state not in OPEN_SERVICES:
        raise CaseMoveNotPossible
    if day > today():
        raise InTheFuture
    if not words.get("text", "").strip():
        raise NeedsWords
    row.basis = basis
    update_stamped(row, "basis")
    _add_step(case, row, words, kind=None, basis=basis, day=day, by=by)
    save_case(case)
    record("case.service_basis", case, by=by, service=row.service, basis=str(basis))
    return row


def _lock_service(row: ServiceRow, *, by: Actor) -> tuple[Case, ServiceRow]:
    case = lock_running_case(row.case, by=by)
    return case, lock_row(row, case)


def _require_day(row: ServiceRow, day: date) -> None:
    if day > today():
        raise InTheFuture
    if any(earlier and day < earlier for earlier in (getattr(row, name) for name in DAYS)):
        raise OutOfOrder


def _require_permitted(case: Case, row: ServiceRow) -> None:
    if not row.basis:
        raise BasisLacks
    if row.service == Service.FAMILY_TRACING and case.family_may_be_involved != Answer.NO:
        raise TracingBlocked
    goals = Goal.objects.filter(
        plan__case=case, plan__state=PlanState.AGREED, kind=GoalKind.SAFE_RETURN, state=GoalState.OPEN
    )
    if row.service == Service.SAFE_RETURN and not (has_agreed_plan(case) and goals.exists()):
        raise ReturnNotPlanned


def _add_step(
    case: Case,
    row: ServiceRow,
    words: Mapping[str, str],
    *,
    kind: ServiceState | None,
    basis: ServiceBasis | None,
    day: date,
    by: Actor,
) -> None:
    spoken = {name: value for name, value in words.items() if value}
    envelope = seal_words(case, spoken, CasePurpose.SERVICE, by=by) if spoken else None
    step = ServiceStep(case=case, service=row, envelope=envelope, kind=kind or "", basis=basis or "", happened_on=day)
    step.author = account_of(by)
    save_stamped(step)
