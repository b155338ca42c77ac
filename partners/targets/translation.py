"""The title of an indicator has eight languages."""

from __future__ import annotations

from modeltranslation.translator import register

from partners.directory.translation import NamedTranslation
from partners.targets.models import IndicatorTarget


@register(IndicatorTarget)
class IndicatorTargetTranslation(NamedTranslation):
    fields = ("title",)
