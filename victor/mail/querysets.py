from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from victor.mail.states import MessageState


class MessageQuerySet(models.QuerySet):
    """What can be asked of the outbox."""

    def due(self) -> Self:
        """Waiting, and not before its next try; the longest waiting first."""
        return self.filter(state=MessageState.QUEUED, due_at__lte=timezone.now()).order_by("due_at", "pk")

    def given_up(self) -> Self:
        """Not to be tried again unless somebody says so."""
        return self.filter(state=MessageState.FAILED).exclude(recipient="")

    def settled_before(self, days: int) -> Self:
        """Sent, or given up, more than so many days ago."""
        then = timezone.now() - timedelta(days=days)
        return self.filter(
            models.Q(state=MessageState.SENT, sent_at__lt=then) | models.Q(state=MessageState.FAILED, due_at__lt=then)
        )
