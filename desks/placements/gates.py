"""What moves and outcomes of a case need: a place where the child stays, and a missing report that was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from desks.cases.gates import COMES_FIRST, Requirement, declare_requirement, meets_outcome
from desks.cases.states import CaseMove
from desks.placements.models import CheckIn, MissingReport, Placement
from desks.placements.states import PASSING_KINDS, MissingState

if TYPE_CHECKING:
    from desks.cases.models import Case


def is_placement_stable(case: Case) -> bool:
    """Whether the child has a place that lasts, the watch is over, and the child is not missing."""
    places = Placement.objects.current().filter(case=case, watch_until__lte=timezone.now())
    if not places.exclude(kind__in=sorted(PASSING_KINDS)).exists():
        return False
    is_watched = CheckIn.objects.due().filter(case=case).exists()
    return not is_watched and not MissingReport.objects.running().filter(case=case).exists()


def is_reported_missing(case: Case) -> bool:
    """Whether the child is missing, and the police was told."""
    return MissingReport.objects.filter(case=case, state=MissingState.REPORTED).exists()


declare_requirement(
    Requirement(
        name="placement_stable",
        move=CaseMove.FOLLOW_UP,
        words=COMES_FIRST[CaseMove.FOLLOW_UP]["placement_stable"],
        section="places",
        anchor="place",
        check=is_placement_stable,
    )
)
meets_outcome("missing_report", is_reported_missing)
