"""Questions about groups and recoveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.utils import timezone

from victor.vault.groups.states import OPEN_STATES

if TYPE_CHECKING:
    from victor.accounts.models import User

# Of a share: neither officer has set the key aside to which it is sealed.
KEYS_IN_USE = {"first__key__personal__set_aside_at": None, "second__key__personal__set_aside_at": None}


class GroupQuerySet(models.QuerySet):
    """What can be asked of groups."""

    def visible_to(self, user: User) -> Self:
        """Groups of which the person is a member or an officer."""
        belonging = models.Q(members__user=user) | models.Q(officers__user=user)
        return self.filter(pk__in=self.model._base_manager.filter(belonging).values("pk"))

    def for_overview(self) -> Self:
        """With the number of members, and of records that wait for the new key, and as `with_recovery`."""
        waiting = models.Count("rotations__waiting", distinct=True)
        return self.with_recovery().annotate(people=models.Count("members", distinct=True), waiting=waiting)

    def with_recovery(self) -> Self:
        """With whether access can be restored: see `Group.is_recoverable`."""
        shares = apps.get_model("vault.RecoveryShare")._default_manager
        fitting = shares.filter(group=models.OuterRef("pk"), key=models.OuterRef("key"), **KEYS_IN_USE)
        return self.annotate(has_recovery=models.Exists(fitting))


class RecoveryRequestQuerySet(models.QuerySet):
    """What can be asked of recoveries."""

    def open(self) -> Self:
        """Neither over nor expired."""
        return self.filter(state__in=OPEN_STATES, expires_at__gt=timezone.now())

    def for_officer(self, user: User) -> Self:
        """Requests that this officer can act on: not their own, and not those that they have confirmed."""
        return self.open().filter(group__officers__user=user).exclude(user=user).exclude(first=user)

    def visible_to(self, user: User) -> Self:
        """The person's own requests, and those of groups where the person is an officer."""
        return self.filter(models.Q(user=user) | models.Q(group__officers__user=user)).distinct()
