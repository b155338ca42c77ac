"""The sitemap of help pages."""

from __future__ import annotations

from django.db.models import QuerySet

from partners.directory.models import Country
from victor.publishing.sitemaps import PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("help", rank=40)
class HelpSitemap(PublishedSitemap):
    """The help pages of the countries of the partnership."""

    def items(self) -> QuerySet[Country]:
        return Country.objects.in_partnership()
