"""Campaigns, their countries, their messages, and important days."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.querysets import CampaignMessageQuerySet, CampaignQuerySet, ImportantDayQuerySet
from campaigns.campaigns.states import Audience
from partners.directory.models import Country
from partners.directory.states import Part
from victor.languages import no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE
from victor.pictures.models import Picture
from victor.publishing.models import Publishable


class Campaign(Publishable):
    """An awareness campaign, for countries of origin and of destination alike."""

    stored_name = "campaigns.campaign"

    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    body = models.TextField(_("text"), null=True, blank=True)
    poster = models.CharField(_("text of the poster"), max_length=120, null=True, blank=True)
    key_image = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("key image")
    )
    key_image_alternative = models.CharField(
        _("alternative text of the key image"), max_length=200, null=True, blank=True
    )
    code = models.CharField(
        _("short link"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+$", _("Lower-case Latin letters and digits only."))],
        help_text=_("The part printed after /c/ on posters and leaflets"),
    )
    starts = models.DateField(_("begins"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of the campaign")
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["-starts", "slug"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            no_empty_texts("campaigns_campaign_texts", "title", "summary", "body", "poster", "key_image_alternative"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=models.F("starts")),
                name="campaigns_campaign_span",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.slug])

    def clean(self) -> None:
        """Refuse a slug whose address belongs to another page of the site."""
        if self.slug and resolve(self.get_absolute_url()).view_name != "campaigns:campaign":
            raise ValidationError({"slug": _("This web address is already used by another part of the site.")})


class CampaignCountry(models.Model):
    """A country that a campaign is for, and one part that the country has in the routes of trafficking."""

    stored_name = "campaigns.campaigncountry"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="countries", verbose_name=_("campaign"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    part = models.CharField(_("role in trafficking (origin, transit, destination)"), max_length=11, choices=Part)

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["country__position", "part"]
        verbose_name = _("country in a campaign")
        verbose_name_plural = _("countries in a campaign")
        constraints = [models.UniqueConstraint(fields=["campaign", "country", "part"], name="campaigns_country_once")]

    def __str__(self) -> str:
        return f"{self.country} {self.get_part_display()}"


class Message(Publishable):
    """The message of a campaign to one audience."""

    stored_name = "campaigns.message"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="messages", verbose_name=_("campaign"))
    audience = models.CharField(_("audience"), max_length=13, choices=Audience)
    title = models.CharField(_("headline"), max_length=120, null=True, blank=True)
    text = models.TextField(_("text"), null=True, blank=True)

    objects = CampaignMessageQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        verbose_name = _("message of a campaign")
        verbose_name_plural = _("messages of campaigns")
        constraints = [
            no_empty_texts("campaigns_message_texts", "title", "text"),
            models.UniqueConstraint(fields=["campaign", "audience"], name="campaigns_message_once"),
        ]

    def get_absolute_url(self) -> str:
        return self.campaign.get_absolute_url()


LEAP_YEAR = 2024


class ImportantDay(Publishable):
    """An international day about a subject of the campaigns."""

    stored_name = "campaigns.importantday"

    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    title = models.CharField(_("name"), max_length=120, null=True, blank=True)
    text = models.CharField(_("text"), max_length=300, null=True, blank=True)

    objects = ImportantDayQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["month", "day"]
        verbose_name = _("important day")
        verbose_name_plural = _("important days")
        constraints = [no_empty_texts("campaigns_importantday_texts", "title", "text")]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaigns")

    def clean(self) -> None:
        """Refuse a date that does not exist."""
        try:
            date(LEAP_YEAR, self.month or 1, self.day or 1)
        except ValueError:
            raise ValidationError({"day": _("There is no such date.")}) from None

    @property
    def next_date(self) -> date:
        """The next date of this day, today included. 29 February becomes 1 March in a year without it."""
        today = timezone.localdate()
        this_year = self._in(today.year)
        return this_year if this_year >= today else self._in(today.year + 1)

    def _in(self, year: int) -> date:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, 3, 1)
