"""What can be asked of places, check-ins and missing reports."""

from __future__ import annotations

from typing import Self

from django.db import models

from desks.cases.states import BlockState
from desks.placements.states import MISSING_STATES, CheckInState


class PlacementQuerySet(models.QuerySet):
    """Where a child lives, and lived."""

    def current(self) -> Self:
        """Where the child lives now: one place at most in a case."""
        return self.filter(until=None)


class PlacementTextQuerySet(models.QuerySet):
    """What is written of places."""

    def saved(self) -> Self:
        """Those that count or counted, the newest first."""
        return self.filter(state=BlockState.SAVED).order_by("-number")

    def seconds(self) -> Self:
        """Those that wait for a choice."""
        return self.filter(state=BlockState.DRAFT)


class CheckInQuerySet(models.QuerySet):
    """Looks at whether the child is there."""

    def due(self) -> Self:
        """Those that somebody still has to do."""
        return self.filter(state=CheckInState.DUE)


class MissingReportQuerySet(models.QuerySet):
    """Times at which a child was missing."""

    def running(self) -> Self:
        """Those of a child who is not back: one at most in a case."""
        return self.filter(state__in=sorted(MISSING_STATES))
