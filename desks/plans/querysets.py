"""What can be asked of plans, services and reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from desks.plans.states import CURRENT_STATES, FROZEN_STATES, OPEN_SERVICES, VALID_STATES, PlanState

if TYPE_CHECKING:
    from datetime import date


class PlanQuerySet(models.QuerySet):
    """Versions of plans."""

    def frozen(self) -> Self:
        """Those that nobody changes any more."""
        return self.filter(state__in=sorted(FROZEN_STATES))

    def current(self) -> Self:
        """Those that no later one has replaced."""
        return self.filter(state__in=sorted(CURRENT_STATES))

    def valid(self) -> Self:
        """Those that a supervisor has approved and no later one has replaced."""
        return self.filter(state__in=sorted(VALID_STATES))

    def drafts(self) -> Self:
        """What is being written: one at most in a case."""
        return self.filter(state=PlanState.DRAFT)

    def seconds(self) -> Self:
        """Texts that wait for a choice."""
        return self.filter(state=PlanState.SECOND)


class ServiceQuerySet(models.QuerySet):
    """Services for a child."""

    def open(self) -> Self:
        """Those that are neither declined nor ended."""
        return self.filter(state__in=sorted(OPEN_SERVICES))

    def without_basis(self) -> Self:
        """Those of which nobody has recorded why they may be given."""
        return self.open().filter(basis="")


class ReviewQuerySet(models.QuerySet):
    """Reviews of cases."""

    def planned(self) -> Self:
        """Those that have not taken place: one at most in a case."""
        return self.filter(held_on=None)

    def held_since(self, day: date) -> Self:
        """Those that took place on a day or later."""
        return self.filter(held_on__gte=day)
