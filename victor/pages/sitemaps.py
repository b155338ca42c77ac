"""What search engines are told of: each page in the languages it is published in."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from victor.publishing.sitemaps import AlternatesSitemap


class PageSitemap(AlternatesSitemap):
    """The pages about the project; the page on leaving quickly is nobody's search result."""

    def items(self) -> Iterable[str]:
        return ["home", "about", "professionals", "privacy", "accessibility"]

    def location(self, item: str) -> str:
        return reverse(f"pages:{item}")
