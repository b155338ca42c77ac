"""Events in the sitemap."""

from __future__ import annotations

from django.db.models import QuerySet

from campaigns.events.models import Event
from victor.publishing.sitemaps import ListSitemap, PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("event_list", rank=119)
class EventListSitemap(ListSitemap):
    """The list of events."""

    pages = ("campaigns:events",)


@in_sitemap("events", rank=120)
class EventSitemap(PublishedSitemap):
    """The pages of events."""

    published_fields = ("title", "summary")

    def items(self) -> QuerySet[Event]:
        return Event.objects.published()
