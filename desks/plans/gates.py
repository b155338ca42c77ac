"""What moves of a case need of its plan, its services and its reviews."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desks.cases.gates import COMES_FIRST, Requirement, declare_requirement
from desks.cases.models import today
from desks.cases.states import CaseMove, GuardianState
from desks.plans.casework import Review, ServiceRow
from desks.plans.clocks import FRESH_DAYS
from desks.plans.code_lists import CHILD_AGREES, PlanAnswer, SignerRole
from desks.plans.models import Goal, Plan
from desks.plans.states import CURRENT_STATES, PlanState

if TYPE_CHECKING:
    from desks.cases.models import Case


def has_goal(case: Case) -> bool:
    """Whether the plan, or its draft, has a goal with its kind and its day."""
    states = sorted(CURRENT_STATES | {PlanState.DRAFT})
    goals = Goal.objects.filter(plan__case=case, plan__state__in=states, planned_on__isnull=False)
    return goals.exclude(kind="").exists()


def has_agreed_plan(case: Case) -> bool:
    """Whether a plan is approved, and the child and the guardian of today agree."""
    plan = Plan.objects.filter(case=case, state=PlanState.AGREED).first()
    return plan is not None and is_agreed_by_all(case, plan)


def is_agreed_by_all(case: Case, plan: Plan) -> bool:
    """Whether the last answers are an agreement. A request for a guardian counts until there is one."""
    answers = {signature.role: signature.answer for signature in plan.signatures.order_by("made_at", "pk")}
    guardian = answers.get(SignerRole.GUARDIAN, PlanAnswer.NOT_YET)
    waits = guardian == PlanAnswer.NOT_YET and case.guardian_state == GuardianState.REQUESTED
    return answers.get(SignerRole.CHILD) in CHILD_AGREES and (guardian == PlanAnswer.AGREES or waits)


def is_each_service_allowed(case: Case) -> bool:
    """Whether there is consent or another basis for each open service."""
    return not ServiceRow.objects.filter(case=case).without_basis().exists()


def has_no_open_service(case: Case) -> bool:
    """Whether each service was declined or has ended."""
    return not ServiceRow.objects.filter(case=case).open().exists()


def is_reviewed(case: Case) -> bool:
    """Whether a review took place in the last 30 days."""
    return Review.objects.filter(case=case).held_since(today() - timedelta(days=FRESH_DAYS)).exists()


for name, move, section, anchor, check in (
    ("goal", CaseMove.PLAN, "plan", "plan", has_goal),
    ("plan_agreed", CaseMove.SUPPORT, "plan", "plan", has_agreed_plan),
    ("services_consent", CaseMove.SUPPORT, "services", "services", is_each_service_allowed),
    ("services_ended", CaseMove.FOLLOW_UP, "services", "services", has_no_open_service),
    ("review", CaseMove.FOLLOW_UP, "plan", "reviews", is_reviewed),
):
    declare_requirement(Requirement(name, move, COMES_FIRST[move][name], section, anchor, check))
