from __future__ import annotations

from modeltranslation.translator import register

from campaigns.materials.models import Material
from victor.publishing.translation import Published


@register(Material)
class MaterialTranslation(Published):
    position = 330
    fields = texts = required_texts = ("title", "summary")
