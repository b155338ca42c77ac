"""Sitemaps of organisations and networks."""

from __future__ import annotations

from django.db.models import QuerySet

from partners.directory.models import Network, Organisation
from victor.publishing.sitemaps import ListSitemap, PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("partner_list", rank=29)
class PartnerListSitemap(ListSitemap):
    """The list of partners."""

    pages = ("partners:directory",)


@in_sitemap("organisations", rank=30)
class OrganisationSitemap(PublishedSitemap):
    """The pages of organisations."""

    published_fields = ("name", "description")

    def items(self) -> QuerySet[Organisation]:
        return Organisation.objects.present().order_by("pk")


@in_sitemap("networks", rank=50)
class NetworkSitemap(PublishedSitemap):
    """The pages of networks."""

    published_fields = ("name", "description")

    def items(self) -> QuerySet[Network]:
        return Network.objects.order_by("pk")
