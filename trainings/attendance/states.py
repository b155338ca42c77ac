"""How attendance became known."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class AttendanceMethod(TextChoices):
    """How it became known that a participant attended."""

    CODE = "code", pgettext_lazy("attendance", "Code from the confirmation")
    LIST = "list", pgettext_lazy("attendance", "Participant list")
    WALK_IN = "walk_in", pgettext_lazy("attendance", "Came without registration")
    SHEET = "sheet", pgettext_lazy("attendance", "Signed attendance sheet")
