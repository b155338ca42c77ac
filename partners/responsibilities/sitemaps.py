"""The sitemap of the pages that say who is responsible in a country."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from partners.directory.models import Country
from victor.publishing.sitemaps import PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("responsibilities", rank=41)
class ResponsibilitySitemap(PublishedSitemap):
    """The public bodies of the countries of the partnership."""

    def items(self) -> QuerySet[Country]:
        return Country.objects.in_partnership()

    def location(self, item: Country) -> str:
        """The path of a page. Django calls this."""
        return reverse("partners:who_is_responsible", args=[item.code.lower()])
