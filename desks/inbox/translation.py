from __future__ import annotations

from modeltranslation.translator import register

from desks.inbox.models import CannedAnswer
from victor.publishing.translation import Published


@register(CannedAnswer)
class CannedAnswerTranslation(Published):
    position = 120
    fields = texts = required_texts = ("title", "text")
    searchable = False
