"""Sitemaps of published translations, with the same alternates as the pages."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db import models

from victor.languages import languages_with


class AlternatesSitemap(Sitemap):
    """Pages in all their languages. The first one is the default for other readers."""

    i18n = alternates = True

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super()._urls(page, protocol, domain)  # type: ignore[misc]  # not in the stubs
        for url in urls:
            url["alternates"].append({"location": url["alternates"][0]["location"], "lang_code": "x-default"})
        return urls


class PublishedSitemap(AlternatesSitemap):
    """Objects, each with its page in every language in which all `published_fields` have a text."""

    published_fields: tuple[str, ...] = ("name",)

    def get_languages_for_item(self, item: models.Model) -> list[str]:
        """Languages of the alternates of an item. Django calls this."""
        return languages_with(item, *self.published_fields)

    def location(self, item: Any) -> str:
        return item.get_absolute_url()
