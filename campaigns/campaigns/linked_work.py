"""Campaigns, for activities of grants that were done in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from victor.languages import local_text
from victor.linked_work import MAX_CHOICES, Work, finds_work


@finds_work("campaign", _("Campaign"))
def campaigns(keys: Collection[str] | None) -> Iterator[Work]:
    """Published campaigns."""
    rows = Campaign.objects.published()
    rows = rows.order_by("-pk")[:MAX_CHOICES] if keys is None else rows.filter(slug__in=keys)
    for campaign in rows:
        yield Work(campaign.slug, local_text(campaign, "title").text or campaign.slug, campaign.get_absolute_url())
