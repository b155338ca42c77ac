from __future__ import annotations

from django.db.models import QuerySet

from campaigns.news.models import News
from victor.publishing.sitemaps import PublishedSitemap


class NewsSitemap(PublishedSitemap):
    """A page for each news item."""

    published_fields = ("title", "summary", "body")

    def items(self) -> QuerySet[News]:
        return News.objects.published()
