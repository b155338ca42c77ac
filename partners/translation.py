from modeltranslation.translator import TranslationOptions, register

from partners.models import Country, HelpLine, Network, Organisation


class Translated(TranslationOptions):
    """Empty means NULL means "not published in this language"."""

    empty_values = None
    required_languages = ("en",)


@register(Country)
class CountryTranslation(Translated):
    fields = ("name",)


@register(Organisation)
class OrganisationTranslation(Translated):
    fields = ("name", "present_name", "city", "description")
    required_languages = {"en": ("name", "city")}


@register(HelpLine)
class HelpLineTranslation(Translated):
    fields = ("name", "operator")
    required_languages = {"en": ("name",)}


@register(Network)
class NetworkTranslation(Translated):
    fields = ("name", "description")
    required_languages = {"en": ("name",)}
