"""Texts of help lines that have eight languages."""

from __future__ import annotations

from modeltranslation.translator import register

from partners.directory.translation import NamedTranslation
from partners.help_lines.models import HelpLine


@register(HelpLine)
class HelpLineTranslation(NamedTranslation):
    fields = ("name", "operator")
    required_languages = {"en": ("name",)}
