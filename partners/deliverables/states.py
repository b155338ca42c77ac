"""States of deliverables, and when their owners are told that they are due."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from victor.files.states import FileFormat

REMINDER_DAYS = (30, 7, 0)  # before a deliverable is due
FORMATS = {FileFormat.PDF}


class Level(TextChoices):
    """Who may read what was submitted."""

    PUBLIC = "public", pgettext_lazy("deliverable", "Public")
    RESTRICTED = "restricted", pgettext_lazy("deliverable", "Restricted")


class DeliverableState(TextChoices):
    """Where a deliverable stands."""

    PLANNED = "planned", pgettext_lazy("deliverable", "Planned")
    DRAFT = "draft", pgettext_lazy("deliverable", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("deliverable", "Internal review")
    SUBMITTED = "submitted", pgettext_lazy("deliverable", "Submitted")
    ACCEPTED = "accepted", pgettext_lazy("deliverable", "Accepted")
    SENT_BACK = "sent_back", pgettext_lazy("deliverable", "Sent back")


class DeliverableMove(TextChoices):
    """What can be done with a deliverable."""

    UPLOAD = "upload"
    ASK = "ask"
    RETURN = "return"
    PASS = "pass"  # noqa: S105 - no password
    SUBMIT = "submit"
    ACCEPT = "accept"
    SEND_BACK = "send_back"


# A review that is passed changes no state: the version names who has read it, and when.
STARTS: dict[DeliverableMove, set[DeliverableState]] = {
    DeliverableMove.UPLOAD: {DeliverableState.PLANNED, DeliverableState.DRAFT, DeliverableState.SENT_BACK},
    DeliverableMove.ASK: {DeliverableState.DRAFT},
    DeliverableMove.RETURN: {DeliverableState.IN_REVIEW},
    DeliverableMove.PASS: {DeliverableState.IN_REVIEW},
    DeliverableMove.SUBMIT: {DeliverableState.IN_REVIEW},
    DeliverableMove.ACCEPT: {DeliverableState.SUBMITTED},
    DeliverableMove.SEND_BACK: {DeliverableState.SUBMITTED},
}
HANDED_IN = [DeliverableState.SUBMITTED, DeliverableState.ACCEPTED]
