"""What the gates of a case ask of its assessments."""

from __future__ import annotations

import pytest

from desks.assessments import approvals
from desks.assessments.states import AssessmentKind
from desks.cases.code_lists import ClosureOutcome
from desks.cases.gates import gate_of, is_possible_outcome
from desks.cases.models import Case
from desks.cases.states import CaseMove
from tests.desks.assessments.assessment_desks import draft, finish

pytestmark = pytest.mark.django_db
RISK, NEEDS, BIA, BID = AssessmentKind
NAMES = {"risk_assessment", "best_interests", "child_view"}


@pytest.fixture
def case(here) -> Case:
    return here.case()


def met(case: Case) -> set[str]:
    """The requirements of assessments that a case meets."""
    gates = [gate_of(case, move) for move in (CaseMove.ASSESS, CaseMove.PLAN)]
    return {needed.name for gate in gates for needed, is_met in gate.requirements if is_met} & NAMES


def test_case_without_assessments_meets_none(case):
    assert met(case) == set()


@pytest.mark.parametrize("kind", AssessmentKind)
def test_draft_meets_none(here, case, kind):
    draft(case, kind, by=here.anna.person)
    assert met(case) == set()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (RISK, {"risk_assessment"}),
        (NEEDS, {"child_view"}),
        (BIA, {"best_interests", "child_view"}),
        (BID, {"child_view"}),
    ],
)
def test_signed_assessment_meets_what_it_is_for(here, case, kind, names):
    finish(case, kind, by=here.anna.person)
    assert met(case) == names


def test_later_version_meets_it_too(here, case):
    for _number in range(2):
        finish(case, BIA, by=here.anna.person)
    assert "best_interests" in met(case)


def test_outcome_of_a_long_stay_needs_an_approved_determination(here, case):
    row = finish(case, BID, by=here.anna.person)
    before = is_possible_outcome(case, ClosureOutcome.RESIDENTIAL_CARE)
    approvals.approve_assessment(row, by=here.chief.person)
    assert not before
    assert is_possible_outcome(case, ClosureOutcome.RESIDENTIAL_CARE)
