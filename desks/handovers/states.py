from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class HandOverState(TextChoices):
    """Where the hand-over of a report to another desk stands."""

    ASKED = "asked", pgettext_lazy("hand-over of a report", "Waiting for the reporter's answer")
    AGREED = "agreed", pgettext_lazy("hand-over of a report", "The reporter agrees")
    DECLINED = "declined", pgettext_lazy("hand-over of a report", "The reporter does not agree")
    ACCEPTED = "accepted", pgettext_lazy("hand-over of a report", "Accepted by the other desk")
    REFUSED = "refused", pgettext_lazy("hand-over of a report", "Declined by the other desk")
    WITHDRAWN = "withdrawn", pgettext_lazy("hand-over of a report", "Withdrawn")
    DONE = "done", pgettext_lazy("hand-over of a report", "Handed over")


class HandOverMove(TextChoices):
    """What can be done in a hand-over: by the reporter, by the desk that takes, by the desk that gives."""

    AGREE = "agree"
    DECLINE = "decline"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    COMPLETE = "complete"


OPEN_HAND_OVER_STATES = {HandOverState.ASKED, HandOverState.AGREED, HandOverState.ACCEPTED}
HAND_OVER_MOVES: dict[HandOverMove, tuple[set[HandOverState], HandOverState]] = {
    HandOverMove.AGREE: ({HandOverState.ASKED}, HandOverState.AGREED),
    HandOverMove.DECLINE: ({HandOverState.ASKED, HandOverState.AGREED}, HandOverState.DECLINED),
    HandOverMove.ACCEPT: ({HandOverState.AGREED}, HandOverState.ACCEPTED),
    HandOverMove.REFUSE: ({HandOverState.AGREED}, HandOverState.REFUSED),
    HandOverMove.WITHDRAW: (OPEN_HAND_OVER_STATES, HandOverState.WITHDRAWN),
    HandOverMove.COMPLETE: ({HandOverState.ACCEPTED}, HandOverState.DONE),
}
