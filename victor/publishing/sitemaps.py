"""Sitemaps that tell of published translations only, with the same alternates as the pages themselves."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db import models

from victor.languages import languages_with


class AlternatesSitemap(Sitemap):
    """Pages in all their languages; the first of them is the default for everybody else."""

    i18n = alternates = True

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls: list[dict[str, Any]] = super()._urls(page, protocol, domain)  # type: ignore[misc]  # not in the stubs
        for url in urls:
            url["alternates"].append({"location": url["alternates"][0]["location"], "lang_code": "x-default"})
        return urls


class PublishedSitemap(AlternatesSitemap):
    """Objects with their page in each language in which all `published_fields` have a text."""

    published_fields: tuple[str, ...] = ("name",)

    def get_languages_for_item(self, item: models.Model) -> list[str]:
        """Django asks this for the alternates of an item."""
        return languages_with(item, *self.published_fields)

    def location(self, item: Any) -> str:
        return item.get_absolute_url()
