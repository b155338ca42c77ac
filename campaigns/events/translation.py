from __future__ import annotations

from modeltranslation.translator import register

from campaigns.events.models import Event
from victor.publishing.translation import Published


@register(Event)
class EventTranslation(Published):
    position = 350
    fields = texts = ("title", "summary", "place", "body")
    required_texts = ("title", "summary")
    rich = ("body",)
