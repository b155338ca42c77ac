"""The partnership: countries, organisations and networks."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from partners.directory.querysets import CountryQuerySet, OrganisationQuerySet
from partners.directory.states import UNION, Category, MembershipKind, Part
from victor.languages import language_as_read, local_text, no_empty_texts
from victor.pagecache.triggers import NOTIFY_PAGE_CACHE


class Country(models.Model):
    """A country of the partnership, or of one of its networks."""

    stored_name = "partners.country"

    code = models.CharField(
        _("code"), max_length=2, primary_key=True, help_text=_("Two-letter country code (ISO 3166)")
    )
    name = models.CharField(_("name"), max_length=100)
    in_partnership = models.BooleanField(_("has a partner organisation"), default=False)
    languages = ArrayField(
        models.CharField(max_length=7, choices=settings.CONTENT_LANGUAGES),
        verbose_name=_("official languages"),
        default=list,
        blank=True,
    )
    time_zone = models.CharField(_("time zone"), max_length=50)
    notify_hours = models.PositiveSmallIntegerField(
        _("hours within which the authorities must be notified of a child victim"), default=24
    )
    is_adequate = models.BooleanField(
        _("protects data as well as the European Union"),
        default=False,
        help_text=_("By a decision of the European Commission that is in force (GDPR, article 45)"),
    )
    position = models.PositiveSmallIntegerField(_("order in lists"), default=100)

    objects = CountryQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["position", "code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [no_empty_texts("partners_country_texts", "name")]

    def __str__(self) -> str:
        return local_text(self, "name").text

    def get_absolute_url(self) -> str:
        return reverse("partners:help_country", args=[self.code.lower()])

    @property
    def is_in_union(self) -> bool:
        """Whether it is a member of the European Union."""
        return self.code in UNION

    @property
    def own_name(self) -> str:
        """The country's name in the first of its official languages that the site has."""
        language = self.languages[0] if self.languages else "en"
        with override(language_as_read(language)):
            name = local_text(self, "name")
        return local_text(self, "name").text if name.language else name.text


class CountryPart(models.Model):
    """A part that a country plays in trafficking routes."""

    stored_name = "partners.countrypart"

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="parts", verbose_name=_("country"))
    part = models.CharField(_("role in trafficking (origin, transit, destination)"), max_length=12, choices=Part)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("role of a country")
        verbose_name_plural = _("roles of countries")
        constraints = [models.UniqueConstraint(fields=["country", "part"], name="partners_countrypart_once")]

    def __str__(self) -> str:
        return self.get_part_display()


class Organisation(models.Model):
    """A partner organisation. A text that is NULL in a language is not published in that language.

    From `left_on` it is no partner any more: nothing shows it as one, and what it did stays under its name.
    """

    stored_name = "partners.organisation"

    slug = models.SlugField(_("web address (slug)"), unique=True, help_text=_("Latin letters; used in the web address"))
    name = models.CharField(_("name"), max_length=200)
    native_name = models.CharField(_("name in its own language"), max_length=200, blank=True)
    native_language = models.CharField(_("language of that name"), max_length=7, blank=True)
    present_name = models.CharField(
        _("present name, if changed since the project"), max_length=200, null=True, blank=True
    )
    category = models.CharField(_("category"), max_length=30, choices=Category)
    membership = models.CharField(
        _("membership"), max_length=12, choices=MembershipKind, default=MembershipKind.UNSPECIFIED
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("country")
    )
    city = models.CharField(_("city"), max_length=100)
    website = models.URLField(_("website"), blank=True)
    description = models.TextField(_("description"), null=True, blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    position = models.PositiveIntegerField(_("order in lists"), default=100)
    left_on = models.DateField(_("no longer a partner since"), null=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["position", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["position", "id"], name="partners_org_order")]
        constraints = [no_empty_texts("partners_organisation_texts", "name", "city", "present_name", "description")]

    def __str__(self) -> str:
        return local_text(self, "name").text

    def get_absolute_url(self) -> str:
        return reverse("partners:organisation", args=[self.slug])

    @property
    def site_host(self) -> str:
        """The host of the website, without "www."."""
        return (urlsplit(self.website).hostname or "").removeprefix("www.")


class Network(models.Model):
    """A network of cooperation beyond the partnership, such as SEEC."""

    stored_name = "partners.network"

    slug = models.SlugField(_("web address (slug)"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), null=True, blank=True)
    coordinator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="coordinated_networks", verbose_name=_("coordinator")
    )
    opened_on = models.DateField(_("opening date"), null=True, blank=True)
    countries = models.ManyToManyField(
        Country, through="NetworkMember", related_name="networks", verbose_name=_("member countries")
    )

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["slug"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [no_empty_texts("partners_network_texts", "name", "description")]

    def __str__(self) -> str:
        return local_text(self, "name").text

    def get_absolute_url(self) -> str:
        return reverse("partners:network", args=[self.slug])


class NetworkMember(models.Model):
    """A country that is a member of a network."""

    stored_name = "partners.networkmember"

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="members", verbose_name=_("network"))
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country"))

    class Meta:
        triggers = [NOTIFY_PAGE_CACHE]
        ordering = ["pk"]
        verbose_name = _("member country")
        verbose_name_plural = _("member countries")
        constraints = [models.UniqueConstraint(fields=["network", "country"], name="partners_networkmember_once")]

    def __str__(self) -> str:
        return f"{self.network_id}: {self.country_id}"
