from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils import timezone

from victor.vault.groups.states import OPEN_STATES


class GroupQuerySet(models.QuerySet):
    """What can be asked of groups."""

    def visible_to(self, user: Any) -> Self:
        """Those to which the person belongs, as a member or as an officer."""
        belonging = models.Q(members__user=user) | models.Q(officers__user=user)
        return self.filter(pk__in=self.model._base_manager.filter(belonging).values("pk"))

    def for_overview(self) -> Self:
        """With the number of members, and of records that wait to be sealed anew."""
        waiting = models.Count("rotations__waiting", distinct=True)
        return self.annotate(people=models.Count("members", distinct=True), waiting=waiting)


class RecoveryRequestQuerySet(models.QuerySet):
    """What can be asked of recoveries."""

    def open(self) -> Self:
        """Under way, and not expired."""
        return self.filter(state__in=OPEN_STATES, expires_at__gt=timezone.now())

    def for_officer(self, user: Any) -> Self:
        """Those that wait for this officer: neither their own, nor those that they have confirmed."""
        return self.open().filter(group__officers__user=user).exclude(user=user).exclude(first=user)

    def visible_to(self, user: Any) -> Self:
        """One's own, and those of groups where one is an officer."""
        return self.filter(models.Q(user=user) | models.Q(group__officers__user=user)).distinct()
