"""The name of a body has eight languages."""

from __future__ import annotations

from modeltranslation.translator import register

from partners.directory.translation import NamedTranslation
from partners.responsibilities.models import Responsibility


@register(Responsibility)
class ResponsibilityTranslation(NamedTranslation):
    fields = ("body",)
