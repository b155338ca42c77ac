"""Texts of the directory that have eight languages."""

from __future__ import annotations

from typing import ClassVar

from modeltranslation.translator import TranslationOptions, register

from partners.directory.models import Country, Network, Organisation


class NamedTranslation(TranslationOptions):
    """An empty text is stored as NULL: not published in this language."""

    empty_values = None
    required_languages: ClassVar[list[str] | tuple[str, ...] | dict[str, list[str] | tuple[str, ...]]] = ("en",)


@register(Country)
class CountryTranslation(NamedTranslation):
    fields = ("name",)


@register(Organisation)
class OrganisationTranslation(NamedTranslation):
    fields = ("name", "present_name", "city", "description")
    required_languages = {"en": ("name", "city")}


@register(Network)
class NetworkTranslation(NamedTranslation):
    fields = ("name", "description")
    required_languages = {"en": ("name",)}
