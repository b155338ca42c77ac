from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.enquiries.states import EnquiryResult, EnquiryTopic
from desks.reports.states import Channel, ReporterKind
from partners.directory.models import Country


class Enquiry(models.Model):
    """Somebody asked a desk something, and it became no report: a figure, and nothing about anybody.

    Not even who recorded it, or at which hour: what is not stored says nothing about anybody.
    """

    stored_name = "desks.enquiry"

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="enquiries", verbose_name=_("desk"))
    day = models.DateField(_("day"), default=timezone.localdate)
    channel = models.CharField(_("contact channel"), max_length=9, choices=Channel)
    caller = models.CharField(_("person who contacted us"), max_length=12, choices=ReporterKind)
    topic = models.CharField(_("enquiry topic"), max_length=11, choices=EnquiryTopic)
    result = models.CharField(_("help given"), max_length=11, choices=EnquiryResult)
    language = models.CharField(_("language"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country of the caller")
    )

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        indexes = [models.Index(fields=["desk", "day"], name="desks_enquiry_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.topic}"
