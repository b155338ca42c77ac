from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from partners.directory.models import Country, Network, Organisation


class NamedTranslation(TranslationOptions):
    """Empty means NULL means "not published in this language"."""

    empty_values = None
    required_languages = ("en",)


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
