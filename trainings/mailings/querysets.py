"""Queries of mailings and their recipients."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from trainings.mailings.states import MailKind
from victor.mail.states import MessageState


class MailingQuerySet(models.QuerySet):
    """Queries of mailings."""

    def going_out(self) -> Self:
        """Released mailings of which some emails are not queued yet."""
        return self.filter(Exists(self._recipients().filter(queued_at=None)), released_at__isnull=False)

    def unreleased_changes(self) -> Self:
        """Mailings about a change of the schedule that are neither released nor discarded."""
        return self.filter(kind=MailKind.CHANGE, released_at=None)

    def with_progress(self) -> Self:
        """Each with the number of its recipients, and how many of these are waiting, sent and failed."""
        failed = _failed_condition("recipients__")
        waits = Q(recipients__queued_at=None) | Q(recipients__message__state=MessageState.QUEUED)
        return self.annotate(
            recipient_count=Count("recipients"),
            waiting=Count("recipients", filter=waits),
            failed=Count("recipients", filter=failed),
            sent=F("recipient_count") - F("waiting") - F("failed"),
        ).order_by("-pk")

    def _recipients(self) -> models.QuerySet:
        rows: Any = apps.get_model("trainings", "Recipient").objects
        return rows.filter(mailing=OuterRef("pk"))


class RecipientQuerySet(models.QuerySet):
    """Queries of the recipients of mailings."""

    def due(self) -> Self:
        """Recipients whose email is not queued yet."""
        return self.filter(queued_at=None).order_by("pk")

    def failed(self) -> Self:
        """Recipients who could not be reached. They are tried again only on request."""
        return self.filter(_failed_condition()).select_related("registration", "message").order_by("pk")

    def note_failures(self) -> int:
        """Store why the outbox could not reach recipients, because it deletes this. Return how many are noted."""
        self.filter(message__state=MessageState.SENT).exclude(failure="").update(failure="")
        rows: Any = apps.get_model("mail", "Message").objects
        failure = Subquery(rows.filter(pk=OuterRef("message")).values("failure")[:1])
        return self.filter(message__state=MessageState.FAILED, failure="").update(failure=failure)


def _failed_condition(recipient: str = "") -> Q:
    """Failed: as the outbox says while it has the email, or as noted once it has not."""
    noted = {f"{recipient}message": None, f"{recipient}failure__gt": ""}
    return Q(**{f"{recipient}message__state": MessageState.FAILED}) | Q(**noted)
