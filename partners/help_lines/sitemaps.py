"""The sitemap of help pages."""

from __future__ import annotations

from django.db.models import QuerySet

from partners.directory.models import Country
from victor.publishing.sitemaps import ListSitemap, PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("help_list", rank=39)
class HelpListSitemap(ListSitemap):
    """The page on help in all countries."""

    pages = ("partners:help_index",)


@in_sitemap("help", rank=40)
class HelpSitemap(PublishedSitemap):
    """The help pages of the countries of the partnership."""

    def items(self) -> QuerySet[Country]:
        return Country.objects.in_partnership()
