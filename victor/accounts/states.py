"""How often somebody is told by email what waits for them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Digest(TextChoices):
    """How often. Nobody who has chosen nothing is written to."""

    DAILY = "daily", pgettext_lazy("emails about tasks", "Every working day")
    WEEKLY = "weekly", pgettext_lazy("emails about tasks", "Once a week")
    NEVER = "never", pgettext_lazy("emails about tasks", "Never")
