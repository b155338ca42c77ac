"""The sitemaps of the site. Each slice declares its own in `sitemaps.py`; `victor.urls` serves them together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.sitemaps import Sitemap

SitemapClass = TypeVar("SitemapClass", bound=type[Sitemap])
SITEMAPS: dict[str, tuple[int, type[Sitemap]]] = {}


def in_sitemap(name: str, *, rank: int) -> Callable[[SitemapClass], SitemapClass]:
    """Declare a sitemap under a name of its own. Addresses with a lower `rank` are listed first."""

    def declare(sitemap: SitemapClass) -> SitemapClass:
        SITEMAPS[name] = rank, sitemap
        return sitemap

    return declare


def sitemaps_in_order() -> dict[str, type[Sitemap]]:
    """All sitemaps by name, as Django's view takes them."""
    return {name: sitemap for name, (_rank, sitemap) in sorted(SITEMAPS.items(), key=lambda item: item[1][0])}
