from modeltranslation.translator import register

from desks.models import CannedAnswer, Desk
from victor.publishing.translation import Published


@register(Desk)
class DeskTranslation(Published):
    fields = texts = ("title", "summary", "how", "limits", "for_children", "for_professionals")
    required_texts = ("title", "summary", "how", "limits", "for_children")
    rich = ("how", "limits", "for_children", "for_professionals")


@register(CannedAnswer)
class CannedAnswerTranslation(Published):
    fields = texts = required_texts = ("title", "text")
    searchable = False
