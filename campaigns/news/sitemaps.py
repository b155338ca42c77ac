"""News in the sitemap."""

from __future__ import annotations

from django.db.models import QuerySet

from campaigns.news.models import News
from victor.publishing.sitemaps import ListSitemap, PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("news_list", rank=109)
class NewsListSitemap(ListSitemap):
    """The list of news."""

    pages = ("campaigns:news",)


@in_sitemap("news", rank=110)
class NewsSitemap(PublishedSitemap):
    """The pages of news."""

    published_fields = ("title", "summary", "body")

    def items(self) -> QuerySet[News]:
        return News.objects.published()
