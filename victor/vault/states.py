from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class KeyKind(TextChoices):
    """What a key pair belongs to."""

    PERSON = "person", pgettext_lazy("key of the vault", "Person")
    GROUP = "group", pgettext_lazy("key of the vault", "Group")
    RECORD = "record", pgettext_lazy("key of the vault", "Record")
    RECEIPT = "receipt", pgettext_lazy("key of the vault", "Receipt")


class CeremonyState(TextChoices):
    """Where the recovery of somebody's access stands. Expired is seen, not stored."""

    ASKED = "asked", pgettext_lazy("recovery", "Waits for the first officer")
    CONFIRMED = "confirmed", pgettext_lazy("recovery", "Waits for the second officer")
    DONE = "done", pgettext_lazy("recovery", "Done")
    WITHDRAWN = "withdrawn", pgettext_lazy("recovery", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("recovery", "Expired")


class CeremonyMove(TextChoices):
    """What can be done in a recovery."""

    CONFIRM = "confirm"
    COMPLETE = "complete"
    RESTART = "restart"
    WITHDRAW = "withdraw"


class ResealingState(TextChoices):
    """Whether records still wait to be sealed anew."""

    RUNNING = "running", pgettext_lazy("records sealed anew", "Under way")
    DONE = "done", pgettext_lazy("records sealed anew", "Done")


OPEN = {CeremonyState.ASKED, CeremonyState.CONFIRMED}
# Each move: the states from which it starts, and where it leads. A group whose key or officers change starts again.
MOVES: dict[CeremonyMove, tuple[set[CeremonyState], CeremonyState]] = {
    CeremonyMove.CONFIRM: ({CeremonyState.ASKED}, CeremonyState.CONFIRMED),
    CeremonyMove.COMPLETE: ({CeremonyState.CONFIRMED}, CeremonyState.DONE),
    CeremonyMove.RESTART: (OPEN, CeremonyState.ASKED),
    CeremonyMove.WITHDRAW: (OPEN, CeremonyState.WITHDRAWN),
}
