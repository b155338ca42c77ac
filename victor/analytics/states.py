"""Uses that are counted."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Use(TextChoices):
    """A use that is counted."""

    VIEW = "view", pgettext_lazy("counted by the site", "Page views")
    DOWNLOAD = "download", pgettext_lazy("counted by the site", "Downloads")
    PAPER = "paper", pgettext_lazy("counted by the site", "Visits from printed materials")
