"""What can be asked of assessments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from desks.assessments.states import CURRENT_STATES, SIGNED_STATES, AssessmentState

if TYPE_CHECKING:
    from desks.assessments.states import AssessmentKind


class AssessmentQuerySet(models.QuerySet):
    """Versions of assessments."""

    def signed(self) -> Self:
        """Those that are finished: nobody changes them."""
        return self.filter(state__in=sorted(SIGNED_STATES))

    def current(self) -> Self:
        """Those that no later one has replaced."""
        return self.filter(state__in=sorted(CURRENT_STATES))

    def draft_of(self, kind: AssessmentKind) -> Self:
        """What is being written: one at most in a case."""
        return self.filter(kind=kind, state=AssessmentState.DRAFT)

    def seconds_of(self, kind: AssessmentKind) -> Self:
        """Texts that wait for a choice."""
        return self.filter(kind=kind, state=AssessmentState.SECOND)
