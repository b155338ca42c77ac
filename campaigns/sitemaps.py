from django.db.models import QuerySet

from campaigns.models import Campaign, Event, News
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


class EventSitemap(PublishedSitemap):
    """A page for each event."""

    published_fields = ("title", "summary")

    def items(self) -> QuerySet[Event]:
        return Event.objects.published()
