from modeltranslation.translator import TranslationOptions, register

from victor.pages.models import FunderNotice, Page
from victor.publishing.translation import Published


@register(FunderNotice)
class FunderNoticeTranslation(TranslationOptions):
    fields = ("statement", "disclaimer")
    empty_values = None
    required_languages = ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk")


@register(Page)
class PageTranslation(Published):
    fields = texts = required_texts = ("title", "summary", "body")
    rich = ("body",)
