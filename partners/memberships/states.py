"""Roles."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """What a person does for an organisation."""

    WORKER = "worker", pgettext_lazy("role", "Desk worker")
    SUPERVISOR = "supervisor", pgettext_lazy("role", "Desk supervisor")
    TRAINER = "trainer", pgettext_lazy("role", "Trainer")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    TRANSLATOR = "translator", pgettext_lazy("role", "Translator")
    COORDINATOR = "coordinator", pgettext_lazy("role", "Coordinator")
