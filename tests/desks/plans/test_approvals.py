"""A plan takes a supervisor who has not written it, then the child and the guardian."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from desks.assessments.states import AssessmentKind
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords, NotTheAsker
from desks.cases.models import Case, today
from desks.cases.states import EntryKind, GuardianState, Stage
from desks.plans import approvals
from desks.plans.approvals import SignatureFacts
from desks.plans.code_lists import ANSWERS_OF, NEEDS_REASON, AnswerWay, PlanAnswer, SignerRole
from desks.plans.errors import AnswerNotPossible, ReturnLacks
from desks.plans.models import Plan
from desks.plans.states import GoalState, PlanState
from tests.desks.plans.plan_desks import (
    a_return,
    agreed,
    approved,
    ask,
    determined,
    draft,
    sign,
    with_guardian,
)

pytestmark = pytest.mark.django_db
CHILD, GUARDIAN = SignerRole.CHILD, SignerRole.GUARDIAN
YES, NO = PlanAnswer.AGREES, PlanAnswer.DISAGREES


@pytest.fixture
def case(here) -> Case:
    return here.case()


def state_of(plan: Plan) -> str:
    """Where a plan stands now."""
    return Plan.objects.get(pk=plan.pk).state


def test_approve_by_another_supervisor(here, case):
    plan = approved(here, case)
    assert plan.state == PlanState.APPROVED
    assert plan.approver == here.chief.person
    assert case.timeline.filter(kind=EntryKind.PLAN, code="approved").exists()


def test_approve_by_a_worker_is_refused(here, case):
    with pytest.raises(PermissionDenied):
        approvals.approve_plan(ask(case, by=here.anna.person), by=here.ben.person)


def test_approve_by_whoever_asked_is_refused(here, case):
    plan = ask(case, by=here.chief.person)
    with pytest.raises(NotTheAsker):
        approvals.approve_plan(plan, by=here.chief.person)
    assert state_of(plan) == PlanState.ASKED


def test_approve_by_whoever_wrote_an_earlier_draft_of_it_is_refused(here, case):
    seen = draft(case, by=here.chief.person).envelope_id
    plan = ask(case, by=here.anna.person, seen=seen)
    with pytest.raises(NotTheAsker):
        approvals.approve_plan(plan, by=here.chief.person)


def test_approve_twice_is_refused(here, case):
    plan = approved(here, case)
    with pytest.raises(CaseMoveNotPossible):
        approvals.approve_plan(plan, by=here.boss.person)


def test_approve_in_a_closed_case_is_refused(here, case):
    plan = ask(case, by=here.anna.person)
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    with pytest.raises(CaseMoveNotPossible):
        approvals.approve_plan(plan, by=here.chief.person)


def test_approve_a_return_whose_determination_is_replaced_is_refused(here, case):
    determined(here, case)
    plan = ask(case, by=here.anna.person, text=a_return())
    case.assessments.filter(kind=AssessmentKind.BID).delete()
    with pytest.raises(ReturnLacks, match="determination"):
        approvals.approve_plan(plan, by=here.chief.person)


def test_give_back_says_why_and_leaves_a_version(here, case):
    plan = approvals.give_back_plan(ask(case, by=here.anna.person), "The school is missing", by=here.chief.person)
    assert plan.state == PlanState.RETURNED
    assert case.timeline.filter(kind=EntryKind.PLAN, code="returned", envelope__isnull=False).exists()


def test_give_back_without_a_reason_is_refused(here, case):
    with pytest.raises(NeedsWords):
        approvals.give_back_plan(ask(case, by=here.anna.person), " ", by=here.chief.person)


def test_plan_is_agreed_once_the_child_and_the_guardian_agree(here, case):
    plan = approved(here, case)
    sign(plan, CHILD, YES, by=here.anna.person)
    before = state_of(plan)
    sign(plan, GUARDIAN, YES, by=here.anna.person)
    assert before == PlanState.APPROVED
    assert state_of(plan) == PlanState.AGREED


@pytest.mark.parametrize(
    ("answer", "state"),
    [(YES, "agreed"), (PlanAnswer.PARTLY, "agreed"), (PlanAnswer.TOO_YOUNG, "agreed"), (NO, "approved")],
)
def test_answer_of_the_child_decides(here, case, answer, state):
    plan = approved(here, case)
    sign(plan, GUARDIAN, YES, by=here.anna.person)
    sign(plan, CHILD, answer, by=here.anna.person)
    assert state_of(plan) == state


@pytest.mark.parametrize("state", GuardianState)
def test_request_for_a_guardian_counts_until_there_is_one(here, case, state):
    plan = approved(here, case)
    Case.objects.filter(pk=case.pk).update(guardian_state=state)
    sign(plan, CHILD, YES, by=here.anna.person)
    assert (state_of(plan) == PlanState.AGREED) is (state == GuardianState.REQUESTED)


def test_guardian_who_refuses_later_ends_the_agreement(here, case):
    plan = approved(here, with_guardian(here, case))
    sign(plan, CHILD, YES, by=here.anna.person)
    sign(plan, GUARDIAN, NO, by=here.anna.person)
    plan.refresh_from_db()
    assert plan.state == PlanState.APPROVED
    assert plan.agreed_on is None


@pytest.mark.parametrize("role", sorted(set(SignerRole) - {CHILD, GUARDIAN}))
def test_further_signer_alone_agrees_nothing(here, case, role):
    plan = approved(here, case)
    sign(plan, role, YES, by=here.anna.person)
    assert state_of(plan) == PlanState.APPROVED


def test_next_version_replaces_the_agreed_one_when_it_is_agreed_itself(here, case):
    first, second = agreed(here, case), approved(here, case)
    before = state_of(first)
    for role in (CHILD, GUARDIAN):
        sign(second, role, YES, by=here.anna.person)
    assert before == "agreed"
    assert state_of(first) == "superseded"
    assert state_of(second) == "agreed"


@pytest.mark.parametrize("role", SignerRole)
def test_answer_that_does_not_fit_the_person_is_refused(here, case, role):
    plan = approved(here, case)
    for answer in set(PlanAnswer) - set(ANSWERS_OF[role]):
        with pytest.raises(AnswerNotPossible):
            sign(plan, role, answer, by=here.anna.person)


@pytest.mark.parametrize("answer", sorted(NEEDS_REASON))
def test_answer_but_a_plain_yes_needs_its_reason(here, case, answer):
    plan = approved(here, case)
    with pytest.raises(NeedsWords):
        sign(plan, CHILD, answer, by=here.anna.person, text=" ")


def test_answer_of_a_day_to_come_is_refused(here, case):
    facts = SignatureFacts(CHILD, YES, AnswerWay.PAPER, today() + timedelta(days=1))
    with pytest.raises(InTheFuture):
        approvals.record_signature(approved(here, case), facts, {}, by=here.anna.person)


def test_answer_to_a_plan_that_is_not_approved_is_refused(here, case):
    with pytest.raises(CaseMoveNotPossible):
        sign(ask(case, by=here.anna.person), CHILD, YES, by=here.anna.person)


@pytest.mark.parametrize("state", sorted(set(GoalState) - {GoalState.OPEN}))
def test_end_goal_says_what_became_of_it(here, case, state):
    goal = agreed(here, case).goals.get()
    approvals.end_goal(goal, state, "She moved", ended_on=today(), by=here.anna.person)
    goal.refresh_from_db()
    assert goal.state == state
    assert goal.ended_on == today()
    assert case.timeline.filter(kind=EntryKind.GOAL, code=state).exists()


@pytest.mark.parametrize("state", [GoalState.CHANGED, GoalState.DROPPED])
def test_end_goal_that_was_not_reached_needs_its_reason(here, case, state):
    goal = agreed(here, case).goals.get()
    with pytest.raises(NeedsWords):
        approvals.end_goal(goal, state, "", ended_on=today(), by=here.anna.person)


def test_end_goal_twice_is_refused(here, case):
    goal = agreed(here, case).goals.get()
    approvals.end_goal(goal, GoalState.REACHED, "", ended_on=today(), by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        approvals.end_goal(goal, GoalState.DROPPED, "No", ended_on=today(), by=here.anna.person)


def test_end_goal_of_a_draft_is_refused(here, case):
    goal = draft(case, by=here.anna.person).goals.get()
    with pytest.raises(CaseMoveNotPossible):
        approvals.end_goal(goal, GoalState.REACHED, "", ended_on=today(), by=here.anna.person)
