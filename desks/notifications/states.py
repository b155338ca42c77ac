"""Which authority is told of a child, how, and where that stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class AuthorityKind(TextChoices):
    """What an authority is responsible for. The values are those of the directory where it has the same."""

    CHILD_PROTECTION = "child_protection", pgettext_lazy("authority", "Child protection")
    POLICE = "police_unit", pgettext_lazy("authority", "Police")
    IDENTIFICATION = "formal_identification", pgettext_lazy("authority", "Identification of victims")
    GUARDIANSHIP = "guardianship", pgettext_lazy("authority", "Guardianship")
    PROSECUTOR = "prosecutor", pgettext_lazy("authority", "Prosecutor")
    COORDINATOR = "coordinator", pgettext_lazy("authority", "National coordinator")
    CONSULATE = "consulate", pgettext_lazy("authority", "Consulate")
    OTHER = "other", pgettext_lazy("authority", "Other authority")


class NotificationState(TextChoices):
    """Whether an authority was told, or why not."""

    OPEN = "open", pgettext_lazy("notification", "Not sent")
    SENT = "sent", pgettext_lazy("notification", "Sent")
    ASKED = "asked", pgettext_lazy("notification", "Not sent: the lead decides about the reason")
    EXCUSED = "excused", pgettext_lazy("notification", "Not to be told: the lead has agreed")


# Neither sent nor explained: the clock runs, and the case is not closed.
WAITING_STATES = frozenset({NotificationState.OPEN, NotificationState.ASKED})


class Channel(TextChoices):
    """How an authority was told. The portal itself never sends a letter."""

    TELEPHONE = "telephone", pgettext_lazy("way to notify", "By telephone")
    POST = "post", pgettext_lazy("way to notify", "By post")
    HANDED = "handed", pgettext_lazy("way to notify", "Given by hand")
    THEIR_SYSTEM = "system", pgettext_lazy("way to notify", "In the authority's own system")
    OTHER = "other", pgettext_lazy("way to notify", "Another way")


class StepKind(TextChoices):
    """What was done about a notification."""

    SENT = "sent", pgettext_lazy("step of a notification", "Sent")
    RECEIPT = "receipt", pgettext_lazy("step of a notification", "Receipt confirmed")
    ASKED = "asked", pgettext_lazy("step of a notification", "Asked not to tell this authority")
    EXCUSED = "excused", pgettext_lazy("step of a notification", "The lead agreed")
    REFUSED = "refused", pgettext_lazy("step of a notification", "The lead did not agree")
