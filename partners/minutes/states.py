"""Where minutes, their texts, decisions and actions stand, and the moves between."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

REMARKS_PERIOD = timedelta(days=7)  # for remarks, before anybody approves


class MinutesState(TextChoices):
    """Where a version of minutes stands."""

    DRAFT = "draft", pgettext_lazy("minutes", "Draft")
    CIRCULATED = "circulated", pgettext_lazy("minutes", "Sent for remarks")
    APPROVED = "approved", pgettext_lazy("minutes", "Approved")


class MinutesMove(TextChoices):
    """What can be done with a version of minutes."""

    WRITE = "write"
    CIRCULATE = "circulate"
    TAKE_BACK = "take_back"
    APPROVE = "approve"
    CORRECT = "correct"


MINUTES_MOVES: dict[MinutesMove, MinutesState] = {
    MinutesMove.WRITE: MinutesState.DRAFT,
    MinutesMove.CIRCULATE: MinutesState.DRAFT,
    MinutesMove.TAKE_BACK: MinutesState.CIRCULATED,
    MinutesMove.APPROVE: MinutesState.CIRCULATED,
    MinutesMove.CORRECT: MinutesState.APPROVED,
}


class TextState(TextChoices):
    """Of the texts of one agenda item one is current. A second one waits for a choice; what is not chosen is kept."""

    CURRENT = "current", pgettext_lazy("text of minutes", "Current")
    SECOND = "second", pgettext_lazy("text of minutes", "Second text")
    SET_ASIDE = "set_aside", pgettext_lazy("text of minutes", "Set aside")


class ApprovalPart(TextChoices):
    """Minutes are approved by two people, each for one part."""

    CHAIR = "chair", pgettext_lazy("approval of minutes", "Chair")
    SECRETARY = "secretary", pgettext_lazy("approval of minutes", "Secretary")


class Priority(TextChoices):
    """How pressing an action is."""

    HIGH = "high", pgettext_lazy("priority of an action", "High")
    NORMAL = "normal", pgettext_lazy("priority of an action", "Normal")
    LOW = "low", pgettext_lazy("priority of an action", "Low")


class ActionState(TextChoices):
    """Where an action stands. That it is overdue is computed from its day."""

    OPEN = "open", pgettext_lazy("action of a group", "Open")
    DONE = "done", pgettext_lazy("action of a group", "Done, not confirmed")
    VERIFIED = "verified", pgettext_lazy("action of a group", "Confirmed")
    DROPPED = "dropped", pgettext_lazy("action of a group", "Dropped")


class ActionMove(TextChoices):
    """What can be done with an action."""

    FINISH = "finish"
    VERIFY = "verify"
    RETURN = "return"
    DROP = "drop"
    CHANGE = "change"


ACTION_MOVES: dict[ActionMove, set[ActionState]] = {
    ActionMove.FINISH: {ActionState.OPEN},
    ActionMove.VERIFY: {ActionState.DONE},
    ActionMove.RETURN: {ActionState.DONE},
    ActionMove.DROP: {ActionState.OPEN, ActionState.DONE},
    ActionMove.CHANGE: {ActionState.OPEN},
}
