from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pgtrigger
from babel.dates import format_date, format_interval, format_skeleton, get_timezone_location
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from campaigns.querysets import EventQuerySet
from partners.models import Country, Organisation
from victor.pagecache import TELLS_OF_CHANGES
from victor.publishing.languages import locale, never_empty
from victor.publishing.models import Publishable

COUNTS_CHANGES = pgtrigger.Trigger(
    name="counts_changes",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
    func="NEW.changes = OLD.changes + 1; NEW.changed = NOW(); RETURN NEW;",
)


class Event(Publishable):
    """Something to come to; its times are those of the country where it is.

    `changes` and `changed` tell the calendars that hold it already which of two versions is the newer; the database
    sees to them, whoever changes a time or a text.
    """

    campaign = models.ForeignKey(
        Campaign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("campaign"),
        help_text=_("Empty: an event of the whole project"),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host")
    )
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    cancelled = models.BooleanField(_("cancelled"), default=False, help_text=_("It stays on the site and says so"))
    online = models.URLField(
        _("address online"),
        blank=True,
        validators=[URLValidator(["https"])],
        help_text=_("Where to take part from afar; begins with https://"),
    )
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    place = models.CharField(_("where exactly"), max_length=200, null=True, blank=True)
    body = models.TextField(_("text"), null=True, blank=True)
    changes = models.PositiveIntegerField(default=0, editable=False)
    changed = models.DateTimeField(db_default=Now(), editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES, COUNTS_CHANGES]
        ordering = ["starts", "slug"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["ends", "slug"], name="campaigns_event_order")]
        constraints = [
            never_empty("campaigns_event_texts", "title", "summary", "place", "body"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="campaigns_event_span",
                violation_error_message=_("It has to end after it begins."),
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
    def local_starts(self) -> datetime:
        return self.starts.astimezone(self.zone)

    @property
    def local_ends(self) -> datetime:
        return self.ends.astimezone(self.zone)

    @property
    def is_over(self) -> bool:
        return self.ends <= timezone.now()

    @property
    def online_host(self) -> str:
        """Where it is online, as people say it."""
        return (urlsplit(self.online).hostname or "").removeprefix("www.")

    @property
    def next_date(self) -> date:
        """The day on which it begins, as an important day has one."""
        return self.local_starts.date()

    @property
    def when(self) -> str:
        """Day and hours as the reader's language writes them: Saturday, 24 October 2026, 18:00–20:30."""
        first, last = (format_date(each, "full", locale=locale()) for each in (self.local_starts, self.local_ends))
        if self._is_of_one_day:
            return f"{first}, {self.hours}"
        return f"{first}, {self._clock(self.local_starts)} – {last}, {self._clock(self.local_ends)}"

    @property
    def hours(self) -> str:
        """From when to when on its day; where it takes several, until which."""
        if self._is_of_one_day:
            hours: str = format_interval(self.local_starts, self.local_ends, "Hm", tzinfo=self.zone, locale=locale())
            return hours
        until = format_skeleton("MMMEd", self.local_ends, locale=locale())
        return f"{self._clock(self.local_starts)} – {until}, {self._clock(self.local_ends)}"

    @property
    def month(self) -> str:
        """October 2026."""
        month: str = format_skeleton("yMMMM", self.local_starts, locale=locale())
        return month

    @property
    def day(self) -> str:
        """Sat 24 Oct; when it is over 24 Oct 2026."""
        parts = "yMMMd" if self.is_over else "MMMEd"
        day: str = format_skeleton(parts, self.local_starts, locale=locale())
        return day

    @property
    def zone_name(self) -> str:
        """Whose clocks its times are read from: Athens, UTC+2."""
        city = get_timezone_location(self.zone, locale=locale(), return_city=True)
        ahead = (self.local_starts.utcoffset() or timedelta()) / timedelta(hours=1)
        return f"{city}, UTC{ahead:+g}"

    @property
    def _is_of_one_day(self) -> bool:
        return self.local_starts.date() == self.local_ends.date()

    def _clock(self, moment: datetime) -> str:
        clock: str = format_skeleton("Hm", moment, tzinfo=self.zone, locale=locale())
        return clock
