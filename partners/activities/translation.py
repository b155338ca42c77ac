"""The title of an activity has eight languages."""

from __future__ import annotations

from modeltranslation.translator import register

from partners.activities.models import Activity
from partners.directory.translation import NamedTranslation


@register(Activity)
class ActivityTranslation(NamedTranslation):
    fields = ("title",)
