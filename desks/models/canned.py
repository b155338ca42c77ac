from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desks.models.desk import Desk
from desks.querysets import CannedAnswerQuerySet
from victor.publishing.languages import never_empty
from victor.publishing.models import Publishable


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
        help_text=_("Empty: for all desks"),
    )
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    text = models.TextField(_("text"), null=True, blank=True)

    objects = CannedAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("canned answer")
        verbose_name_plural = _("canned answers")
        constraints = [never_empty("desks_cannedanswer_texts", "title", "text")]

    def get_absolute_url(self) -> str:
        return reverse("desks:inbox_desks")
