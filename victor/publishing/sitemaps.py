"""Sitemaps of published translations, with the same alternates as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db import models

from victor.languages import languages_with

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
            url["alternates"].append({"location": url["alternates"][0]["location"], "lang_code": "x-default"})
        return urls


class PublishedSitemap(AlternatesSitemap):
    """Objects, each with its page in every language in which all `published_fields` have a text."""

    published_fields: tuple[str, ...] = ("name",)

    def get_languages_for_item(self, item: models.Model) -> list[str]:
        """Languages of the alternates of an item. Django calls this."""
        return languages_with(item, *self.published_fields)
