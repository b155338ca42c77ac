"""What moves of a case need of its assessments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks.assessments.models import Assessment
from desks.assessments.states import HEARS_CHILD, AssessmentKind, AssessmentState
from desks.cases.gates import COMES_FIRST, Requirement, declare_requirement, meets_outcome
from desks.cases.states import CaseMove

if TYPE_CHECKING:
    from desks.cases.models import Case


def has_risk_assessment(case: Case) -> bool:
    """Whether the risk was assessed and signed."""
    return _has_signed(case, AssessmentKind.RISK)


def has_best_interests(case: Case) -> bool:
    """Whether the best interests were assessed and signed."""
    return _has_signed(case, AssessmentKind.BIA)


def is_child_view_recorded(case: Case) -> bool:
    """Whether a signed assessment holds the child's view, or why the child was not asked."""
    return _has_signed(case, *HEARS_CHILD)


def is_determined(case: Case) -> bool:
    """Whether the competent body has determined the best interests, and a supervisor has approved the record."""
    return Assessment.objects.filter(case=case, kind=AssessmentKind.BID, state=AssessmentState.APPROVED).exists()


def _has_signed(case: Case, *kinds: AssessmentKind) -> bool:
    return Assessment.objects.signed().filter(case=case, kind__in=kinds).exists()


for name, move, kind, check in (
    ("risk_assessment", CaseMove.ASSESS, AssessmentKind.RISK, has_risk_assessment),
    ("best_interests", CaseMove.PLAN, AssessmentKind.BIA, has_best_interests),
    ("child_view", CaseMove.PLAN, AssessmentKind.BIA, is_child_view_recorded),
):
    declare_requirement(Requirement(name, move, COMES_FIRST[move][name], "assessments", f"assessment-{kind}", check))
meets_outcome("determination", is_determined)
