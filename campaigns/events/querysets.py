from __future__ import annotations

from typing import Self

from django.utils import timezone

from victor.languages import column, columns
from victor.publishing.querysets import PublishableQuerySet


class EventQuerySet(PublishableQuerySet):
    """What can be asked of events."""

    def upcoming(self) -> Self:
        """Those that are not over, the next first."""
        return self.filter(ends__gt=timezone.now()).order_by("starts", "slug")

    def past(self) -> Self:
        """Those that are over, the latest first."""
        return self.filter(ends__lte=timezone.now()).order_by("-ends", "-slug")

    def for_listing(self) -> Self:
        """With all that a row shows in one query."""
        own = ["slug", "starts", "ends", "cancelled", "online", *columns("title", "place")]
        where = ["country__time_zone", *columns("country__name")]
        return self.published().select_related("country").with_only(*own, "campaign", *where)

    def for_calendars(self, language: str) -> Self:
        """Those published in a language, with all that a calendar holds of them."""
        heard = self.published().filter(**{f"{column('title', language)}__isnull": False})
        return heard.select_related("country", "organisation")
