"""The title of an agreement has eight languages."""

from __future__ import annotations

from modeltranslation.translator import register

from partners.agreements.models import Agreement
from partners.directory.translation import NamedTranslation


@register(Agreement)
class AgreementTranslation(NamedTranslation):
    fields = ("title",)
