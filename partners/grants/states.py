"""States of a grant."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class GrantState(TextChoices):
    """Where a grant stands."""

    PLANNED = "planned", pgettext_lazy("grant", "Planned")
    RUNNING = "running", pgettext_lazy("grant", "Running")
    REPORTING = "reporting", pgettext_lazy("grant", "Reporting")
    CLOSED = "closed", pgettext_lazy("grant", "Closed")
