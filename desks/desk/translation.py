from __future__ import annotations

from modeltranslation.translator import register

from desks.desk.models import Desk
from victor.publishing.translation import Published


@register(Desk)
class DeskTranslation(Published):
    position = 110
    fields = texts = ("title", "summary", "how", "limits", "for_children", "for_professionals")
    required_texts = ("title", "summary", "how", "limits", "for_children")
    rich = ("how", "limits", "for_children", "for_professionals")
