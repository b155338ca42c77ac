"""Whose access is reviewed by whom, and what of it can be taken away."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Circle(TextChoices):
    """Whose access: a supervisor reviews the workers of the own desks, a coordinator everybody else."""

    WORKERS = "workers", pgettext_lazy("access review", "Desk workers")
    OTHERS = "others", pgettext_lazy("access review", "Supervisors, and roles for the whole site")


class AccessPart(TextChoices):
    """What a role gives. Whoever loses the role loses the rest with it."""

    ROLE = "role", pgettext_lazy("access review", "The role, with all that goes with it")
    KEYS = "keys", pgettext_lazy("access review", "The keys of the desks")
    INTAKE = "intake", pgettext_lazy("access review", "Receiving referrals")
    EXPORT = "export", pgettext_lazy("access review", "The rights to export")


class ReviewState(TextChoices):
    """Where a review stands. It follows from what is stored and from the clock."""

    RUNNING = "running", pgettext_lazy("access review", "To be done")
    LATE = "late", pgettext_lazy("access review", "Overdue")
    DONE = "done", pgettext_lazy("access review", "Done")
    MISSED = "missed", pgettext_lazy("access review", "Not done in its quarter")
