"""Questions about values that people have entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from partners.memberships.rules import coordinates, organisations_of

if TYPE_CHECKING:
    from victor.accounts.models import User


class ValueQuerySet(models.QuerySet):
    """Values that people have entered."""

    def visible_to(self, user: User) -> Self:
        """All for whoever works for a partner, none for anybody else."""
        return self.all() if coordinates(user) or organisations_of(user) else self.none()

    def evidence_for(self, user: User) -> Self:
        """Those whose evidence somebody opens: all for coordinators, else those of their organisation."""
        if coordinates(user):
            return self.exclude(file="")
        return self.exclude(file="").filter(planned__organisation__in=organisations_of(user))
