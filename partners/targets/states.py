"""Of a grant's indicators: level, direction, and the two ways in which figures are put together; states of periods."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """What an indicator measures."""

    OUTPUT = "output", pgettext_lazy("level of an indicator", "Output")
    OUTCOME = "outcome", pgettext_lazy("level of an indicator", "Outcome")
    IMPACT = "impact", pgettext_lazy("level of an indicator", "Impact")


class Direction(TextChoices):
    """Which way is better."""

    UP = "up", pgettext_lazy("direction of an indicator", "More is better")
    DOWN = "down", pgettext_lazy("direction of an indicator", "Less is better")


class AcrossTime(TextChoices):
    """How the figures of several periods become one."""

    SUM = "sum", pgettext_lazy("across time", "Added over the periods.")
    LATEST = "latest", pgettext_lazy("across time", "The latest value counts.")
    MAX = "max", pgettext_lazy("across time", "The highest value counts.")
    MEAN = "mean", pgettext_lazy("across time", "The mean of the periods counts.")
    DISTINCT = "distinct", pgettext_lazy("across time", "Each person counts once.")
    NEVER = "never", pgettext_lazy("across time", "Never added.")


class AcrossPlaces(TextChoices):
    """How the figures of several organisations become one. The latest of several places says nothing of them all."""

    SUM = "sum", pgettext_lazy("across places", "Added over the organisations.")
    MAX = "max", pgettext_lazy("across places", "The highest value counts.")
    MEAN = "mean", pgettext_lazy("across places", "The mean of the organisations counts.")
    DISTINCT = "distinct", pgettext_lazy("across places", "Each person counts once.")
    NEVER = "never", pgettext_lazy("across places", "Never added.")


class PeriodState(TextChoices):
    """Where a period of a grant stands."""

    OPEN = "open", pgettext_lazy("period of a grant", "Open")
    CLOSED = "closed", pgettext_lazy("period of a grant", "Closed by all organisations")
    APPROVED = "approved", pgettext_lazy("period of a grant", "Approved")


class MoneyKind(TextChoices):
    """Which total of money."""

    BUDGET = "budget", pgettext_lazy("total of money", "Budget")
    SPENT = "spent", pgettext_lazy("total of money", "Spent")
    RECEIVED = "received", pgettext_lazy("total of money", "Received")
