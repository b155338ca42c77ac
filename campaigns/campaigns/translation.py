from __future__ import annotations

from modeltranslation.translator import register

from campaigns.campaigns.models import Campaign, ImportantDay, Message
from victor.publishing.translation import Published


@register(Campaign)
class CampaignTranslation(Published):
    position = 310
    fields = texts = ("title", "summary", "body", "poster", "key_image_alternative")
    required_texts = ("title", "summary", "body")
    rich = ("body",)


@register(Message)
class MessageTranslation(Published):
    position = 320
    fields = texts = required_texts = ("title", "text")
    rich = ("text",)


@register(ImportantDay)
class ImportantDayTranslation(Published):
    position = 360
    fields = texts = required_texts = ("title", "text")
