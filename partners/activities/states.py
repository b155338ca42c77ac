"""Kinds and states of activities, of their evidence, and of what went otherwise than planned."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from victor.files.states import FileFormat


class ActivityKind(TextChoices):
    """What an activity is."""

    MEETING = "meeting", pgettext_lazy("activity of a grant", "Meeting")
    TRAINING = "training", pgettext_lazy("activity of a grant", "Training")
    DESK = "desk", pgettext_lazy("activity of a grant", "Desk")
    CAMPAIGN = "campaign", pgettext_lazy("activity of a grant", "Campaign")
    STUDY = "study", pgettext_lazy("activity of a grant", "Study")
    PUBLICATION = "publication", pgettext_lazy("activity of a grant", "Publication")


class ActivityState(TextChoices):
    """Where an activity stands. The last two need an approved deviation."""

    PLANNED = "planned", pgettext_lazy("activity of a grant", "Planned")
    RUNNING = "running", pgettext_lazy("activity of a grant", "Running")
    DONE = "done", pgettext_lazy("activity of a grant", "Done")
    CHANGED = "changed", pgettext_lazy("activity of a grant", "Changed")
    DROPPED = "dropped", pgettext_lazy("activity of a grant", "Dropped")


class ActivityMove(TextChoices):
    """What can be done with an activity. The last two follow from the approval of a deviation."""

    BEGIN = "begin"
    FINISH = "finish"
    CHANGE = "change"
    DROP = "drop"


ACTIVITY_MOVES: dict[ActivityMove, tuple[set[ActivityState], ActivityState]] = {
    ActivityMove.BEGIN: ({ActivityState.PLANNED}, ActivityState.RUNNING),
    ActivityMove.FINISH: ({ActivityState.RUNNING}, ActivityState.DONE),
    ActivityMove.CHANGE: ({ActivityState.PLANNED, ActivityState.RUNNING}, ActivityState.CHANGED),
    ActivityMove.DROP: ({ActivityState.PLANNED, ActivityState.RUNNING}, ActivityState.DROPPED),
}
NEED_DEVIATION = [ActivityState.CHANGED, ActivityState.DROPPED]
OUTCOMES = {ActivityState.CHANGED: ActivityMove.CHANGE, ActivityState.DROPPED: ActivityMove.DROP}


class DeviationState(TextChoices):
    """Where a deviation stands."""

    PROPOSED = "proposed", pgettext_lazy("deviation", "Proposed")
    APPROVED = "approved", pgettext_lazy("deviation", "Approved")
    RETURNED = "returned", pgettext_lazy("deviation", "Returned")


class EvidenceKind(TextChoices):
    """What proves an activity. Signature lists are for coordinators only."""

    AGENDA = "agenda", pgettext_lazy("evidence", "Agenda")
    LIST = "list", pgettext_lazy("evidence", "Signature list")
    PHOTO = "photo", pgettext_lazy("evidence", "Photo without children")
    MINUTES = "minutes", pgettext_lazy("evidence", "Minutes")
    PRESS = "press", pgettext_lazy("evidence", "Press")
    OTHER = "other", pgettext_lazy("evidence", "Other")


EVIDENCE_FORMATS = {FileFormat.PDF, FileFormat.JPEG, FileFormat.PNG, FileFormat.WEBP}
