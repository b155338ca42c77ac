from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from partners.memberships.rules import organisations_of

if TYPE_CHECKING:
    from victor.accounts.models import User

WAITING = timedelta(hours=24)


class CaseImportQuerySet(models.QuerySet):
    """Questions about files that wait until somebody confirms them."""

    def visible_to(self, user: User) -> Self:
        """Those that a supervisor has brought to the own desks within a day; nobody sees those of others."""
        led = organisations_of(user, supervising=True)
        return self.filter(author=user, desk__organisation__in=led, made_at__gt=timezone.now() - WAITING)

    def expired(self) -> Self:
        """Those whose day has passed."""
        return self.filter(made_at__lte=timezone.now() - WAITING)
