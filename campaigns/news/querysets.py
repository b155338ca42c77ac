"""Queries of news."""

from __future__ import annotations

from typing import Self

from victor.languages import columns
from victor.publishing.querysets import PublishableQuerySet


class NewsQuerySet(PublishableQuerySet):
    """Queries of news."""

    def for_listing(self) -> Self:
        """Published news, the newest first, with titles and summaries only."""
        texts = columns("title", "summary")
        return self.published().with_only("slug", "date", "campaign", *texts).order_by("-date", "slug")
