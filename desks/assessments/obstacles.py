"""A signed assessment on which nobody has decided stands in the way of merging a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.assessments.models import Assessment
from desks.assessments.states import AssessmentState
from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from desks.cases.models import Case


@stands_in_the_way(Ending.MERGE)
def waiting_assessments(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """A signed assessment that waits for a supervisor."""
    for row in Assessment.objects.filter(case__in=cases, state=AssessmentState.ASKED):
        yield row.case_id, Obstacle(_("A decision is requested"), "assessments", f"assessment-{row.pk}")
