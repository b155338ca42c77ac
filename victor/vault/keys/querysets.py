"""Questions about personal keys."""

from __future__ import annotations

from typing import Self

from django.db import models


class PersonalKeyQuerySet(models.QuerySet):
    """What can be asked of people's vaults."""

    def in_use(self) -> Self:
        """Keys that were not set aside after a forgotten passphrase."""
        return self.filter(set_aside_at=None)
