"""The parts of a seminar that a copy may have."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class SeminarPart(TextChoices):
    """A part that a copy of a seminar may have, in addition to the facts about it."""

    TEXTS = "texts", pgettext_lazy("part of a seminar", "Texts")
    SESSIONS = "sessions", pgettext_lazy("part of a seminar", "Sessions, with their modules")
    QUOTAS = "quotas", pgettext_lazy("part of a seminar", "Quotas")
    MATERIALS = "materials", pgettext_lazy("part of a seminar", "Materials of the sessions")
    PEOPLE = "people", pgettext_lazy("part of a seminar", "Trainers and helpers")
    QUESTIONS = "questions", pgettext_lazy("part of a seminar", "Questions before and after")
