from __future__ import annotations

from django.db.models import QuerySet

from partners.directory.models import Country
from victor.publishing.sitemaps import PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("help", rank=40)
class HelpSitemap(PublishedSitemap):
    """A page of help lines for each country of the partnership."""

    def items(self) -> QuerySet[Country]:
        return Country.objects.in_partnership()
