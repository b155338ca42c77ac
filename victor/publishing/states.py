"""States and moves of texts, and faults of translators' files."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class TextState(TextChoices):
    """The state of a text in one language. "Missing" and "outdated" are shown, not stored."""

    MISSING = "missing", pgettext_lazy("text in a language", "Missing")
    MACHINE = "machine", pgettext_lazy("text in a language", "Machine draft")
    DRAFT = "draft", pgettext_lazy("text in a language", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("text in a language", "In review")
    APPROVED = "approved", pgettext_lazy("text in a language", "Approved")
    PUBLISHED = "published", pgettext_lazy("text in a language", "Published")
    OUTDATED = "outdated", pgettext_lazy("text in a language", "Outdated")


class TextMove(TextChoices):
    """What can be done with a text in one language."""

    SAVE = "save"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    TAKE_BACK = "take_back"
    APPROVE = "approve"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"


class ExchangeFault(TextChoices):
    """Why a translator's file is refused."""

    FORMAT = "format", pgettext_lazy("fault of a file", "This is not a complete XLIFF or PO file.")
    ENTITIES = "entities", pgettext_lazy("fault of a file", "The file declares entities; this is not allowed.")
    LANGUAGE = "language", pgettext_lazy("fault of a file", "The file is for another language.")
    NAME = "name", pgettext_lazy("fault of a file", "This text does not belong to the portal.")
    PLACEHOLDERS = "placeholders", pgettext_lazy("fault of a file", "A placeholder was lost, changed or added.")
    LINKS = "links", pgettext_lazy("fault of a file", "A link was lost or added.")
    IMAGES = "images", pgettext_lazy("fault of a file", "An image was lost, changed or added.")
    CODES = "codes", pgettext_lazy("fault of a file", "The formatting was lost: the file has codes in its place.")
    TWICE = "twice", pgettext_lazy("fault of a file", "The file has this text twice, with two translations.")
    TOO_LONG = "too_long", pgettext_lazy("fault of a file", "The translation is too long for its place.")
    TOO_LARGE = "too_large", pgettext_lazy("fault of a file", "The file is larger than 10 MB.")


STORED = [state for state in TextState if state not in {TextState.MISSING, TextState.OUTDATED}]
# Others are reading it, or have: it changes only after somebody has taken it back.
READ_BY_OTHERS = {TextState.IN_REVIEW, TextState.APPROVED}
# Each move: the states from which it starts, and the state it leads to.
MOVES: dict[TextMove, tuple[set[TextState], TextState]] = {
    TextMove.SAVE: (set(STORED), TextState.DRAFT),
    TextMove.SUBMIT: ({TextState.MACHINE, TextState.DRAFT}, TextState.IN_REVIEW),
    TextMove.SEND_BACK: (READ_BY_OTHERS, TextState.DRAFT),
    TextMove.TAKE_BACK: (READ_BY_OTHERS, TextState.DRAFT),
    TextMove.APPROVE: ({TextState.IN_REVIEW}, TextState.APPROVED),
    TextMove.PUBLISH: ({TextState.APPROVED}, TextState.PUBLISHED),
    TextMove.UNPUBLISH: (set(STORED), TextState.DRAFT),
}
