from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.models.report import Attachment, Report
from victor.vault.models import Envelope


class Translation(models.Model):
    """What stands in an envelope of a report, in another language: made by hand, for colleagues, and sealed too."""

    stored_name = "desks.translation"

    report = models.ForeignKey(Report, models.CASCADE, related_name="translations")
    source = models.ForeignKey(Envelope, models.PROTECT, related_name="+")
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.language}"


class OriginalAccess(models.Model):
    """Somebody asks to open the original of a file: for a reason, which is sealed, and once, if a colleague agrees."""

    stored_name = "desks.originalaccess"

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="accesses")
    reason = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(_("agreed"), null=True)
    used_at = models.DateTimeField(_("opened"), null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("asked_by")), name="desks_originalaccess_two"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}"
