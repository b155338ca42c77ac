"""Where an alert stands, who has agreed to it, and what a desk answers."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

MAX_DAYS = 30
WARN_AFTER = timedelta(minutes=10)  # until the sender is told that nobody has opened it


class AlertPurpose(StrEnum):
    """What an envelope of an alert is."""

    ALERT = "alert"
    ANSWER = "alert.answer"


class AlertState(TextChoices):
    """Where an alert stands. Only one that runs can be read."""

    RUNNING = "running", pgettext_lazy("alert", "Running")
    TAKEN_BACK = "taken_back", pgettext_lazy("alert", "Taken back")
    ENDED = "ended", pgettext_lazy("alert", "Ended on its day")


class Agreed(TextChoices):
    """Who has agreed that other desks are told."""

    GUARDIAN = "guardian", pgettext_lazy("who agreed", "Guardian")
    AUTHORITY = "authority", pgettext_lazy("who agreed", "Authority")


class AlertAnswer(TextChoices):
    """What a desk that was told answers."""

    NOTHING = "nothing", pgettext_lazy("answer to an alert", "We have seen nothing")
    INFORMATION = "information", pgettext_lazy("answer to an alert", "We have information")
