"""The database computes until when a plan is agreed, a review is held and a service is there; each is told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from desks.cases import actions as cases_actions
from desks.cases import closures, escalations
from desks.cases.code_lists import TaskKind
from desks.cases.models import Case, today
from desks.cases.states import CaseMove, EntryKind, Stage
from desks.cases.timeline import add_entry, write_task
from desks.plans import reviews
from desks.plans.code_lists import ReviewKind
from desks.plans.states import WAITING_SERVICES, ServiceState
from desks.reports.states import Risk
from tests.desks.cases.case_desks import CaseDesk, again, end_first_clock
from tests.desks.plans.plan_desks import add_service, agreed, approved, move, review
from victor.mail.models import Message as Mail
from victor.todo.models import OpenItem

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(MONDAY)
    return here


@pytest.fixture
def case(here) -> Case:
    return here.case()


def enter(here: CaseDesk, case: Case, stage: Stage) -> Case:
    """The case moves to a stage, with the row of its timeline that says when."""
    Case.objects.filter(pk=case.pk).update(stage=stage)
    add_entry(case, EntryKind.STAGE, by=here.anna.person, code=stage)
    return again(case)


def due(case: Case, kind: str) -> datetime | None:
    """When a clock of a case runs out."""
    clock = case.clocks.filter(kind=kind).first()
    return clock.due_at if clock else None


def test_plan_is_due_two_weeks_after_the_assessment(here, case):
    enter(here, case, Stage.ASSESSED)
    assert due(case, "plan") == MONDAY + timedelta(days=14)


@pytest.mark.parametrize("make", [approved, agreed])
def test_plan_that_is_agreed_stops_its_clock(here, case, make):
    enter(here, case, Stage.ASSESSED)
    make(here, case)
    assert (due(case, "plan") is None) is (make is agreed)


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.ASSESSED, Stage.PLANNED, Stage.CLOSED}))
def test_plan_has_no_clock_at_other_stages(here, case, stage):
    enter(here, case, Stage.ASSESSED)
    Case.objects.filter(pk=case.pk).update(stage=stage)
    assert due(case, "plan") is None


def test_review_is_due_three_months_after_the_support_began(here, case):
    enter(here, case, Stage.IN_SUPPORT)
    assert due(case, "review") == datetime(2027, 2, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize(("risk", "days"), [(Risk.HIGH, 30), (Risk.DANGER, 7)])
def test_review_is_due_sooner_once_the_risk_is_high(here, case, at, risk, days):
    enter(here, case, Stage.IN_SUPPORT)
    later = MONDAY + timedelta(days=3)
    at(later)
    cases_actions.set_risk(case, risk, "Seen again", by=here.anna.person)
    assert due(case, "review") == later + timedelta(days=days)


def test_review_that_took_place_starts_the_next_three_months(here, case, at):
    enter(here, case, Stage.IN_SUPPORT)
    at(MONDAY + timedelta(days=31))
    review(case, by=here.anna.person)
    assert due(case, "review") == datetime(2027, 3, 31, 12, tzinfo=UTC)


def test_review_that_is_planned_earlier_is_due_on_its_day(here, case):
    enter(here, case, Stage.IN_SUPPORT)
    reviews.plan_review(case, ReviewKind.RISK, planned_on=today() + timedelta(days=5), by=here.anna.person)
    assert due(case, "review") == datetime(2026, 12, 5, 12, tzinfo=UTC)


def test_review_that_is_planned_late_moves_no_due_time(here, case, at):
    enter(here, case, Stage.IN_SUPPORT)
    at(MONDAY + timedelta(days=60))
    reviews.plan_review(case, ReviewKind.REGULAR, planned_on=today() + timedelta(days=80), by=here.anna.person)
    assert due(case, "review") == datetime(2027, 2, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.IN_SUPPORT, Stage.CLOSED}))
def test_review_has_no_clock_at_other_stages(here, case, stage):
    enter(here, case, Stage.IN_SUPPORT)
    Case.objects.filter(pk=case.pk).update(stage=stage)
    assert due(case, "review") is None


def test_review_stands_among_the_tasks_two_weeks_before_its_day(here, case):
    enter(here, case, Stage.IN_SUPPORT)
    [item] = OpenItem.objects.filter(kind="desks.case_clock", facts__kind="review")
    assert item.since == MONDAY
    assert item.due_at - item.opens_at == timedelta(days=14)


def test_move_to_support_starts_the_clock_of_the_review(here, case):
    Case.objects.filter(pk=case.pk).update(stage=Stage.PLANNED)
    agreed(here, case)
    closures.move_case(case, CaseMove.SUPPORT, by=here.anna.person)
    assert due(case, "review") == datetime(2027, 2, 28, 9, tzinfo=UTC)


@pytest.mark.parametrize("state", sorted(set(ServiceState) - {ServiceState.REQUESTED}))
def test_service_is_due_until_it_is_there_or_over(here, case, state):
    row = add_service(case, by=here.anna.person, due_on=today() + timedelta(days=3))
    before = due(case, "service")
    move(row, state, by=here.anna.person, basis="consent")
    assert before == datetime(2026, 12, 3, 12, tzinfo=UTC)
    assert (due(case, "service") is not None) is (state in WAITING_SERVICES)


def test_service_that_is_late_is_told_to_the_worker_once(here, case, at):
    add_service(case, by=here.anna.person, due_on=today() + timedelta(days=1))
    case.clocks.exclude(kind="service").delete()
    at(MONDAY + timedelta(days=2))
    assert [escalations.escalate_cases() for _sweep in range(2)] == [1, 0]
    assert list(Mail.objects.values_list("recipient", flat=True)) == [here.anna.person.email]


@pytest.mark.parametrize(("days", "number"), [(80, 0), (160, 1)])
def test_case_with_a_follow_up_within_ninety_days_is_not_quiet(here, case, at, days, number):
    write_task(case, "x", due_at=timezone.now() + timedelta(days=days), kind=TaskKind.FOLLOW_UP, by=here.anna.person)
    end_first_clock(case)
    at(MONDAY + timedelta(days=61))
    assert list(Case.objects.quiet(today())) == [case] * number


@pytest.mark.parametrize("days", [None, 80])
def test_case_with_a_review_that_is_planned_is_not_quiet(here, case, at, days):
    if days:
        planned_on = today() + timedelta(days=days)
        reviews.plan_review(case, ReviewKind.REGULAR, planned_on=planned_on, by=here.anna.person)
    end_first_clock(case)
    at(MONDAY + timedelta(days=61))
    assert escalations.escalate_cases() == (0 if days else 1)
