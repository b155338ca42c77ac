"""Questions about activities and their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from partners.activities.states import DeviationState
from partners.memberships.rules import coordinates, organisations_of

if TYPE_CHECKING:
    from victor.accounts.models import User


class GrantActivityQuerySet(models.QuerySet):
    """Activities of grants."""

    def visible_to(self, user: User) -> Self:
        """All for whoever works for a partner, none for anybody else."""
        return self.all() if coordinates(user) or organisations_of(user) else self.none()

    def for_listing(self) -> Self:
        """By work package and code, with how much evidence there is and how many deviations wait."""
        waiting = Count("deviations", filter=Q(deviations__state=DeviationState.PROPOSED), distinct=True)
        rows = self.select_related("package__grant", "organisation", "country", "deviation")
        return rows.annotate(proofs=Count("evidence", distinct=True), waiting=waiting).order_by("package__code", "code")


class EvidenceQuerySet(models.QuerySet):
    """Evidence of activities."""

    def visible_to(self, user: User) -> Self:
        """All for coordinators; for whoever works for a partner what is not restricted."""
        if coordinates(user):
            return self.all()
        return self.filter(is_restricted=False) if organisations_of(user) else self.none()
