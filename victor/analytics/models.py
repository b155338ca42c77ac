"""Daily totals of readers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from victor.analytics.querysets import DailyTotalQuerySet
from victor.analytics.states import Use


class DailyTotal(models.Model):
    """How often an object was used on one day in one language. It is a number, and nothing about a person."""

    stored_name = "counts.dailytotal"

    day = models.DateField(_("day"))
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    object: Any = GenericForeignKey()
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    use = models.CharField(_("kind of use"), max_length=8, choices=Use)
    number = models.PositiveIntegerField(pgettext_lazy("how many", "number"))

    objects = DailyTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily total")
        verbose_name_plural = _("daily totals")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "use", "day", "language"], name="counts_dailytotal_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.content_type_id}:{self.object_id} {self.language} {self.use} {self.number}"
