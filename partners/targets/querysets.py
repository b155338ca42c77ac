"""Questions about periods and about what is planned for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from django.db import models
from django.db.models import F
from django.utils import timezone

from partners.memberships.rules import coordinates, organisations_of
from partners.targets.states import PeriodState

if TYPE_CHECKING:
    from partners.targets.models import Period
    from victor.accounts.models import User


class PeriodQuerySet(models.QuerySet):
    """Periods of grants."""

    def latest_begun(self) -> Period | None:
        """The open one that has begun first; else the last that has begun, else the first."""
        begun = self.filter(first_on__lte=timezone.localdate())
        candidates = (begun.filter(state=PeriodState.OPEN).first(), begun.last(), self.first())
        return cast("Period | None", next((period for period in candidates if period is not None), None))


class PlannedValueQuerySet(models.QuerySet):
    """What is planned for periods."""

    def visible_to(self, user: User) -> Self:
        """All for whoever works for a partner, none for anybody else."""
        return self.all() if coordinates(user) or organisations_of(user) else self.none()

    def entered_by_hand(self) -> Self:
        """Those whose values people enter."""
        return self.filter(target__indicator="", organisation__isnull=False)

    def for_listing(self) -> Self:
        """In the order of the indicators and organisations, with all that a page names."""
        rows = self.select_related("target__grant", "period", "organisation__country", "owner")
        return rows.order_by("target__position", "target", F("organisation__position").asc(nulls_first=True), "pk")
