from django.db.models import QuerySet

from campaigns.models import Campaign, News
from victor.publishing.sitemaps import PublishedSitemap


class CampaignSitemap(PublishedSitemap):
    """A page for each campaign."""

    published_fields = ("title", "summary", "body")

    def items(self) -> QuerySet[Campaign]:
        return Campaign.objects.for_listing()


class NewsSitemap(PublishedSitemap):
    """A page for each news item."""

    published_fields = ("title", "summary", "body")

    def items(self) -> QuerySet[News]:
        return News.objects.published()
