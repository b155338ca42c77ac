"""An alert: a desk tells chosen other desks that a child is missing, under a key of its own that its end deletes."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.alerts.plain import REASONS
from desks.alerts.querysets import AlertDeskQuerySet, AlertQuerySet
from desks.alerts.states import Agreed, AlertAnswer, AlertState
from desks.cases.models import iso
from desks.cases.plain import declare_plain
from desks.desk.models import Desk
from victor.vault.keys.models import Key, Stamped
from victor.vault.records.models import Envelope

PERSON = settings.AUTH_USER_MODEL


class Alert(Stamped):
    """That a child is missing. Who, and where, lies in the envelope. Once it is over, key and words are gone."""

    stored_name = "desks.alert"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    from_desk = models.ForeignKey(Desk, models.PROTECT, related_name="sent_alerts", verbose_name=_("from desk"))
    key = models.OneToOneField(Key, models.PROTECT, null=True, related_name="+")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("status"), max_length=10, choices=AlertState, default=AlertState.RUNNING)
    agreed = models.CharField(max_length=9, choices=Agreed)
    agreed_on = models.DateField()
    sent_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "pk"]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AlertState.RUNNING, closed_at=None)
                | ~Q(state=AlertState.RUNNING) & Q(key=None, envelope=None, closed_at__isnull=False),
                name="desks_alert_over_has_no_key",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("sent_at")), name="desks_alert_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_running(self) -> bool:
        """Whether it can be read now."""
        return self.state == AlertState.RUNNING and self.ends_at > timezone.now()

    def address_at(self, desk: Desk) -> str:
        """Where a desk reads it."""
        return reverse("desks:alert", args=[desk.slug, self.pk])

    def stamped_values(self) -> list[object]:
        times = [iso(moment) for moment in (self.sent_at, self.ends_at, self.closed_at)]
        codes = [self.state, self.agreed, str(self.agreed_on)]
        return [self.pk, self.from_desk_id, self.key_id, self.envelope_id, *codes, self.sent_by_id, *times]


class AlertDesk(Stamped):
    """A desk that was told, when it has opened the alert, and what it answers: under a key of the two desks."""

    stored_name = "desks.alertdesk"

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="deliveries")
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="received_alerts", verbose_name=_("desk"))
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=11, choices=AlertAnswer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    key = models.OneToOneField(Key, models.PROTECT, null=True, related_name="+")
    envelope = models.OneToOneField(Envelope, models.PROTECT, null=True, related_name="+")

    objects = AlertDeskQuerySet.as_manager()

    class Meta:
        ordering = ["desk__country__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["alert", "desk"], name="desks_alertdesk_once")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.desk_id}"

    def stamped_values(self) -> list[object]:
        opened = [iso(self.opened_at), self.opened_by_id]
        answered = [self.answer, iso(self.answered_at), self.answered_by_id, self.key_id, self.envelope_id]
        return [self.alert_id, self.desk_id, *opened, *answered]


for name, reasons in REASONS.items():
    declare_plain(name, reasons)
