from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.querysets import CountryQuerySet
from partners.states import Part
from victor.pagecache import TELLS_OF_CHANGES
from victor.publishing.languages import column, never_empty


class Country(models.Model):
    """A country of the partnership, or of one of its networks."""

    stored_name = "partners.country"

    code = models.CharField(_("code"), max_length=2, primary_key=True, help_text=_("Two letters, as in ISO 3166"))
    name = models.CharField(_("name"), max_length=100)
    in_partnership = models.BooleanField(_("a partner works there"), default=False)
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.LANGUAGES),
        verbose_name=_("official languages"),
        default=list,
        blank=True,
    )
    time_zone = models.CharField(_("time zone"), max_length=50)
    notify_hours = models.PositiveSmallIntegerField(
        _("hours within which authorities are notified of a child victim"), default=24
    )
    position = models.PositiveSmallIntegerField(_("place in lists"), default=100)

    objects = CountryQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["position", "code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [never_empty("partners_country_texts", "name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:help_country", args=[self.code.lower()])

    @property
    def own_name(self) -> str:
        """The name that the country gives itself, in its first official language of the site."""
        language = self.languages[0] if self.languages else "en"
        return getattr(self, column("name", language)) or self.name


class CountryPart(models.Model):
    """A part that a country has in trafficking routes."""

    stored_name = "partners.countrypart"

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="parts", verbose_name=_("country"))
    part = models.CharField(_("part"), max_length=12, choices=Part)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("part of a country")
        verbose_name_plural = _("parts of countries")
        constraints = [models.UniqueConstraint(fields=["country", "part"], name="partners_countrypart_once")]

    def __str__(self) -> str:
        return self.get_part_display()
