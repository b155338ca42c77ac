"""Texts of the funder's notice, and titles of grants and work packages, that have eight languages."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from partners.directory.translation import NamedTranslation
from partners.grants.models import FunderNotice, Grant, WorkPackage


@register(FunderNotice)
class FunderNoticeTranslation(TranslationOptions):
    fields = ("statement", "disclaimer")
    empty_values = None
    required_languages = ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk")


@register(Grant)
@register(WorkPackage)
class TitledTranslation(NamedTranslation):
    fields = ("title",)
