from __future__ import annotations

from modeltranslation.translator import register

from victor.pages.models import Page
from victor.publishing.translation import Published


@register(Page)
class PageTranslation(Published):
    position = 410
    fields = texts = required_texts = ("title", "summary", "body")
    rich = ("body",)
