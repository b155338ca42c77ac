"""Questions about the funder's notices and about grants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.memberships.rules import coordinates, organisations_of

if TYPE_CHECKING:
    from victor.accounts.models import User


class FunderNoticeQuerySet(models.QuerySet):
    """Funder's notices."""

    def in_force(self) -> Self:
        """Notices that are in force today, the newest first."""
        today = timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today).order_by("-valid_from")


class GrantQuerySet(models.QuerySet):
    """Grants."""

    def visible_to(self, user: User) -> Self:
        """All for whoever works for a partner, none for anybody else."""
        return self.all() if coordinates(user) or organisations_of(user) else self.none()

    def for_listing(self) -> Self:
        """The newest first, with who keeps the accounts."""
        return self.select_related("accounts_keeper").order_by("-pk")
