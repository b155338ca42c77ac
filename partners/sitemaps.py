from django.db.models import QuerySet

from partners.models import Country, Network, Organisation
from victor.publishing.sitemaps import PublishedSitemap


class OrganisationSitemap(PublishedSitemap):
    """A page for each organisation."""

    published_fields = ("name", "description")

    def items(self) -> QuerySet[Organisation]:
        return Organisation.objects.order_by("pk")


class HelpSitemap(PublishedSitemap):
    """A page of help lines for each country of the partnership."""

    def items(self) -> QuerySet[Country]:
        return Country.objects.in_partnership()


class NetworkSitemap(PublishedSitemap):
    """A page for each network."""

    published_fields = ("name", "description")

    def items(self) -> QuerySet[Network]:
        return Network.objects.order_by("pk")
