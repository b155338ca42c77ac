"""Where campaigns use pictures, so that a picture in use is not removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaigns.campaigns.models import Campaign
from victor.pictures.models import Picture
from victor.pictures.uses import Finding, PictureUse, finder


@finder
def campaigns_with(pictures: Sequence[Picture]) -> Iterator[Finding]:
    """Campaigns that use one of these pictures as their key image."""
    for campaign in Campaign.objects.filter(key_image__in=pictures).select_related("key_image"):
        if campaign.key_image:
            yield campaign.key_image, PictureUse(campaign)
