"""Campaigns in the sitemap."""

from __future__ import annotations

from django.db.models import QuerySet

from campaigns.campaigns.models import Campaign
from victor.publishing.sitemaps import ListSitemap, PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("campaign_list", rank=99)
class CampaignListSitemap(ListSitemap):
    """The list of campaigns."""

    pages = ("campaigns:campaigns",)


@in_sitemap("campaigns", rank=100)
class CampaignSitemap(PublishedSitemap):
    """The pages of campaigns."""

    published_fields = ("title", "summary", "body")

    def items(self) -> QuerySet[Campaign]:
        return Campaign.objects.for_listing()
