"""Questions about personal keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from victor.accounts.models import User


class PersonalKeyQuerySet(models.QuerySet):
    """What can be asked of people's vaults."""

    def in_use(self) -> Self:
        """Keys that were not set aside after a forgotten passphrase."""
        return self.filter(set_aside_at=None)


class PasskeyLockQuerySet(models.QuerySet):
    """What can be asked of the passkeys that open vaults."""

    def visible_to(self, user: User) -> Self:
        """Those that open the person's own vault, with the key that is in use."""
        return self.filter(personal__user=user, personal__set_aside_at=None)
