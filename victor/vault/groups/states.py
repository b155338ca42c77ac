"""States and moves of recoveries, and states of rotations."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RecoveryState(TextChoices):
    """The state of a recovery. "Expired" is shown, not stored."""

    ASKED = "asked", pgettext_lazy("recovery", "Waiting for the first recovery officer")
    CONFIRMED = "confirmed", pgettext_lazy("recovery", "Waiting for the second recovery officer")
    DONE = "done", pgettext_lazy("recovery", "Done")
    WITHDRAWN = "withdrawn", pgettext_lazy("recovery", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("recovery", "Expired")


class RecoveryMove(TextChoices):
    """What can be done in a recovery."""

    CONFIRM = "confirm"
    COMPLETE = "complete"
    RESTART = "restart"
    WITHDRAW = "withdraw"


class RotationState(TextChoices):
    """Whether records still wait for the new key."""

    RUNNING = "running", pgettext_lazy("records sealed anew", "In progress")
    DONE = "done", pgettext_lazy("records sealed anew", "Done")


OPEN_STATES = {RecoveryState.ASKED, RecoveryState.CONFIRMED}
# Each move: the states from which it starts, and the state it leads to. A change of key or officers restarts.
MOVES: dict[RecoveryMove, tuple[set[RecoveryState], RecoveryState]] = {
    RecoveryMove.CONFIRM: ({RecoveryState.ASKED}, RecoveryState.CONFIRMED),
    RecoveryMove.COMPLETE: ({RecoveryState.CONFIRMED}, RecoveryState.DONE),
    RecoveryMove.RESTART: (OPEN_STATES, RecoveryState.ASKED),
    RecoveryMove.WITHDRAW: (OPEN_STATES, RecoveryState.WITHDRAWN),
}
