from __future__ import annotations

import hmac
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from desks.desk.opening_hours import Timetable
from desks.desk.querysets import DeskQuerySet
from desks.desk.states import Service
from desks.desk.triggers import RESETS_DUE_AT
from partners.directory.models import Country, Organisation
from victor.audit.actions import seal_of
from victor.formatting import short_appointment, timezone_location
from victor.languages import language_as_read, local_text, no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.publishing.models import Publishable
from victor.vault.errors import Unopenable
from victor.vault.groups.models import Group


class Desk(Publishable):
    """An information and intervention desk: people ask it, report to it and are answered.

    `group` holds the keys to its reports. The deadlines are promises: hours until a report is triaged and answered, and
    for danger the minutes until it is triaged, until somebody is alerted, and until the next level is.
    """

    stored_name = "desks.desk"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="desks", verbose_name=_("organisation"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="desks", verbose_name=_("country"))
    group = models.OneToOneField(
        Group, models.PROTECT, null=True, blank=True, editable=False, related_name="desk", verbose_name=_("keys")
    )
    # Ties the desk to its keys: the database alone cannot send its reports to the keys of another.
    group_stamp = models.CharField(max_length=64, blank=True, editable=False)
    title = models.CharField(_("name"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    how = models.TextField(_("what happens when you contact it"), null=True, blank=True)
    limits = models.TextField(_("what it cannot do"), null=True, blank=True)
    for_children = models.TextField(_("for children, in plain words"), null=True, blank=True)
    for_professionals = models.TextField(_("for professionals"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES), verbose_name=_("languages"), default=list
    )
    services = ArrayField(
        models.CharField(max_length=21, choices=Service), verbose_name=_("services"), default=list, blank=True
    )
    address = models.CharField(
        _("street address"), max_length=200, blank=True, help_text=_("Leave empty if people cannot visit it")
    )
    outreach = models.BooleanField(_("does outreach"), default=False)

    takes_reports = models.BooleanField(_("accepts reports"), default=False)
    takes_files = models.BooleanField(_("accepts files"), default=True)
    is_fallback = models.BooleanField(
        _("accepts reports that no other desk can take"), default=False, help_text=_("Only one desk can do this")
    )

    triage_hours = models.PositiveSmallIntegerField(_("triage within (hours)"), default=24)
    answer_hours = models.PositiveSmallIntegerField(_("first reply within (hours)"), default=72)
    danger_minutes = models.PositiveSmallIntegerField(_("danger triaged within (minutes)"), default=60)
    escalation_minutes = models.PositiveSmallIntegerField(_("escalate unread danger after (minutes)"), default=15)

    # Set by `with_readiness()`.
    key_holders: int
    rehearsed_at: datetime | None
    has_agreement: bool
    # Set by `with_counters()`.
    waiting: int
    overdue: int
    in_danger: int
    first_due: datetime
    newest: datetime | None
    newest_words: datetime | None

    objects = DeskQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE, RESETS_DUE_AT]
        ordering = ["country__position", "slug"]
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        constraints = [
            no_empty_texts(
                "desks_desk_texts", "title", "summary", "how", "limits", "for_children", "for_professionals"
            ),
            models.UniqueConstraint(fields=["is_fallback"], condition=Q(is_fallback=True), name="desks_desk_fallback"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desks:desk", args=[self.slug])

    def clean(self) -> None:
        """Refuse an address at which the site has something else already."""
        if self.slug and resolve(self.get_absolute_url()).view_name != "desks:desk":
            raise ValidationError({"slug": _("This web address is already used by another part of the site.")})

    @property
    def name(self) -> str:
        """Its public name; before there is one, its country."""
        return local_text(self, "title").text or local_text(self.country, "name").text

    def group_seal(self) -> str:
        """What `group_stamp` has to be."""
        return seal_of(f"desks.desk.group:{self.pk}:{self.group_id}")

    @property
    def trusted_group(self) -> Group | None:
        """The desk's keys; None where there are none yet.

        Raises:
            Unopenable: they are not those that were made for it.
        """
        if self.group is not None and not hmac.compare_digest(self.group_stamp, self.group_seal()):
            raise Unopenable
        return self.group

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.country.time_zone)

    @property
    def now(self) -> datetime:
        """The time at the desk."""
        return timezone.localtime(timezone=self.zone)

    @property
    def timetable(self) -> Timetable:
        """Its hours and closed days, in its own time zone."""
        hours = [(span.weekday, span.opens, span.closes) for span in self.opening_hours.all()]
        return Timetable(self.zone, hours, [(closure.first, closure.last) for closure in self.closures.all()])

    def is_open_at(self, moment: datetime) -> bool:
        """Whether somebody is at the desk."""
        return self.timetable.is_open_at(moment)

    def next_opening(self, moment: datetime | None = None) -> datetime | None:
        """When it opens next, in its own time zone; None while it is open, and where no opening is in sight."""
        return self.timetable.next_opening(moment or timezone.now())

    @property
    def is_open_now(self) -> bool | None:
        """Whether somebody is there at this moment; None where its hours are not known."""
        return self.is_open_at(timezone.now()) if self.opening_hours.all() else None

    @property
    def opens(self) -> str:
        """When it opens next, as the reader's language writes it: Mon 23 Nov, 09:00."""
        there = self.next_opening()
        return short_appointment(there, self.zone) if there else ""

    @property
    def time_zone_label(self) -> str:
        """The time zone of its hours: Athens, UTC+2."""
        city = timezone_location(self.zone, return_city=True)
        ahead = (self.now.utcoffset() or timedelta()) / timedelta(hours=1)
        return f"{city}, UTC{ahead:+g}"

    @property
    def language_names(self) -> list[tuple[str, str]]:
        """The languages that are spoken there: code and own name."""
        return [
            (language_as_read(code), str(name)) for code, name in settings.CONTENT_LANGUAGES if code in self.languages
        ]

    @property
    def service_names(self) -> list[str]:
        """What it does, in words, in the order of the list."""
        return [str(service.label) for service in Service if service in self.services]


class OpeningHours(models.Model):
    """When somebody is at the desk, on one day of the week, in the desk's own time."""

    stored_name = "desks.openinghours"

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="opening_hours", verbose_name=_("desk"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"), help_text=_("00:00 is midnight at the end of the day"))

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["desk", "weekday", "opens"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes=time()),
                name="desks_openinghours_span",
                violation_error_message=_("Closing time must be after opening time on the same day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Closure(models.Model):
    """Days on which a desk is closed all day: holidays and the like, the last included."""

    stored_name = "desks.closure"

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="closures", verbose_name=_("desk"))
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["desk", "first"]
        verbose_name = _("closing period")
        verbose_name_plural = _("closing periods")
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="desks_closure_span",
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


class Rehearsal(models.Model):
    """Somebody has sent a test report to a desk and it was answered as promised."""

    stored_name = "desks.rehearsal"

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="rehearsals", verbose_name=_("desk"))
    passed_at = models.DateTimeField(_("passed on"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-passed_at"]
        verbose_name = _("passed test report")
        verbose_name_plural = _("passed test reports")

    def __str__(self) -> str:
        return f"{self.desk_id} {self.passed_at}"
