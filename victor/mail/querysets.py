from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from victor.mail.states import State


class MessageQuerySet(models.QuerySet):
    """What can be asked of the outbox."""

    def due(self) -> Self:
        """Waiting, and not before its next try; the longest waiting first."""
        return self.filter(state=State.QUEUED, due_at__lte=timezone.now()).order_by("due_at", "pk")

    def sent_before(self, days: int) -> Self:
        """Sent more than so many days ago."""
        return self.filter(state=State.SENT, sent_at__lt=timezone.now() - timedelta(days=days))
