"""Services, plans and follow-ups are counted from facts that lead to no case: as the rows say, counted by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desks.cases import closures
from desks.cases.casework import Task
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import Answer, ClosureOutcome, ClosureReason
from desks.cases.models import Case, TimelineEntry, today
from desks.cases.states import CaseMove, Stage
from desks.desk.states import Service
from desks.facts.actions import facts_of
from desks.facts.indicators import CLOSED_CASES
from desks.plans.code_lists import FollowUpResult, ServiceBasis
from desks.plans.indicators import CASE_SERVICES, LETTERS, SERVICES
from desks.plans.reviews import record_follow_up
from desks.plans.states import ServiceState
from desks.retention.indicators import DeskPeriod
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.endings.closed_cases import ADULT
from tests.desks.plans.plan_desks import add_service, agreed, move, provided, review
from victor.indicators.declarations import Cells, Indicator

pytestmark = pytest.mark.django_db
IN_ORDER = (
    "information counselling psychological_support needs_risk_assessment accompaniment shelter_referral material_aid "
    "medical_care legal_aid guardian_request interpretation documents_status family_tracing safe_return "
    "education_training referral_other"
)


@pytest.fixture
def case(here) -> Case:
    return here.case(**ADULT)


def count(indicator: Indicator, here: CaseDesk) -> Cells:
    return indicator.count(DeskPeriod.of_months([here.desk.pk], today() - timedelta(days=400), today()))


def test_services_keep_their_place_and_states_their_letter():
    assert [service.value for service in SERVICES] == IN_ORDER.split()
    assert set(LETTERS) == set(ServiceState)
    assert len(set(LETTERS.values())) == len(LETTERS)


def test_services_are_counted_once_a_child_by_the_state_that_is_furthest(here, case):
    by = here.anna.person
    provided(case, by=by)
    add_service(case, by=by)
    move(add_service(case, Service.MEDICAL_CARE, by=by), ServiceState.OFFERED, by=by)
    move(add_service(here.case(), by=by), ServiceState.PROVIDED, by=by, basis=ServiceBasis.CONSENT)
    assert count(CASE_SERVICES, here) == {("legal_aid", "provided"): 2, ("medical_care", "offered"): 1}


def test_service_that_ends_is_counted_so_at_once(here, case):
    row = provided(case, by=here.anna.person)
    move(row, ServiceState.ENDED, by=here.anna.person)
    assert count(CASE_SERVICES, here) == {("legal_aid", "ended"): 1}


def test_case_without_a_service_is_counted_as_none(here, case):
    assert facts_of(case).services == ""
    assert count(CASE_SERVICES, here) == {}


@pytest.mark.parametrize(("days", "step"), [(13, "in_time"), (16, "late")])
def test_plan_is_agreed_in_time_within_two_weeks_of_the_assessment(here, case, at, days, step):
    Case.objects.filter(pk=case.pk).update(stage=Stage.ASSESSED)
    TimelineEntry.objects.create(case=case, kind="stage", code="assessed", author=here.anna.person)
    at(case.opened_at + timedelta(days=days))
    agreed(here, again(case))
    assert facts_of(case).plan_step == step


@pytest.mark.parametrize(
    ("risk", "days", "step"),
    [("low", 80, "all"), ("low", 100, "some_late"), ("high", 29, "all"), ("high", 32, "some_late")],
)
def test_reviews_are_in_time_by_the_risk_of_the_case(here, case, at, risk, days, step):
    assert facts_of(case).review_step == ""
    Case.objects.filter(pk=case.pk).update(stage=Stage.IN_SUPPORT)
    for kind, code in (("stage", "in_support"), ("risk", risk)):
        TimelineEntry.objects.create(case=case, kind=kind, code=code, author=here.anna.person)
    at(case.opened_at + timedelta(days=days))
    review(again(case), by=here.anna.person)
    assert facts_of(case).review_step == step


def test_review_after_a_late_one_does_not_make_up_for_it(here, case, at):
    Case.objects.filter(pk=case.pk).update(stage=Stage.IN_SUPPORT)
    TimelineEntry.objects.create(case=case, kind="stage", code="in_support", author=here.anna.person)
    for days in (120, 130):
        at(case.opened_at + timedelta(days=days))
        review(again(case), by=here.anna.person)
    assert facts_of(case).review_step == "some_late"


def close(here: CaseDesk, case: Case) -> Case:
    """Two people close the case, with follow-ups after six and twelve months."""
    facts = ClosureFacts(ClosureOutcome.FAMILY_REUNITED, ClosureReason.GOALS)
    request = closures.ask_to_move(case, CaseMove.CLOSE, {"text": "At home"}, closure=facts, by=here.anna.person)
    closures.approve_move(request, by=here.chief.person)
    return again(case)


def follow_up(here: CaseDesk, case: Case, safe: Answer, at) -> None:
    """Somebody looks after the child when the next follow-up is due."""
    task = Task.objects.filter(case=case, state="open").earliest("due_at")
    at(task.due_at)
    record_follow_up(task, FollowUpResult.SEEN, "Well", safe=safe, done_on=today(), by=here.anna.person)


def test_follow_ups_are_counted_after_six_and_twelve_months(here, case, at):
    case = close(here, case)
    seen = [count(CLOSED_CASES, here)]
    for safe in (Answer.YES, Answer.NO):
        follow_up(here, case, safe, at)
        seen.append(count(CLOSED_CASES, here))
    answers = [("", ""), ("yes", ""), ("yes", "no")]
    assert seen == [{("family_reunited", *safe): 1} for safe in answers]
