"""Events."""

from __future__ import annotations

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.events.querysets import EventQuerySet
from partners.directory.models import Country, Organisation
from victor.languages import no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.publishing.models import Publishable
from victor.schedules.times import COUNTS_CHANGES, Timed


class Event(Timed, Publishable):
    """An event that people can attend. Its times are shown in the time zone of its country.

    `changes` and `changed` tell calendars that already have the event which version is newer. A database trigger sets
    them whenever a time or a text changes.
    """

    stored_name = "campaigns.event"

    campaign = models.ForeignKey(
        "campaigns.Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("campaign"),
        help_text=_("Leave empty if the event is for the whole project"),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host")
    )
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    cancelled = models.BooleanField(
        _("cancelled"), default=False, help_text=_("The event stays on the site, marked as cancelled")
    )
    online = models.URLField(
        _("online address"),
        blank=True,
        validators=[URLValidator(["https"])],
        help_text=_("Link for taking part online; starts with https://"),
    )
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    place = models.CharField(_("exact place"), max_length=200, null=True, blank=True)
    body = models.TextField(_("text"), null=True, blank=True)
    changes = models.PositiveIntegerField(default=0, editable=False)
    changed = models.DateTimeField(db_default=Now(), editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE, COUNTS_CHANGES]
        ordering = ["starts", "slug"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["ends", "slug"], name="campaigns_event_order")]
        constraints = [
            no_empty_texts("campaigns_event_texts", "title", "summary", "place", "body"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="campaigns_event_span",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=Q(online="") | Q(online__startswith="https://"), name="campaigns_event_online"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:event", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.country.time_zone)

    @property
    def online_host(self) -> str:
        """The host name of the online address, without `www.`."""
        return (urlsplit(self.online).hostname or "").removeprefix("www.")
