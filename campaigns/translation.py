from modeltranslation.translator import register

from campaigns.models import Campaign, Event, ImportantDay, Material, Message, News
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


@register(Material)
class MaterialTranslation(Published):
    fields = texts = required_texts = ("title", "summary")


@register(News)
class NewsTranslation(Published):
    fields = texts = required_texts = ("title", "summary", "body")
    rich = ("body",)


@register(Event)
class EventTranslation(Published):
    fields = texts = ("title", "summary", "place", "body")
    required_texts = ("title", "summary")
    rich = ("body",)


@register(ImportantDay)
class ImportantDayTranslation(Published):
    fields = texts = required_texts = ("title", "text")
