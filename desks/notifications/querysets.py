"""What can be asked of notifications."""

from __future__ import annotations

from typing import Self

from django.db import models

from desks.notifications.states import WAITING_STATES


class NotificationQuerySet(models.QuerySet):
    """Authorities that have to be told of a child."""

    def waiting(self) -> Self:
        """Those that are neither told nor excused."""
        return self.filter(state__in=sorted(WAITING_STATES))
