from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.querysets import ImportantDayQuerySet
from victor.pagecache import TELLS_OF_CHANGES
from victor.publishing.languages import never_empty
from victor.publishing.models import Publishable

A_LEAP_YEAR = 2024


class ImportantDay(Publishable):
    """A day of the year on which the world speaks of what the campaign speaks of."""

    stored_name = "campaigns.importantday"

    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    title = models.CharField(_("name"), max_length=120, null=True, blank=True)
    text = models.CharField(_("text"), max_length=300, null=True, blank=True)

    objects = ImportantDayQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["month", "day"]
        verbose_name = _("important day")
        verbose_name_plural = _("important days")
        constraints = [never_empty("campaigns_importantday_texts", "title", "text")]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaigns")

    def clean(self) -> None:
        """Refuse a day that no year has."""
        try:
            date(A_LEAP_YEAR, self.month or 1, self.day or 1)
        except ValueError:
            raise ValidationError({"day": _("There is no such day.")}) from None

    @property
    def next_date(self) -> date:
        """The next time that it comes, today included; 29 February on the day after where the year has none."""
        today = timezone.localdate()
        return next(found for year in (today.year, today.year + 1) if (found := self._in(year)) >= today)

    def _in(self, year: int) -> date:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, 3, 1)
