"""Seminars, their sessions and quotas."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country, Organisation
from trainings.seminars.courses import Course, Module, profession_labels
from trainings.seminars.querysets import SeminarQuerySet
from trainings.seminars.states import DOOR_OPEN_AFTER_END, FEW_SEATS, Availability, Profession
from trainings.seminars.triggers import UPDATE_SEMINAR_SPAN
from victor.languages import no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.publishing.models import Publishable
from victor.schedules.times import COUNTS_CHANGES, Timed, describe_moment

if TYPE_CHECKING:
    from trainings.registrations.models import Registration


class Seminar(Timed, Publishable):
    """A training event: a course, or a programme of its own. It is free of charge.

    `starts` and `ends` are those of the first and last session: a trigger sets them. Times are shown in the time zone
    of the country. An offer ends `offer_hours` after it was made. `share` is the per cent of the hours that a
    certificate requires.
    """

    stored_name = "trainings.seminar"

    course = models.ForeignKey(
        Course,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seminars",
        verbose_name=_("course"),
        help_text=_("Leave empty for an individual programme"),
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("host"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    online = models.URLField(
        _("online address"),
        blank=True,
        validators=[URLValidator(["https"])],
        help_text=_("Link sent to people who have a place; starts with https://"),
    )
    language = models.CharField(_("language of the seminar"), max_length=7, choices=settings.CONTENT_LANGUAGES)
    professions = ArrayField(
        models.CharField(max_length=16, choices=Profession),
        verbose_name=_("professions"),
        default=list,
        blank=True,
        help_text=_("Who it is for. Leave empty for everyone"),
    )
    seats = models.PositiveSmallIntegerField(_("places"), validators=[MinValueValidator(1)])
    opens = models.DateTimeField(_("registration opens"))
    closes = models.DateTimeField(_("registration closes"))
    needs_approval = models.BooleanField(
        _("registrations need approval"), default=False, help_text=_("Nobody has a place until you accept them")
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("an offer is valid for (hours)"), default=48, validators=[MinValueValidator(1)]
    )
    share = models.PositiveSmallIntegerField(
        _("attendance required for a certificate (per cent of hours)"), default=80, validators=[MaxValueValidator(100)]
    )
    needs_test = models.BooleanField(_("certificate requires the questionnaire after the seminar"), default=True)
    test = models.ForeignKey(
        "trainings.Questionnaire",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("questions before and after"),
    )
    cancelled = models.BooleanField(_("cancelled"), default=False, editable=False)
    helpers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="helped_seminars",
        blank=True,
        verbose_name=_("helpers"),
        help_text=_("They check people in and cannot see anything else"),
    )
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="trained_seminars", blank=True, verbose_name=_("trainers")
    )
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    place = models.CharField(_("exact place"), max_length=200, null=True, blank=True)
    programme = models.TextField(_("programme"), null=True, blank=True)
    accessibility = models.TextField(_("accessibility"), null=True, blank=True)
    # The base class has them as moments. A seminar without sessions has None; whoever formats them asks first.
    starts = models.DateTimeField(_("begins"), null=True, editable=False)  # type: ignore[assignment]
    ends = models.DateTimeField(_("ends"), null=True, editable=False)  # type: ignore[assignment]
    changes = models.PositiveIntegerField(default=0, editable=False)
    changed = models.DateTimeField(db_default=Now(), editable=False)

    taken: int  # set by `with_taken()`

    objects = SeminarQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE, COUNTS_CHANGES]
        ordering = ["starts", "slug"]
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")
        indexes = [models.Index(fields=["ends", "slug"], name="trainings_seminar_order")]
        constraints = [
            no_empty_texts("trainings_seminar_texts", "title", "summary", "place", "programme", "accessibility"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="trainings_seminar_window",
                violation_error_message=_("Registration has to close after it opens."),
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="trainings_seminar_seats"),
            models.CheckConstraint(condition=Q(share__lte=100), name="trainings_seminar_share"),
            models.CheckConstraint(
                condition=Q(online="") | Q(online__startswith="https://"), name="trainings_seminar_online"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("trainings:seminar", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.country.time_zone)

    @property
    def offer_period(self) -> timedelta:
        """How long an offer is valid."""
        return timedelta(hours=self.offer_hours)

    @property
    def is_open(self) -> bool:
        """Whether registration is open now."""
        return not self.cancelled and self.opens <= timezone.now() < self.closes

    @property
    def has_begun(self) -> bool:
        """Whether its first session has begun."""
        return bool(self.starts and self.starts <= timezone.now())

    @property
    def can_be_cancelled(self) -> bool:
        """Whether it is neither over nor cancelled."""
        return not (self.cancelled or (self.ends and self.is_over))

    @property
    def door_is_closed(self) -> bool:
        """Whether check-in is closed, so that the list of those present can only be corrected."""
        return bool(self.ends and self.ends + DOOR_OPEN_AFTER_END <= timezone.now())

    @property
    def availability(self) -> Availability:
        """Whether visitors can get a seat. Needs `with_taken()`."""
        now = timezone.now()
        if self.cancelled:
            return Availability.CANCELLED
        if self.ends and self.is_over:
            return Availability.OVER
        if now < self.opens:
            return Availability.EARLY
        if now >= self.closes:
            return Availability.CLOSED
        return Availability.FREE if self.free else Availability.FULL

    @property
    def free(self) -> int:
        """The number of free seats. Needs `with_taken()`."""
        return max(self.seats - self.taken, 0)

    @property
    def has_few_left(self) -> bool:
        """Whether few seats are free. The exact number would tell visitors who is registered. Needs `with_taken()`."""
        return 0 < self.free <= FEW_SEATS

    @property
    def for_whom(self) -> list[str]:
        """The names of the professions that it is for; empty means all."""
        return profession_labels(self.professions)

    @property
    def opening(self) -> str:
        """When registration opens, in the time zone of its country."""
        return describe_moment(self.opens, self.zone)

    @property
    def closing(self) -> str:
        """When registration closes, in the time zone of its country."""
        return describe_moment(self.closes, self.zone)


class Session(Timed, models.Model):
    """A part of a seminar. Attendance is noted for each session."""

    stored_name = "trainings.session"

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="sessions", verbose_name=_("seminar"))
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    modules = models.ManyToManyField(Module, related_name="+", blank=True, verbose_name=_("modules"))

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE, UPDATE_SEMINAR_SPAN]
        ordering = ["starts", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="trainings_session_span",
                violation_error_message=_("The end must be after the start."),
            )
        ]

    def __str__(self) -> str:
        return self.when

    @property
    def zone(self) -> ZoneInfo:
        return self.seminar.zone

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.ends - self.starts


class SessionModule(Session.modules.through):  # type: ignore[name-defined]  # Django creates it
    """The join table of sessions and modules: a proxy that carries a trigger."""

    stored_name = "trainings.sessionmodule"

    class Meta:
        proxy = True
        triggers = [NOTIFY_PAGE_CACHE]


class Quota(models.Model):
    """The maximum number of seats for one profession, or for people from one country."""

    stored_name = "trainings.quota"

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="quotas", verbose_name=_("seminar"))
    profession = models.CharField(_("profession"), max_length=16, choices=Profession, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    seats = models.PositiveSmallIntegerField(_("maximum number of places"))

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["pk"]
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        constraints = [
            models.CheckConstraint(
                condition=Q(profession="", country__isnull=False) | (~Q(profession="") & Q(country=None)),
                name="trainings_quota_of_one",
                violation_error_message=_("Choose either a profession or a country."),
            ),
            models.UniqueConstraint(fields=["seminar", "profession", "country"], name="trainings_quota_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_profession_display() or self.country}: {self.seats}"

    def covers(self, registration: Registration) -> bool:
        """Whether the seat of this person counts towards the quota."""
        if self.profession:
            return bool(self.profession == registration.profession)
        return bool(self.country_id == registration.country_id)
