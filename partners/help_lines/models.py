"""Help lines: numbers that people can call."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Country, Organisation
from partners.help_lines.querysets import HelpLineQuerySet
from partners.help_lines.states import Confidence, Hours, Precision, Purpose, Reach
from victor.formatting import long_day, month_and_year
from victor.languages import language_as_read, no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE

DATE_FORMATS = {Precision.DAY: long_day, Precision.MONTH: month_and_year, Precision.YEAR: "{:%Y}".format}


class HelpLine(models.Model):
    """A number that people can call. It is shown once a named person has checked it (`last_checked`)."""

    stored_name = "partners.helpline"

    key = models.SlugField(_("key"), unique=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="help_lines", verbose_name=_("country"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    number = models.CharField(_("number as shown"), max_length=30)
    dial = models.CharField(
        _("number as dialled"),
        max_length=16,
        validators=[RegexValidator(r"^\+?[0-9]{2,15}\Z")],
        help_text=_("Digits only"),
    )
    name = models.CharField(_("name"), max_length=200)
    operator = models.CharField(_("operator"), max_length=200, null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="help_lines",
        null=True,
        blank=True,
        verbose_name=_("partner that answers"),
    )
    hours = models.CharField(_("opening hours"), max_length=16, choices=Hours, default=Hours.UNCONFIRMED)
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    free = models.BooleanField(_("free of charge"), null=True, blank=True)
    reachable_from = models.CharField(
        _("where it can be called from"), max_length=10, choices=Reach, default=Reach.COUNTRY
    )

    source = models.CharField(_("source"), max_length=300)
    confidence = models.CharField(
        _("reliability of the source"), max_length=6, choices=Confidence, default=Confidence.LOW
    )
    last_checked = models.DateField(_("last checked"), null=True, blank=True)
    check_precision = models.CharField(
        _("precision of the check date"), max_length=5, choices=Precision, default=Precision.DAY
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("checked by"),
    )
    publish = models.BooleanField(_("may be shown to the public"), default=False)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=100)

    is_proposed = False  # set where an edited line waits for a second coordinator
    objects = HelpLineQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["country", "position", "pk"]
        verbose_name = _("helpline")
        verbose_name_plural = _("helplines")
        constraints = [
            no_empty_texts("partners_helpline_texts", "name", "operator"),
            models.CheckConstraint(
                condition=Q(hours=Hours.DAILY, opens__isnull=False, closes__isnull=False)
                | (~Q(hours=Hours.DAILY) & Q(opens=None, closes=None)),
                name="partners_helpline_hours",
                violation_error_message=_("Give both times if the line has daily hours; otherwise leave both empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.number}"

    @property
    def tel(self) -> str:
        """The address that makes a telephone dial the number."""
        return f"tel:{self.dial}"

    @property
    def is_open_now(self) -> bool | None:
        """Whether somebody answers at this moment; None where the hours are not confirmed."""
        if self.hours == Hours.AROUND_THE_CLOCK:
            return True
        if self.hours == Hours.UNCONFIRMED:
            return None
        return self._is_open_at(timezone.localtime(timezone=ZoneInfo(self.country.time_zone)).time())

    def _is_open_at(self, now: time) -> bool:
        if self.opens is None or self.closes is None:  # only daily hours have times, by a constraint
            return False
        if self.opens < self.closes:
            return self.opens <= now < self.closes
        return now >= self.opens or now < self.closes

    @property
    def checked_on(self) -> str:
        """The date of the last check, as exactly as it is known."""
        if self.last_checked is None:
            return ""
        return DATE_FORMATS[Precision(self.check_precision)](self.last_checked)

    @property
    def language_names(self) -> list[tuple[str, str]]:
        """The languages that are spoken on the line: code and own name."""
        return [
            (language_as_read(code), str(name)) for code, name in settings.CONTENT_LANGUAGES if code in self.languages
        ]
