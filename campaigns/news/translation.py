from __future__ import annotations

from modeltranslation.translator import register

from campaigns.news.models import News
from victor.publishing.translation import Published


@register(News)
class NewsTranslation(Published):
    position = 340
    fields = texts = required_texts = ("title", "summary", "body")
    rich = ("body",)
