"""Lowering a risk, and a determination, take another supervisor."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from desks.assessments import approvals
from desks.assessments.errors import NotLater
from desks.assessments.models import Assessment
from desks.assessments.states import AssessmentKind
from desks.cases import actions as cases_actions
from desks.cases.errors import CaseMoveNotPossible, NeedsWords, NotTheAsker
from desks.cases.models import Case
from desks.cases.states import EntryKind, Stage
from desks.reports.states import Risk
from tests.desks.assessments.assessment_desks import finish
from tests.desks.cases.case_desks import CaseDesk, again

pytestmark = pytest.mark.django_db
RISK, NEEDS, BIA, BID = AssessmentKind


@pytest.fixture
def case(here) -> Case:
    return here.case()


def lower(here: CaseDesk, case: Case) -> Assessment:
    """Somebody has assessed the risk as lower than it stands."""
    return finish(case, RISK, by=here.anna.person, risk=Risk.LOW)


def test_approve_lowers_the_risk(here, case):
    approvals.approve_assessment(lower(here, case), by=here.chief.person)
    assert again(case).risk == Risk.LOW
    assert case.timeline.filter(kind=EntryKind.RISK, code="low").exists()


def test_approve_by_a_worker_is_refused(here, case):
    with pytest.raises(PermissionDenied):
        approvals.approve_assessment(lower(here, case), by=here.ben.person)


@pytest.mark.parametrize("kind", [RISK, BID])
def test_approve_by_whoever_signed_is_refused(here, case, kind):
    row = finish(case, kind, by=here.chief.person, risk=Risk.LOW if kind == RISK else None)
    with pytest.raises(NotTheAsker):
        approvals.approve_assessment(row, by=here.chief.person)
    assert again(case).risk == Risk.MEDIUM


def test_approve_twice_is_refused(here, case):
    row = lower(here, case)
    approvals.approve_assessment(row, by=here.chief.person)
    with pytest.raises(CaseMoveNotPossible):
        approvals.approve_assessment(row, by=here.boss.person)


def test_approve_what_needs_no_approval_is_refused(here, case):
    row = finish(case, RISK, by=here.anna.person, risk=Risk.HIGH)
    with pytest.raises(CaseMoveNotPossible):
        approvals.approve_assessment(row, by=here.chief.person)


@pytest.mark.parametrize("risk", [Risk.MEDIUM, Risk.DANGER])
def test_approve_after_the_risk_was_set_again_is_refused(here, case, risk):
    row = lower(here, case)
    cases_actions.set_risk(case, risk, "He came back", by=here.ben.person)
    with pytest.raises(NotLater):
        approvals.approve_assessment(row, by=here.chief.person)
    assert again(case).risk == risk


def test_later_assessment_takes_the_place_of_one_that_waits(here, case):
    row = lower(here, case)
    finish(case, RISK, by=here.ben.person, risk=Risk.HIGH)
    with pytest.raises(CaseMoveNotPossible):
        approvals.approve_assessment(row, by=here.chief.person)


def test_approve_in_a_closed_case_is_refused(here, case):
    row = lower(here, case)
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    with pytest.raises(CaseMoveNotPossible):
        approvals.approve_assessment(row, by=here.chief.person)


def test_give_back_leaves_the_risk_and_says_why(here, case):
    row = approvals.give_back_assessment(lower(here, case), "The man was seen", by=here.chief.person)
    assert row.state == "returned"
    assert again(case).risk == Risk.MEDIUM
    assert case.timeline.filter(kind=EntryKind.RETURNED, code="lower_risk").exists()


def test_give_back_without_a_reason_is_refused(here, case):
    with pytest.raises(NeedsWords):
        approvals.give_back_assessment(lower(here, case), " ", by=here.chief.person)


def test_give_back_by_whoever_signed_is_refused(here, case):
    row = finish(case, RISK, by=here.chief.person, risk=Risk.LOW)
    with pytest.raises(NotTheAsker):
        approvals.give_back_assessment(row, "No", by=here.chief.person)


def test_approved_determination_stays_until_the_next_is_approved(here, case):
    first = approvals.approve_assessment(finish(case, BID, by=here.anna.person), by=here.chief.person)
    second = finish(case, BID, by=here.anna.person)
    first.refresh_from_db()
    before = first.state
    approvals.approve_assessment(second, by=here.chief.person)
    first.refresh_from_db()
    assert before == "approved"
    assert first.state == "superseded"
