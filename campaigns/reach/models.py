from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.campaigns.models import Campaign
from campaigns.reach.querysets import ActivityQuerySet
from campaigns.reach.states import ENTERED_MEASURES, Channel, Measure, Method
from partners.directory.models import Country, Organisation
from victor.files.states import FileFormat


class Target(models.Model):
    """How much of a measure a campaign should reach."""

    stored_name = "campaigns.target"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="targets", verbose_name=_("campaign"))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    number = models.PositiveIntegerField(pgettext_lazy("how many", "number"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("target of a campaign")
        verbose_name_plural = _("targets of campaigns")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "measure"], name="campaigns_target_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="campaigns_target_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.number}"


def evidence_storage() -> Storage:
    """The storage of evidence of activities. It may contain signed lists."""
    return storages["evidence"]


def random_evidence_name(activity: Activity, name: str) -> str:
    """A random name: the original name may say something about people."""
    return f"{uuid4().hex}.{activity.evidence_format}"


class Activity(models.Model):
    """What a partner did for a campaign: one figure of one measure, with its source.

    Figures of different measures count different things, and figures from different channels count different people.
    They are never added up to one reach.
    """

    stored_name = "campaigns.activity"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="activities", verbose_name=_("campaign"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    channel = models.CharField(_("channel"), max_length=9, choices=Channel)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    place = models.CharField(_("location"), max_length=100, blank=True, help_text=_("A town, a station, a programme"))
    date = models.DateField(_("date"), default=timezone.localdate)
    measure = models.CharField(
        _("what was counted"), max_length=12, choices=[(measure, measure.label) for measure in ENTERED_MEASURES]
    )
    number = models.PositiveIntegerField(pgettext_lazy("how many", "number"), validators=[MinValueValidator(1)])
    method = models.CharField(_("method"), max_length=9, choices=Method)
    source = models.CharField(
        _("source"), max_length=200, help_text=_("Where the figure comes from: a list, a report, an invoice")
    )
    evidence = models.FileField(_("evidence"), storage=evidence_storage, upload_to=random_evidence_name, blank=True)
    evidence_format = models.CharField(max_length=4, choices=FileFormat, editable=False, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [models.Index(fields=["campaign", "-date", "-id"], name="campaigns_activity_order")]
        constraints = [models.CheckConstraint(condition=Q(number__gt=0), name="campaigns_activity_positive")]

    def __str__(self) -> str:
        return f"{self.date} {self.get_measure_display()}: {self.number}"
