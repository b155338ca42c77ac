"""Whether the first steps of a case were in time is counted as it was settled, and stays so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.assessments.states import AssessmentKind
from desks.cases import decisions, guardians
from desks.cases.code_lists import Phase
from desks.cases.models import Case, today
from desks.cases.states import GuardianState
from desks.facts.actions import facts_of
from desks.facts.indicators import CASES
from desks.reports.states import Risk
from desks.retention.indicators import DeskPeriod
from tests.desks.assessments.assessment_desks import finish
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.notifications.notification_desks import added, presume, send

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def case(here) -> Case:
    return here.case()


def request_guardian(here: CaseDesk, case: Case) -> None:
    guardians.record_guardian(
        case, GuardianState.REQUESTED, {"name": "The court"}, happened_on=today(), by=here.anna.person
    )


def test_first_steps_of_a_new_case_wait_or_are_not_asked_for(case):
    facts = facts_of(case)
    steps = {name: getattr(facts, f"{name}_step") for name in ("risk", "guardian", "notify", "plan")}
    assert steps == {"risk": "open", "guardian": "", "notify": "", "plan": ""}


@pytest.mark.parametrize(("hours", "step"), [(23, "in_time"), (25, "late")])
def test_risk_assessment_is_in_time_within_a_day(here, case, at, hours, step):
    at(case.opened_at + hours * HOUR)
    finish(case, AssessmentKind.RISK, by=here.anna.person, risk=Risk.LOW)
    assert facts_of(case).risk_step == step


@pytest.mark.parametrize(("hours", "step"), [(23, "in_time"), (25, "late")])
def test_guardian_is_requested_in_time_within_a_day_of_presuming(here, case, at, hours, step):
    case = presume(here, case)
    assert facts_of(case).guardian_step == "open"
    at(case.presumed_at + hours * HOUR)
    request_guardian(here, case)
    assert facts_of(case).guardian_step == step


def test_step_that_was_late_stays_late(here, case, at):
    case = presume(here, case)
    at(case.presumed_at + 25 * HOUR)
    request_guardian(here, case)
    Case.objects.filter(pk=case.pk).update(presumed_at=timezone.now())
    at(timezone.now() + HOUR)
    decisions.begin_phase(again(case), Phase.IDENTIFICATION, "Now", by=here.anna.person)
    assert facts_of(case).guardian_step == "late"


@pytest.mark.parametrize(("days", "step"), [(0, "in_time"), (3, "late")])
def test_authority_is_told_in_time_by_the_day_that_was_due(here, case, at, days, step):
    row = added(case, by=here.anna.person)
    assert facts_of(case).notify_step == "open"
    at(row.due_at + timedelta(days=days))
    send(row, by=here.anna.person)
    assert facts_of(case).notify_step == step


def test_first_steps_are_counted_as_rows_by_hand(here, at):
    first, second = here.case(), here.case()
    at(first.opened_at + HOUR)
    finish(first, AssessmentKind.RISK, by=here.anna.person, risk=Risk.LOW)
    presume(here, second)
    scope = DeskPeriod.of_months([here.desk.pk], today(), today())
    notify_step = facts_of(second).notify_step
    steps = sorted(cell[6:10] for cell in CASES.count(scope))
    assert CASES.count_medians(scope) == {"risk_days": 0}
    assert steps == [("in_time", "", "", ""), ("open", "open", notify_step, "")]
    assert CASES.count_parts(scope) == {str(here.desk.pk): CASES.count(scope)}


@pytest.mark.parametrize(("hours", "days"), [(1, 0), (49, 2)])
def test_days_until_the_risk_assessment_stay_as_they_were(here, case, at, hours, days):
    at(case.opened_at + hours * HOUR)
    finish(case, AssessmentKind.RISK, by=here.anna.person, risk=Risk.LOW)
    at(case.opened_at + 99 * HOUR)
    finish(case, AssessmentKind.RISK, by=here.anna.person, risk=Risk.LOW)
    assert facts_of(case).risk_days == days


def test_days_until_authorities_were_told_count_from_the_clock_of_the_desk(here, case, at):
    case = presume(here, case)
    row = added(case, by=here.anna.person)
    at(case.presumed_at + timedelta(days=3))
    send(row, by=here.anna.person)
    assert facts_of(case).notify_days is None or facts_of(case).notify_days == 3
