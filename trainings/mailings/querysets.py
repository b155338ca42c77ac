from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from trainings.mailings.states import MailKind
from victor.mail.states import MessageState as Sent


class MailingQuerySet(models.QuerySet):
    """What can be asked of mailings."""

    def going_out(self) -> Self:
        """Released, and not all of it is out."""
        return self.filter(Exists(self._recipients().filter(queued_at=None)), released_at__isnull=False)

    def untold(self) -> Self:
        """Prepared because hours or a place have changed, and neither released nor thrown away."""
        return self.filter(kind=MailKind.CHANGE, released_at=None)

    def with_progress(self) -> Self:
        """Each with how many it goes to, and how many of these wait, are out, and could not be reached."""
        failed = _failed_condition("recipients__")
        waits = Q(recipients__queued_at=None) | Q(recipients__message__state=Sent.QUEUED)
        return self.annotate(
            addressed=Count("recipients"),
            waiting=Count("recipients", filter=waits),
            failed=Count("recipients", filter=failed),
            sent=F("addressed") - F("waiting") - F("failed"),
        ).order_by("-pk")

    def _recipients(self) -> models.QuerySet:
        rows: Any = self.model._meta.get_field("recipients").related_model._default_manager
        return rows.filter(mailing=OuterRef("pk"))


class RecipientQuerySet(models.QuerySet):
    """What can be asked of those a mailing goes to."""

    def due(self) -> Self:
        """Those whose wave has not come."""
        return self.filter(queued_at=None).order_by("pk")

    def failed(self) -> Self:
        """Those who could not be reached; nothing more is tried unless somebody says so."""
        return self.filter(_failed_condition()).select_related("registration", "message").order_by("pk")

    def note_failures(self) -> int:
        """Keep what the outbox says of those it could not reach, since it forgets; return how many are noted."""
        self.filter(message__state=Sent.SENT).exclude(failure="").update(failure="")
        rows: Any = self.model._meta.get_field("message").related_model._default_manager
        said = Subquery(rows.filter(pk=OuterRef("message")).values("failure")[:1])
        return self.filter(message__state=Sent.FAILED, failure="").update(failure=said)


def _failed_condition(recipient: str = "") -> Q:
    """As the outbox says while it has the mail, as was noted when it has not."""
    noted = {f"{recipient}message": None, f"{recipient}failure__gt": ""}
    return Q(**{f"{recipient}message__state": Sent.FAILED}) | Q(**noted)
