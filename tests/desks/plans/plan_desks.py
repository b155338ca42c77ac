"""Plans, services and reviews as somebody would have written them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from desks.assessments import approvals as assessments_approvals
from desks.assessments.states import AssessmentKind
from desks.cases import guardians
from desks.cases.models import Case, today
from desks.cases.states import GuardianState
from desks.desk.states import Service
from desks.plans import actions, approvals, provision, reviews
from desks.plans.approvals import SignatureFacts
from desks.plans.casework import Review, ServiceRow
from desks.plans.code_lists import (
    AnswerWay,
    GoalKind,
    PlanAnswer,
    ProviderKind,
    ReviewKind,
    ReviewOutcome,
    ServiceBasis,
    SignerRole,
)
from desks.plans.completeness import GoalText, PlanText
from desks.plans.models import Plan, PlanSignature
from desks.plans.provision import ServiceFacts
from desks.plans.reviews import ReviewFacts
from desks.plans.states import ServiceState
from tests.desks.assessments.assessment_desks import finish
from tests.desks.cases.case_desks import CaseDesk, again
from victor.accounts.models import User

WORDS = {"child_view": "She wants to go to school", "means": "Drawing, with an interpreter"}
GOAL = {
    "objective": "She goes to the school near the shelter",
    "action": "Enrol, and go along on the first days",
    "who": "Eleni, with the guardian",
    "agreement": "She likes the idea",
}
RETURN = {
    "risk_here": "The man was seen twice",
    "risk_there": "Visited by the office in Craiova",
    "receiver": "Child protection office, Craiova",
    "follow_up_first": "2027-06-01",
    "follow_up_last": "2027-12-01",
}
BASIS_WORDS = {"text": "The guardian has signed"}


def a_goal(kind: GoalKind = GoalKind.EDUCATION, **changed: Any) -> GoalText:
    """A goal that is whole."""
    return GoalText(kind, changed.pop("planned_on", today() + timedelta(days=60)), GOAL | changed)


def a_plan(*goals: GoalText, **words: str) -> PlanText:
    """A plan that is whole, with these goals or one for school."""
    return PlanText(WORDS | words, goals or (a_goal(),))


def a_return(**words: str) -> PlanText:
    """A plan that returns the child to another country, with everything that is written for it."""
    return a_plan(a_goal(GoalKind.SAFE_RETURN), **RETURN | words)


def draft(case: Case, *, by: User, seen: Any = None, text: PlanText | None = None) -> Plan:
    """A plan that is being written."""
    return actions.save_plan(case, text or a_plan(), seen=seen, by=by)


def ask(case: Case, *, by: User, seen: Any = None, text: PlanText | None = None) -> Plan:
    """A plan that waits for a supervisor."""
    return actions.request_approval(case, text or a_plan(), seen=seen, by=by)


def approved(here: CaseDesk, case: Case, *, text: PlanText | None = None) -> Plan:
    """A plan that a supervisor has approved."""
    return approvals.approve_plan(ask(case, by=here.anna.person, text=text), by=here.chief.person)


def sign(plan: Plan, role: SignerRole, answer: PlanAnswer, *, by: User, text: str = "As she said") -> PlanSignature:
    """What somebody says of a plan, today."""
    facts = SignatureFacts(role, answer, AnswerWay.SPOKEN, today())
    return approvals.record_signature(plan, facts, {"name": "Ioana", "text": text}, by=by)


def agreed(here: CaseDesk, case: Case, *, text: PlanText | None = None) -> Plan:
    """A plan to which the child and the guardian agree."""
    plan = approved(here, case, text=text)
    for role in (SignerRole.CHILD, SignerRole.GUARDIAN):
        sign(plan, role, PlanAnswer.AGREES, by=here.anna.person)
    plan.refresh_from_db()
    return plan


def with_guardian(here: CaseDesk, case: Case, state: GuardianState = GuardianState.REQUESTED) -> Case:
    """A guardian is asked for, or appointed."""
    given = {"happened_on": today(), "conflict_checked": True, "by": here.anna.person}
    guardians.record_guardian(case, state, {"name": "Court"}, **given)
    return again(case)


def determined(here: CaseDesk, case: Case) -> None:
    """The best interests are assessed, and determined by the body that does."""
    finish(case, AssessmentKind.BIA, by=here.anna.person)
    row = finish(case, AssessmentKind.BID, by=here.anna.person)
    assessments_approvals.approve_assessment(row, by=here.chief.person)


def add_service(case: Case, service: Service = Service.LEGAL_AID, *, by: User, **given: Any) -> ServiceRow:
    """A service that was asked for today."""
    facts = {"requested_on": today(), "country": case.desk.country, "provider_kind": ProviderKind.NGO} | given
    return provision.add_service(case, ServiceFacts(service=service, **facts), {"provider": "Lawyers' bureau"}, by=by)


def move(row: ServiceRow, state: ServiceState, *, by: User, day: date | None = None, **given: Any) -> ServiceRow:
    """A service goes on, today."""
    return provision.move_service(row, state, {"text": "The guardian said so"}, day=day or today(), by=by, **given)


def provided(case: Case, *, by: User) -> ServiceRow:
    """A service that is given, with consent."""
    return move(add_service(case, by=by), ServiceState.PROVIDED, by=by, basis=ServiceBasis.CONSENT)


def review(case: Case, *, by: User, held_on: date | None = None, next_on: date | None = None, **words: str) -> Review:
    """A review that took place, by default today."""
    facts = ReviewFacts(ReviewKind.REGULAR, ReviewOutcome.GOES_ON, held_on or today(), next_on)
    spoken = {"findings": "School goes well", "child_view": "She sleeps better"} | words
    return reviews.record_review(case, facts, spoken, by=by)
