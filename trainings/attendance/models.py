"""Who attended which session, and corrections of that."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trainings.attendance.states import AttendanceMethod
from trainings.registrations.models import Registration
from trainings.seminars.models import Session


class Attendance(models.Model):
    """A participant was at a session. `at` is the moment at which that was noted."""

    stored_name = "trainings.attendance"

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="attendances")
    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    at = models.DateTimeField(_("recorded"), default=timezone.now)
    method = models.CharField(pgettext_lazy("of checking in", "method"), max_length=7, choices=AttendanceMethod)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["registration", "session"], name="trainings_attendance_once")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.session_id}"


class Correction(models.Model):
    """A correction of the list of a session: whether the participant attended, and the reason."""

    stored_name = "trainings.correction"

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="corrections")
    session = models.ForeignKey(Session, models.CASCADE, related_name="corrections")
    attended = models.BooleanField(_("attended"))
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="trainings_correction_reason")]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.session_id} {self.attended}"
