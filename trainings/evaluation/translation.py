from __future__ import annotations

from modeltranslation.translator import register

from trainings.evaluation.models import Item
from victor.publishing.translation import Published


@register(Item)
class ItemTranslation(Published):
    position = 240
    fields = texts = ("title", "options", "explanation")
    required_texts = ("title",)
    searchable = False
