"""Files of reports. They are made from what a release has stored, whenever somebody asks."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from victor.reporting.releases.models import Release
from victor.reporting.report.states import ReportFormat

KEPT_FOR = timedelta(days=7)  # it can be made again


class ReportFile(models.Model):
    """The report of a release in a language and a format, and how far it is. `failed` where it could not be made."""

    stored_name = "reporting.reportfile"

    release = models.ForeignKey(Release, models.CASCADE, related_name="reports", verbose_name=_("release of figures"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    file_format = models.CharField(_("format"), max_length=4, choices=ReportFormat)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    content = models.BinaryField(null=True)
    failed = models.BooleanField(default=False)
    made_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("report on figures")
        verbose_name_plural = _("reports on figures")
        constraints = [
            models.UniqueConstraint(fields=["release", "language", "file_format"], name="reporting_reportfile_once"),
            models.CheckConstraint(
                condition=Q(made_at=None, content=None) | Q(made_at__isnull=False, content__isnull=False),
                name="reporting_reportfile_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.language} {self.file_format}"

    @property
    def is_being_made(self) -> bool:
        """Whether the worker has yet to finish it."""
        return self.made_at is None and not self.failed
