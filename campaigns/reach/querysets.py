from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Sum

from partners.memberships.rules import coordinates, organisations_of


class ActivityQuerySet(models.QuerySet):
    """What can be asked of activities."""

    def visible_to(self, user: Any) -> Self:
        """All for partner staff, none for anybody else."""
        return self.all() if coordinates(user) or organisations_of(user) else self.none()

    def for_listing(self) -> Self:
        """The newest first, with all that a row shows in one query."""
        return self.select_related("organisation", "country").order_by("-date", "-pk")

    def sums_by(self, *fields: str) -> dict[tuple[Any, ...], int]:
        """The sums of the figures, by the values of these fields; `measure` belongs among them."""
        rows = self.order_by(*fields).values_list(*fields).annotate(sum=Sum("number"))
        return {row[:-1]: row[-1] for row in rows}
