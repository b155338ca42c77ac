"""The page of figures, for search engines."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from victor.publishing.sitemaps import AlternatesSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("figures", rank=90)
class FiguresSitemap(AlternatesSitemap):
    """One page; its earlier releases are nobody's search result."""

    def items(self) -> Iterable[str]:
        return ["reporting:figures"]

    def location(self, item: str) -> str:
        return reverse(item)
