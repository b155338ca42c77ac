"""What the gates of a case ask of its plan, its services and its reviews: each condition, met and missing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desks.cases import closures
from desks.cases.errors import RequirementsLack
from desks.cases.gates import REQUIREMENTS, gate_of
from desks.cases.models import Case, today
from desks.cases.states import CaseMove, GuardianState, Stage
from desks.plans.code_lists import PlanAnswer, ServiceBasis, SignerRole
from desks.plans.completeness import GoalText, PlanText
from desks.plans.states import ServiceState
from tests.desks.cases.case_desks import again
from tests.desks.plans.plan_desks import (
    add_service,
    agreed,
    approved,
    ask,
    draft,
    move,
    provided,
    review,
    sign,
    with_guardian,
)

pytestmark = pytest.mark.django_db
MOVES = {
    "goal": CaseMove.PLAN,
    "plan_agreed": CaseMove.SUPPORT,
    "services_consent": CaseMove.SUPPORT,
    "services_ended": CaseMove.FOLLOW_UP,
    "review": CaseMove.FOLLOW_UP,
}


@pytest.fixture
def case(here) -> Case:
    return here.case()


def is_met(case: Case, name: str) -> bool:
    """Whether a case meets this requirement."""
    gate = gate_of(again(case), MOVES[name])
    return next(met for requirement, met in gate.requirements if requirement.name == name)


@pytest.mark.parametrize("name", MOVES)
def test_requirement_belongs_to_its_move(name):
    assert REQUIREMENTS[name].move == MOVES[name]


def test_case_without_a_plan_has_no_goal(case):
    assert not is_met(case, "goal")


@pytest.mark.parametrize("write", [draft, ask])
def test_goal_of_a_plan_is_enough_to_plan(here, case, write):
    write(case, by=here.anna.person)
    assert is_met(case, "goal")


def test_goal_without_kind_and_day_is_not_enough(here, case):
    draft(case, by=here.anna.person, text=PlanText({}, [GoalText("", None, {"objective": "School"})]))
    assert not is_met(case, "goal")


def test_goal_of_a_second_text_is_not_enough(here, case):
    draft(case, by=here.anna.person, text=PlanText({"remarks": "Begun"}))
    draft(case, by=here.ben.person)
    assert not is_met(case, "goal")


@pytest.mark.parametrize(("make", "met"), [(approved, False), (agreed, True)])
def test_support_needs_a_plan_that_is_agreed(here, case, make, met):
    make(here, case)
    assert is_met(case, "plan_agreed") is met


def test_support_needs_the_guardian_who_was_appointed_after_the_plan_was_agreed(here, case):
    plan = approved(here, with_guardian(here, case))
    sign(plan, SignerRole.CHILD, PlanAnswer.AGREES, by=here.anna.person)
    before = is_met(case, "plan_agreed")
    with_guardian(here, case, GuardianState.APPOINTED)
    asked = is_met(case, "plan_agreed")
    sign(plan, SignerRole.GUARDIAN, PlanAnswer.AGREES, by=here.anna.person)
    assert before
    assert not asked
    assert is_met(case, "plan_agreed")


@pytest.mark.parametrize("basis", [None, *ServiceBasis])
def test_support_needs_a_basis_for_each_service(here, case, basis):
    add_service(case, by=here.anna.person, basis=ServiceBasis.CONSENT)
    add_service(case, by=here.anna.person, basis=basis)
    assert is_met(case, "services_consent") is (basis is not None)


@pytest.mark.parametrize("state", [ServiceState.DECLINED, ServiceState.ENDED])
def test_support_needs_no_basis_for_a_service_that_is_over(here, case, state):
    move(add_service(case, by=here.anna.person), state, by=here.anna.person)
    assert is_met(case, "services_consent")


def test_follow_up_needs_services_that_are_over(here, case):
    row = provided(case, by=here.anna.person)
    before = is_met(case, "services_ended")
    move(row, ServiceState.ENDED, by=here.anna.person)
    assert not before
    assert is_met(case, "services_ended")


@pytest.mark.parametrize(("days", "met"), [(0, True), (30, True), (31, False)])
def test_follow_up_needs_a_review_of_the_last_thirty_days(here, case, days, met):
    review(case, by=here.anna.person, held_on=today() - timedelta(days=days))
    assert is_met(case, "review") is met


def test_follow_up_needs_a_review(case):
    assert not is_met(case, "review")


def test_move_to_support_names_what_lacks(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.PLANNED)
    add_service(case, by=here.anna.person)
    with pytest.raises(RequirementsLack) as refusal:
        closures.move_case(case, CaseMove.SUPPORT, by=here.anna.person)
    assert {requirement.name for requirement in refusal.value.lacking} == {"plan_agreed", "services_consent"}


def test_move_to_support_with_everything(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.PLANNED)
    agreed(here, case)
    add_service(case, by=here.anna.person, basis=ServiceBasis.CONSENT)
    closures.move_case(case, CaseMove.SUPPORT, by=here.anna.person)
    assert again(case).stage == Stage.IN_SUPPORT
