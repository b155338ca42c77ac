from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where the work on a text in one language stands. Missing and outdated are seen, not stored."""

    MISSING = "missing", pgettext_lazy("text in a language", "Missing")
    MACHINE = "machine", pgettext_lazy("text in a language", "Machine draft")
    DRAFT = "draft", pgettext_lazy("text in a language", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("text in a language", "In review")
    APPROVED = "approved", pgettext_lazy("text in a language", "Approved")
    PUBLISHED = "published", pgettext_lazy("text in a language", "Published")
    OUTDATED = "outdated", pgettext_lazy("text in a language", "Outdated")


class Move(TextChoices):
    """What can be done with a text in one language."""

    SAVE = "save"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"


STORED = [state for state in State if state not in {State.MISSING, State.OUTDATED}]
# Each move: the states from which it starts, and where it leads.
MOVES: dict[Move, tuple[set[State], State]] = {
    Move.SAVE: (set(STORED), State.DRAFT),
    Move.SUBMIT: ({State.MACHINE, State.DRAFT}, State.IN_REVIEW),
    Move.SEND_BACK: ({State.IN_REVIEW, State.APPROVED}, State.DRAFT),
    Move.APPROVE: ({State.IN_REVIEW}, State.APPROVED),
    Move.PUBLISH: ({State.APPROVED}, State.PUBLISHED),
    Move.UNPUBLISH: (set(STORED), State.DRAFT),
}
