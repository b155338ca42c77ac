from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.models.report import Report
from desks.querysets import BreachQuerySet
from desks.states import Clock, Level


class Breach(models.Model):
    """Somebody was told that a report waits for too long, or that there is danger.

    Each level once for each time that a clock has begun, which is `since`.
    """

    stored_name = "desks.breach"

    report = models.ForeignKey(Report, models.CASCADE, related_name="breaches", verbose_name=_("report"))
    clock = models.CharField(_("clock"), max_length=7, choices=Clock)
    level = models.CharField(_("told to"), max_length=12, choices=Level)
    since = models.DateTimeField(_("clock began"))
    told_at = models.DateTimeField(_("told"), default=timezone.now)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "clock", "level", "since"], name="desks_breach_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.clock} {self.level}"
