"""Texts of the funder's notice that have eight languages."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from partners.grants.models import FunderNotice


@register(FunderNotice)
class FunderNoticeTranslation(TranslationOptions):
    fields = ("statement", "disclaimer")
    empty_values = None
    required_languages = ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk")
