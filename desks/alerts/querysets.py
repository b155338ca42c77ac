from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from desks.alerts.states import WARN_AFTER, AlertState
from desks.desk.rules import organisations_with_desk_role

if TYPE_CHECKING:
    from victor.accounts.models import User


class AlertQuerySet(models.QuerySet):
    """What can be asked of alerts."""

    def visible_to(self, user: User) -> Self:
        """Those of the person's desks; those of other desks only while they run."""
        organisations = organisations_with_desk_role(user)
        deliveries = apps.get_model("desks.AlertDesk").objects
        sent_here = deliveries.filter(alert=OuterRef("pk"), desk__organisation__in=organisations)
        return self.filter(Q(from_desk__organisation__in=organisations) | Q(self._runs()) & Exists(sent_here))

    def running(self) -> Self:
        """Those that can be read now."""
        return self.filter(self._runs())

    def ended_by(self, now: datetime) -> Self:
        """Those whose day has come, and whose key is still there."""
        return self.filter(state=AlertState.RUNNING, ends_at__lte=now)

    def unopened_by(self, now: datetime) -> Self:
        """Those that no desk has opened in time, and of which the sender was not told."""
        opened = apps.get_model("desks.AlertDesk").objects.filter(alert=OuterRef("pk"), opened_at__isnull=False)
        late = self.running().filter(sent_at__lte=now - WARN_AFTER, warned_at=None)
        return late.filter(~Exists(opened))

    def for_page(self) -> Self:
        """With what a page and a row of the list ask for."""
        related = (
            "from_desk__country",
            "from_desk__organisation",
            "from_desk__group",
            "sent_by",
            "key",
            "envelope__key",
        )
        desks = ("deliveries__desk__country", "deliveries__opened_by", "deliveries__envelope__key")
        return self.select_related(*related).prefetch_related(*desks).order_by("-sent_at", "pk")

    def _runs(self) -> Q:
        return Q(state=AlertState.RUNNING, ends_at__gt=timezone.now())


class AlertDeskQuerySet(models.QuerySet):
    """What can be asked of the desks that were told."""

    def without_alarm(self) -> Self:
        """Those that have not opened a running alert, and where nobody was ever called."""
        alarms = apps.get_model("desks.DutyAlarm").objects.filter(alert=OuterRef("pk"))
        running = Q(alert__state=AlertState.RUNNING, alert__ends_at__gt=timezone.now())
        return self.filter(running, ~Exists(alarms), opened_at=None)
