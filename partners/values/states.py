"""States of values that people enter, and of corrections of them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

REMINDER_DAYS = (30, 7, 0)  # before the values of a period are due


class ValueState(TextChoices):
    """Where a value stands."""

    DRAFT = "draft", pgettext_lazy("value", "Draft")
    PROPOSED = "proposed", pgettext_lazy("value", "To be checked")
    RETURNED = "returned", pgettext_lazy("value", "Returned")
    APPROVED = "approved", pgettext_lazy("value", "Approved")


OPEN_STATES = [ValueState.DRAFT, ValueState.RETURNED]


class CorrectionState(TextChoices):
    """Where a correction stands."""

    PROPOSED = "proposed", pgettext_lazy("correction of a value", "To be checked")
    RETURNED = "returned", pgettext_lazy("correction of a value", "Returned")
    APPROVED = "approved", pgettext_lazy("correction of a value", "Approved")
