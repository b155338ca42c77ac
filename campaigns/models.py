from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.querysets import (
    CampaignMessageQuerySet,
    CampaignQuerySet,
    ImportantDayQuerySet,
    MaterialFileQuerySet,
    MaterialQuerySet,
    NewsQuerySet,
)
from campaigns.states import Audience, Licence, MaterialKind
from partners.models import Country
from partners.states import Part
from victor.pagecache import TELLS_OF_CHANGES
from victor.publishing.languages import never_empty
from victor.publishing.models import Publishable
from victor.uploads import Format

A_LEAP_YEAR = 2024


class Campaign(Publishable):
    """An awareness campaign, for countries of origin and of destination alike."""

    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    body = models.TextField(_("text"), null=True, blank=True)
    poster = models.CharField(_("words of the poster"), max_length=120, null=True, blank=True)
    code = models.CharField(
        _("short address"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+$", _("Small Latin letters and digits only."))],
        help_text=_("What stands on paper after /c/"),
    )
    starts = models.DateField(_("begins"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of the campaign")
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["-starts", "slug"]
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            never_empty("campaigns_campaign_texts", "title", "summary", "body", "poster"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=models.F("starts")),
                name="campaigns_campaign_span",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.slug])

    def clean(self) -> None:
        """Refuse an address at which the site has something else already."""
        if self.slug and resolve(self.get_absolute_url()).view_name != "campaigns:campaign":
            raise ValidationError({"slug": _("The site uses this address for something else.")})


class CampaignCountry(models.Model):
    """A country that a campaign is for, and one part that it has in the routes of trafficking."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="countries", verbose_name=_("campaign"))
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    part = models.CharField(_("part"), max_length=11, choices=Part)

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["country__position", "part"]
        verbose_name = _("country of a campaign")
        verbose_name_plural = _("countries of a campaign")
        constraints = [models.UniqueConstraint(fields=["campaign", "country", "part"], name="campaigns_country_once")]

    def __str__(self) -> str:
        return f"{self.country} {self.get_part_display()}"


class Message(Publishable):
    """What a campaign says to one audience."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="messages", verbose_name=_("campaign"))
    audience = models.CharField(_("audience"), max_length=13, choices=Audience)
    title = models.CharField(_("headline"), max_length=120, null=True, blank=True)
    text = models.TextField(_("text"), null=True, blank=True)

    objects = CampaignMessageQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        verbose_name = _("message of a campaign")
        verbose_name_plural = _("messages of campaigns")
        constraints = [
            never_empty("campaigns_message_texts", "title", "text"),
            models.UniqueConstraint(fields=["campaign", "audience"], name="campaigns_message_once"),
        ]

    def get_absolute_url(self) -> str:
        return self.campaign.get_absolute_url()


class Material(Publishable):
    """Something to print, play or show: the same in every language that has a file of it."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="materials", verbose_name=_("campaign"))
    kind = models.CharField(_("kind"), max_length=9, choices=MaterialKind)
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["campaign", "slug"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [never_empty("campaigns_material_texts", "title", "summary")]

    def get_absolute_url(self) -> str:
        return self.campaign.get_absolute_url()


def materials() -> Storage:
    """Where files of materials are kept."""
    return storages["materials"]


def any_name(file: MaterialFile, name: str) -> str:
    """A name that tells nothing: what a file was called where it came from is nobody's business."""
    return f"{uuid4().hex}.{file.format}"


class MaterialFile(models.Model):
    """A material in one language: the newest version of it.

    Public once it has its alternative text, and until the day (included) up to which the persons in it have agreed.
    """

    material = models.ForeignKey(Material, models.CASCADE, related_name="files", verbose_name=_("material"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    file = models.FileField(_("file"), storage=materials, upload_to=any_name)
    format = models.CharField(_("format"), max_length=4, choices=Format, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=0, editable=False)
    licence = models.CharField(_("licence"), max_length=8, choices=Licence, default=Licence.BY_ND)
    alternative = models.TextField(
        _("alternative text"), blank=True, help_text=_("What it shows and says, for those who cannot see or hear it")
    )
    consent_until = models.DateField(
        _("agreed until"),
        null=True,
        blank=True,
        help_text=_("The last day for which those shown in it have agreed; empty: nobody can be recognised"),
    )

    objects = MaterialFileQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["material", "language"]
        verbose_name = _("file of a material")
        verbose_name_plural = _("files of a material")
        constraints = [models.UniqueConstraint(fields=["material", "language"], name="campaigns_materialfile_once")]

    def __str__(self) -> str:
        return f"{self.material} ({self.language})"

    @property
    def name(self) -> str:
        """What it is called where it is saved: `leaflet-el-v2.pdf`."""
        return f"{self.material.slug}-{self.language}-v{self.version}.{self.format}"


class News(Publishable):
    """What happened, told on one day."""

    campaign = models.ForeignKey(
        Campaign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("campaign"),
        help_text=_("Empty: news of the whole project"),
    )
    date = models.DateField(_("date"), default=timezone.localdate)
    title = models.CharField(_("title"), max_length=120, null=True, blank=True)
    summary = models.CharField(_("summary"), max_length=300, null=True, blank=True)
    body = models.TextField(_("text"), null=True, blank=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["-date", "slug"]
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["-date", "slug"], name="campaigns_news_order")]
        constraints = [never_empty("campaigns_news_texts", "title", "summary", "body")]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:news_item", args=[self.slug])


class ImportantDay(Publishable):
    """A day of the year on which the world speaks of what the campaign speaks of."""

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
