"""What search engines are told of: each page in the languages it is published in."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from victor.pages.models import Page
from victor.publishing.sitemaps import AlternatesSitemap, PublishedSitemap
from victor.sitemaps import in_sitemap


@in_sitemap("home", rank=10)
class HomeSitemap(AlternatesSitemap):
    """The home page; the page on leaving quickly is nobody's search result."""

    def items(self) -> Iterable[str]:
        return ["pages:home"]

    def location(self, item: str) -> str:
        return reverse(item)


@in_sitemap("pages", rank=20)
class PageSitemap(PublishedSitemap):
    """The pages of text."""

    published_fields = ("title", "summary", "body")

    def items(self) -> QuerySet[Page]:
        return Page.objects.published()
