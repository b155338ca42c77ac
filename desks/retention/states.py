from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class DeletionObstacle(TextChoices):
    """Why a report is not deleted on its day."""

    LAW = "law", pgettext_lazy("why a report is kept", "Legal hold")
    UNREAD = "unread", pgettext_lazy("why a report is kept", "It has an unread message")
    OPEN = "open", pgettext_lazy("why a report is kept", "It has no outcome yet")


class DeletionReason(TextChoices):
    """Why a desk deletes a report before its day, as its reporter asks. A code: no words about anybody are kept."""

    MISTAKE = "mistake", pgettext_lazy("why a report is deleted", "It was sent by mistake, or to try the form")
    ELSEWHERE = "elsewhere", pgettext_lazy("why a report is deleted", "The same is in another report")
    SAFETY = "safety", pgettext_lazy("why a report is deleted", "Keeping it would put somebody in danger")
    WISH = "wish", pgettext_lazy("why a report is deleted", "The reporter wants it, and no child depends on it")


class PromiseStatus(TextChoices):
    """Whether the desk met a deadline of a report."""

    YES = "yes", pgettext_lazy("promise of a desk", "In time")
    NO = "no", pgettext_lazy("promise of a desk", "Late")
    RUNS = "runs", pgettext_lazy("promise of a desk", "Still within time")
