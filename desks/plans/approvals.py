"""A plan is approved by a supervisor who has not written it, then agreed by the child and the guardian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords, NotTheAsker
from desks.cases.locks import lock_row, lock_running_case, lock_supervised_case, save_case
from desks.cases.models import today
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, language_of, seal_words
from desks.plans.actions import supersede
from desks.plans.code_lists import ANSWERS_OF, NEEDS_REASON, AnswerWay, GoalKind, PlanAnswer, SignerRole
from desks.plans.completeness import recorded_lacks
from desks.plans.errors import AnswerNotPossible, ReturnLacks
from desks.plans.gates import is_agreed_by_all
from desks.plans.models import Goal, Plan, PlanSignature
from desks.plans.states import VALID_STATES, GoalState, PlanState
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desks.cases.models import Case


@dataclass(frozen=True)
class SignatureFacts:
    """Who says what of a plan, how and when."""

    role: SignerRole
    answer: PlanAnswer
    way: AnswerWay
    signed_on: date


@transaction.atomic
def approve_plan(plan: Plan, *, by: Actor) -> Plan:
    """A supervisor who has written no word of it agrees. A plan that was agreed before stays until this one is.

    Raises:
        CaseMoveNotPossible: it does not wait, or the desk no longer works on the case.
        NotTheAsker: whoever has written a plan does not approve it.
        ReturnLacks: it plans a return, and what protects the child is no longer there.
    """
    case, plan = _lock_asked(plan, by=by)
    if plan.goals.filter(kind=GoalKind.SAFE_RETURN).exists() and (lacking := recorded_lacks(case)):
        raise ReturnLacks([], [need.words for need in lacking])
    supersede(plan, PlanState.ASKED, PlanState.RETURNED, PlanState.APPROVED)
    plan.state, plan.approver = PlanState.APPROVED, account_of(by)
    update_stamped(plan, "state", "approver")
    save_case(case)
    add_entry(case, EntryKind.PLAN, by=by, code=PlanState.APPROVED)
    record("case.plan_approved", case, by=by, version=plan.version, asked_by=plan.author_id)
    return plan


@transaction.atomic
def give_back_plan(plan: Plan, words: str, *, by: Actor) -> Plan:
    """The supervisor does not agree, and says why. The next version begins with this text.

    Raises:
        CaseMoveNotPossible, NotTheAsker: as above.
        NeedsWords: there is no reason.
    """
    case, plan = _lock_asked(plan, by=by)
    if not words.strip():
        raise NeedsWords
    plan.state = PlanState.RETURNED
    update_stamped(plan, "state")
    save_case(case)
    add_entry(case, EntryKind.PLAN, by=by, code=PlanState.RETURNED, text=words, language=language_of(by, case))
    record("case.plan_returned", case, by=by, version=plan.version)
    return plan


@transaction.atomic
def record_signature(plan: Plan, facts: SignatureFacts, words: Mapping[str, str], *, by: Actor) -> PlanSignature:
    """Somebody says whether they agree. Once the child and the guardian do, the plan is agreed; a later no ends that.

    Raises:
        CaseMoveNotPossible: the plan is not approved, or a later one has replaced it.
        AnswerNotPossible: the answer does not fit the person.
        InTheFuture: the day has not come.
        NeedsWords: anything but a plain yes or "not yet" needs its reason.
    """
    case, plan = _lock_valid(plan, by=by)
    if facts.answer not in ANSWERS_OF[facts.role]:
        raise AnswerNotPossible
    if facts.signed_on > today():
        raise InTheFuture
    if facts.answer in NEEDS_REASON and not words.get("text", "").strip():
        raise NeedsWords
    envelope = seal_words(case, words, CasePurpose.PLAN, by=by)
    row = PlanSignature(case=case, plan=plan, envelope=envelope, role=facts.role, answer=facts.answer, way=facts.way)
    row.signed_on, row.author = facts.signed_on, account_of(by)
    save_stamped(row)
    _settle_agreement(case, plan, facts.signed_on, by=by)
    save_case(case)
    record("case.plan_signed", case, by=by, version=plan.version, role=str(facts.role), answer=str(facts.answer))
    return row


@transaction.atomic
def end_goal(goal: Goal, state: GoalState, words: str, *, ended_on: date, by: Actor) -> Goal:
    """A goal of a plan that counts is reached, changed or dropped.

    Raises:
        CaseMoveNotPossible: the plan does not count, or the goal has ended.
        InTheFuture: the day has not come.
        NeedsWords: what was not reached needs its reason.
    """
    case, plan = _lock_valid(goal.plan, by=by)
    goal = lock_row(goal, case, GoalState.OPEN)
    if goal.plan_id != plan.pk or state == GoalState.OPEN:
        raise CaseMoveNotPossible
    if ended_on > today():
        raise InTheFuture
    if state != GoalState.REACHED and not words.strip():
        raise NeedsWords
    goal.state, goal.ended_on = state, ended_on
    update_stamped(goal, "state", "ended_on")
    save_case(case)
    language = language_of(by, case) if words.strip() else ""
    add_entry(case, EntryKind.GOAL, by=by, code=state, text=words, language=language)
    record("case.goal_ended", case, by=by, version=plan.version, number=goal.number, state=str(state))
    return goal


def _settle_agreement(case: Case, plan: Plan, day: date, *, by: Actor) -> None:
    is_agreed = is_agreed_by_all(case, plan)
    if is_agreed == (plan.state == PlanState.AGREED):
        return
    if is_agreed:
        supersede(plan, PlanState.APPROVED, PlanState.AGREED)
    plan.state, plan.agreed_on = (PlanState.AGREED, day) if is_agreed else (PlanState.APPROVED, None)
    update_stamped(plan, "state", "agreed_on")
    add_entry(case, EntryKind.PLAN, by=by, code=plan.state)


def _lock_asked(plan: Plan, *, by: Actor) -> tuple[Case, Plan]:
    case = lock_supervised_case(plan.case, by=by)
    plan = lock_row(plan, case, PlanState.ASKED)
    if not case.is_running:
        raise CaseMoveNotPossible
    account = account_of(by)
    if account is None or plan.author is None or account.pk in {plan.author_id, *plan.writers}:
        raise NotTheAsker
    return case, plan


def _lock_valid(plan: Plan, *, by: Actor) -> tuple[Case, Plan]:
    case = lock_running_case(plan.case, by=by)
    return case, lock_row(plan, case, *VALID_STATES)
