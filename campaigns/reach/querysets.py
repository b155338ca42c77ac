"""Queries of activities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Sum

from partners.memberships.rules import coordinates, working_organisations_of

if TYPE_CHECKING:
    from victor.accounts.models import User


class ActivityQuerySet(models.QuerySet):
    """Queries of activities."""

    def visible_to(self, user: User) -> Self:
        """All activities for those who work in the portal, none for anybody else."""
        return self.all() if coordinates(user) or working_organisations_of(user) else self.none()

    def for_listing(self) -> Self:
        """The newest first, with organisation and country."""
        return self.select_related("organisation", "country").order_by("-date", "-pk")

    def sums_by(self, *fields: str) -> dict[tuple[object, ...], int]:
        """The sums of the figures by the values of these fields. `measure` must be among them."""
        rows = self.order_by(*fields).values_list(*fields).annotate(sum=Sum("number"))
        return {row[:-1]: row[-1] for row in rows}
