"""Questions about the outbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from victor.mail.states import MessageState


class MessageQuerySet(models.QuerySet):
    """Messages of the outbox."""

    def due(self) -> Self:
        """Messages to be sent now, those that wait longest first."""
        return self.filter(state=MessageState.QUEUED, due_at__lte=timezone.now()).order_by("due_at", "pk")

    def given_up(self) -> Self:
        """Messages that are not tried again, unless a coordinator requeues them."""
        return self.filter(state=MessageState.FAILED).exclude(recipient="")

    def undelivered(self) -> Self:
        """Messages that the mail server has refused, or has not accepted so far."""
        return self.filter(state__in=[MessageState.QUEUED, MessageState.FAILED]).exclude(failure="")

    def settled_before(self, days: int) -> Self:
        """Messages that were sent or given up more than `days` days ago."""
        limit = timezone.now() - timedelta(days=days)
        return self.filter(
            models.Q(state=MessageState.SENT, sent_at__lt=limit) | models.Q(state=MessageState.FAILED, due_at__lt=limit)
        )
