from urllib.parse import urlsplit

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.country import Country
from partners.querysets import OrganisationQuerySet
from partners.states import Category, MembershipKind
from victor.pagecache import TELLS_OF_CHANGES
from victor.publishing.languages import never_empty


class Organisation(models.Model):
    """A partner. A text that is NULL in a language is not published in that language."""

    stored_name = "partners.organisation"

    slug = models.SlugField(_("address on the site"), unique=True, help_text=_("Latin letters; part of the address"))
    name = models.CharField(_("name"), max_length=200)
    native_name = models.CharField(_("name in its own language"), max_length=200, blank=True)
    native_language = models.CharField(_("language of that name"), max_length=7, blank=True)
    present_name = models.CharField(
        _("name today, if it changed since the project"), max_length=200, null=True, blank=True
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
    position = models.PositiveIntegerField(_("place in lists"), default=100)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["position", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["position", "id"], name="partners_org_order")]
        constraints = [never_empty("partners_organisation_texts", "name", "city", "present_name", "description")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:organisation", args=[self.slug])

    @property
    def site_host(self) -> str:
        """The website's name as people say it."""
        return (urlsplit(self.website).hostname or "").removeprefix("www.")
