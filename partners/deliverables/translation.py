"""The title of a deliverable has eight languages."""

from __future__ import annotations

from modeltranslation.translator import register

from partners.deliverables.models import Deliverable
from partners.directory.translation import NamedTranslation


@register(Deliverable)
class DeliverableTranslation(NamedTranslation):
    fields = ("title",)
