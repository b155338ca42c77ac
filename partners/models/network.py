from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.country import Country
from partners.models.organisation import Organisation
from victor.pagecache import TELLS_OF_CHANGES
from victor.publishing.languages import never_empty


class Network(models.Model):
    """A lasting structure of cooperation beyond the partnership, such as SEEC."""

    stored_name = "partners.network"

    slug = models.SlugField(_("address on the site"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), null=True, blank=True)
    coordinator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="coordinated_networks", verbose_name=_("coordinator")
    )
    opened = models.DateField(_("opened"), null=True, blank=True)
    countries = models.ManyToManyField(
        Country, through="NetworkMember", related_name="networks", verbose_name=_("member countries")
    )

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["slug"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [never_empty("partners_network_texts", "name", "description")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:network", args=[self.slug])


class NetworkMember(models.Model):
    """A country that takes part in a network."""

    stored_name = "partners.networkmember"

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="members", verbose_name=_("network"))
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country"))

    class Meta:
        triggers = [TELLS_OF_CHANGES]
        ordering = ["pk"]
        verbose_name = _("member country")
        verbose_name_plural = _("member countries")
        constraints = [models.UniqueConstraint(fields=["network", "country"], name="partners_networkmember_once")]

    def __str__(self) -> str:
        return f"{self.network_id}: {self.country_id}"
