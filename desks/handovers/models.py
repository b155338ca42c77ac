from __future__ import annotations

from datetime import UTC

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.handovers.querysets import HandOverQuerySet
from desks.handovers.states import OPEN_HAND_OVER_STATES, HandOverState
from desks.reports.models import Report
from victor.vault.keys.models import Stamped


class HandOver(Stamped):
    """A desk gives a report to another: the reporter agrees, the other desk takes it, then only that one opens it."""

    stored_name = "desks.handover"

    report = models.ForeignKey(Report, models.CASCADE, related_name="hand_overs", verbose_name=_("report"))
    source = models.ForeignKey(Desk, models.PROTECT, related_name="outgoing_hand_overs", verbose_name=_("from desk"))
    target = models.ForeignKey(Desk, models.PROTECT, related_name="incoming_hand_overs", verbose_name=_("to desk"))
    state = models.CharField(_("status"), max_length=9, choices=HandOverState, default=HandOverState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    moved_at = models.DateTimeField(_("last change"), default=timezone.now)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(state__in=sorted(OPEN_HAND_OVER_STATES)), name="desks_handover_one_open"
            ),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="desks_handover_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.state}"

    def stamped_values(self) -> list[object]:
        moment = self.moved_at.astimezone(UTC).isoformat()
        return [self.report_id, self.source_id, self.target_id, self.state, self.asked_by_id, moment]

    @property
    def is_open(self) -> bool:
        """Whether it is not over yet."""
        return self.state in OPEN_HAND_OVER_STATES
