"""Queries of events."""

from __future__ import annotations

from typing import Self

from django.utils import timezone

from victor.languages import column, columns
from victor.publishing.querysets import PublishableQuerySet


class EventQuerySet(PublishableQuerySet):
    """Queries of events."""

    def upcoming(self) -> Self:
        """Events that are not over, the next one first."""
        return self.filter(ends__gt=timezone.now()).order_by("starts", "slug")

    def past(self) -> Self:
        """Events that are over, the latest first."""
        return self.filter(ends__lte=timezone.now()).order_by("-ends", "-slug")

    def for_listing(self) -> Self:
        """Published events with only the columns that a list shows."""
        own = ["slug", "starts", "ends", "cancelled", "online", *columns("title", "place")]
        of_country = ["country__time_zone", *columns("country__name")]
        return self.published().select_related("country").with_only(*own, "campaign", *of_country)

    def for_calendars(self, language: str) -> Self:
        """Events that are published in a language, with all that a calendar shows of them."""
        in_language = self.published().filter(**{f"{column('title', language)}__isnull": False})
        return in_language.select_related("country", "organisation")
