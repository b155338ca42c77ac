"""Who is responsible for what in which country."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Country
from partners.responsibilities.querysets import ResponsibilityQuerySet
from partners.responsibilities.states import VALIDITY, EntryState, Function, OfficeHours, SourceKind, Way
from victor.languages import local_text, no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE

LAST_WEEKDAY = 5  # Friday, as ISO counts
SIGNS_BETWEEN_DIGITS = re.compile(r"[^0-9+]")


class Responsibility(models.Model):
    """A body that is responsible for something in a country: an office, never a private person.

    An entry is not edited. A change is a new entry that `replaces` the old one once a second person has checked it;
    with `ends`, nobody is responsible in its place. `key` names an entry of the data file, which nobody has proposed.
    """

    stored_name = "partners.responsibility"

    key = models.SlugField(_("key"), unique=True, null=True, editable=False)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="responsibilities", verbose_name=_("country")
    )
    function = models.CharField(_("responsible for"), max_length=21, choices=Function)
    body = models.CharField(_("name of the body"), max_length=200)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("email address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    hours = models.CharField(_("office hours"), max_length=16, choices=OfficeHours, default=OfficeHours.UNCONFIRMED)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)

    notify = models.BooleanField(
        _("must be notified of a child victim"),
        default=False,
    )
    notify_hours = models.PositiveSmallIntegerField(
        _("within (hours)"),
        null=True,
        blank=True,
        help_text=_("Only where the source says so. Otherwise leave this out: the clock of the country counts."),
    )
    notify_together = models.BooleanField(_("at the same time as the others"), default=False)
    notify_by = models.CharField(_("way to notify"), max_length=11, choices=Way, default=Way.UNCONFIRMED)

    source = models.CharField(_("source"), max_length=300)
    source_kind = models.CharField(_("kind of source"), max_length=11, choices=SourceKind)
    source_month = models.DateField(_("month in which the source was read"), null=True, blank=True)

    state = models.CharField(_("status"), max_length=8, choices=EntryState, default=EntryState.PROPOSED, editable=False)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="changes",
        verbose_name=_("replaces"),
    )
    ends = models.BooleanField(_("no longer responsible"), default=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("checked by"),
    )
    checked_on = models.DateField(_("last checked"), null=True, blank=True, editable=False)
    return_reason = models.CharField(pgettext_lazy("of a return", "reason"), max_length=300, blank=True, editable=False)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["country", "function", "pk"]
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            no_empty_texts("partners_responsibility_texts", "body"),
            models.CheckConstraint(
                condition=Q(hours=OfficeHours.WEEKDAYS, opens__isnull=False, closes__gt=F("opens"))
                | (~Q(hours=OfficeHours.WEEKDAYS) & Q(opens=None, closes=None)),
                name="partners_responsibility_hours",
                violation_error_message=_(
                    "Give both times, the opening first, if the office has set hours; otherwise leave both out."
                ),
            ),
            models.CheckConstraint(
                condition=Q(notify=True) | Q(notify_hours=None, notify_together=False),
                name="partners_responsibility_notify",
                violation_error_message=_("Say within how many hours only where the body must be notified."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EntryState.CHECKED, EntryState.ENDED])
                | (
                    Q(checked_by__isnull=False, checked_on__isnull=False, proposed_by__isnull=False)
                    & ~Q(checked_by=F("proposed_by"))
                ),
                name="partners_responsibility_two_people",
            ),
            models.UniqueConstraint(
                fields=["country"],
                condition=Q(function=Function.FOCAL_POINT, state=EntryState.CHECKED),
                name="partners_responsibility_one_focal_point",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(state=EntryState.PROPOSED),
                name="partners_responsibility_one_change",
            ),
        ]

    def __str__(self) -> str:
        return local_text(self, "body").text

    def get_absolute_url(self) -> str:
        return reverse("partners:responsibility", args=[self.pk])

    @property
    def tel(self) -> str:
        """The address that makes a telephone dial the number; empty where there is none."""
        return f"tel:{SIGNS_BETWEEN_DIGITS.sub('', self.phone)}" if self.phone else ""

    @property
    def is_outdated(self) -> bool:
        """Whether its check is too old to rely on."""
        return self.checked_on is not None and self.checked_on < timezone.localdate() - VALIDITY

    @property
    def is_open_now(self) -> bool | None:
        """Whether the office is open at this moment; None where its hours are not confirmed."""
        if self.hours == OfficeHours.AROUND_THE_CLOCK:
            return True
        if self.opens is None or self.closes is None:
            return None
        now = timezone.localtime(timezone=ZoneInfo(self.country.time_zone))
        return now.isoweekday() <= LAST_WEEKDAY and self.opens <= now.time() < self.closes

    @property
    def within_hours(self) -> int | None:
        """Within how many hours it must be notified: as its source says, else by the clock of the country."""
        if not self.notify:
            return None
        return self.country.notify_hours if self.notify_hours is None else self.notify_hours

    @property
    def is_own_clock(self) -> bool:
        """Whether that time is ours, and no source has it."""
        return self.notify and self.notify_hours is None
