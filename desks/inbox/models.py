from __future__ import annotations

from datetime import UTC

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.desk.models import Desk
from desks.inbox.querysets import CannedAnswerQuerySet
from desks.reports.models import Attachment, Report
from victor.languages import no_empty_texts
from victor.publishing.models import Publishable
from victor.vault.keys.models import Stamped
from victor.vault.records.models import Envelope


class CannedAnswer(Publishable):
    """Words that are ready to be put into an answer, in the reporter's language. Only those at desks see them."""

    stored_name = "desks.cannedanswer"

    desk = models.ForeignKey(
        Desk,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="canned_answers",
        verbose_name=_("desk"),
        help_text=_("Leave empty to use it at all desks"),
    )
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    text = models.TextField(_("text"), null=True, blank=True)

    objects = CannedAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        constraints = [no_empty_texts("desks_cannedanswer_texts", "title", "text")]

    def get_absolute_url(self) -> str:
        return reverse("desks:inbox_desks")


class Translation(Stamped):
    """What stands in an envelope of a report, in another language: made by hand, for colleagues, and sealed too."""

    stored_name = "desks.translation"

    report = models.ForeignKey(Report, models.CASCADE, related_name="translations")
    source = models.ForeignKey(Envelope, models.PROTECT, related_name="+")
    envelope = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.language}"

    def stamped_values(self) -> list[object]:
        moment = self.written_at.astimezone(UTC).isoformat()
        return [self.report_id, self.source_id, self.envelope_id, self.language, self.author_id, moment]


class OriginalAccess(Stamped):
    """Somebody asks to open the original of a file: for a reason, which is sealed, and once, if a colleague agrees."""

    stored_name = "desks.originalaccess"

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="accesses")
    reason = models.OneToOneField(Envelope, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(pgettext_lazy("original of a file", "approved"), null=True)
    used_at = models.DateTimeField(pgettext_lazy("original of a file", "opened"), null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("asked_by")), name="desks_originalaccess_two"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}"

    def stamped_values(self) -> list[object]:
        moments = [moment and moment.astimezone(UTC).isoformat() for moment in (self.granted_at, self.used_at)]
        return [self.attachment_id, self.reason_id, self.asked_by_id, self.granted_by_id, *moments]
