"""Sitemaps of published translations, with the same alternates as the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db import models
from django.urls import reverse

from victor.languages import MORE_TAGS, interface_languages, language_tag, languages_with

if TYPE_CHECKING:
    from django.contrib.sites.models import Site
    from django.contrib.sites.requests import RequestSite


class AlternatesSitemap(Sitemap):
    """Pages in all their languages. The first one is the default for other readers."""

    i18n = alternates = True

    def get_domain(self, site: Site | RequestSite | None = None) -> str:
        """The host of the site's own address, not the one that was asked for. Django calls this."""
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """The scheme of the site's own address. Django calls this."""
        return urlsplit(settings.SITE_URL).scheme

    def get_urls(
        self, page: int | str = 1, site: Site | RequestSite | None = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:  # values of several types, by names that Django's template reads
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            first, *others = url["alternates"]
            url["alternates"] = [*_tagged(first, *others), first | {"lang_code": "x-default"}]
        return urls


class ListSitemap(AlternatesSitemap):
    """Pages that exist in every language, such as lists: the names of their routes."""

    pages: tuple[str, ...] = ()

    def items(self) -> tuple[str, ...]:
        """The names of the routes. Django calls this."""
        return self.pages

    def location(self, item: str) -> str:
        """The path of a page."""
        return reverse(item)


class PublishedSitemap(AlternatesSitemap):
    """Objects, each with its page in every language in which all `published_fields` have a text."""

    published_fields: tuple[str, ...] = ("name",)

    def get_languages_for_item(self, item: models.Model) -> list[str]:
        """Languages of the alternates of an item. Django calls this."""
        published = languages_with(item, *self.published_fields)
        return [code for language in published for code in interface_languages(language)]


def _tagged(*alternates: dict[str, str]) -> Iterator[dict[str, str]]:
    """Alternates by the tags of their languages, as search engines know them."""
    for alternate in alternates:
        code = alternate["lang_code"]
        for tag in (language_tag(code), *MORE_TAGS.get(code, ())):
            yield alternate | {"lang_code": tag}
