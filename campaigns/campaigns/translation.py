from __future__ import annotations

from modeltranslation.translator import register

from campaigns.campaigns.models import Campaign, ImportantDay, Message
from victor.publishing.translation import Published


@register(Campaign)
class CampaignTranslation(Published):
    fields = texts = ("title", "summary", "body", "poster", "key_image_alternative")
    required_texts = ("title", "summary", "body")
    rich = ("body",)


@register(Message)
class MessageTranslation(Published):
    fields = texts = required_texts = ("title", "text")
    rich = ("text",)


@register(ImportantDay)
class ImportantDayTranslation(Published):
    fields = texts = required_texts = ("title", "text")
