"""Queries of campaigns, their messages and important days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, Q, Value, When
from django.utils import timezone

from campaigns.campaigns.states import Audience
from victor.publishing.querysets import PublishableQuerySet

if TYPE_CHECKING:
    from campaigns.campaigns.models import Campaign, ImportantDay


class CampaignQuerySet(PublishableQuerySet):
    """Queries of campaigns."""

    def running(self) -> Self:
        """Campaigns that run today; one without an end goes on."""
        today = timezone.localdate()
        return self.filter(Q(starts=None) | Q(starts__lte=today), Q(ends=None) | Q(ends__gte=today))

    def for_listing(self) -> Self:
        """Published campaigns: those that are not over first, then the newest."""
        today = timezone.localdate()
        is_over = Case(When(ends__lt=today, then=Value(1)), default=Value(0))
        return self.published().order_by(is_over, "-starts", "slug")

    def parents_of(self, campaign: Campaign) -> Self:
        """The published campaign of which a campaign is part."""
        return self.published().filter(pk=campaign.parent_id)

    def parts_of(self, campaign: Campaign) -> Self:
        """The published campaigns that are part of a campaign."""
        return self.published().filter(parent=campaign).order_by("starts", "slug")


class CampaignMessageQuerySet(PublishableQuerySet):
    """Queries of the messages of campaigns."""

    def for_listing(self) -> Self:
        """Published messages by audience, in the order in which audiences are declared."""
        rank = Case(*(When(audience=value, then=Value(rank)) for rank, value in enumerate(Audience.values)))
        return self.published().order_by(rank, "slug")


class ImportantDayQuerySet(PublishableQuerySet):
    """Queries of important days."""

    def from_today(self) -> list[ImportantDay]:
        """All published days, starting with the next one."""
        today = timezone.localdate()
        days: list[Any] = list(self.published().order_by("month", "day"))  # the stubs do not know the model
        return sorted(days, key=lambda day: (day.month, day.day) < (today.month, today.day))
