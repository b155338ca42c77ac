"""The states of a package for somebody outside and of a partner's key, and their moves."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Method(TextChoices):
    """How a package is locked."""

    AGE = "age", pgettext_lazy("how a package is locked", "Their key")
    PDF = "pdf", pgettext_lazy("how a package is locked", "Locked PDF, with six words")


class PackageState(TextChoices):
    """Where a package stands. What was sent is never taken back: its destruction can be asked for."""

    DRAFT = "draft", pgettext_lazy("package", "Draft")
    ASKED = "asked", pgettext_lazy("package", "Waits for a supervisor")
    SENT = "sent", pgettext_lazy("package", "Made, receipt not confirmed")
    RECEIVED = "received", pgettext_lazy("package", "Receipt confirmed")
    DESTRUCTION_ASKED = "destruction_asked", pgettext_lazy("package", "Destruction asked for")
    DESTROYED = "destroyed", pgettext_lazy("package", "Destroyed")
    NOT_DESTROYED = "not_destroyed", pgettext_lazy("package", "Not destroyed")


class PackageMove(TextChoices):
    """What can be done with a package."""

    ASK = "ask"
    RETURN = "return"
    SEND = "send"
    RECEIVE = "receive"
    ASK_DESTRUCTION = "ask_destruction"
    DESTROY = "destroy"
    KEEP = "keep"


_S = PackageState
UNSENT = frozenset({_S.DRAFT, _S.ASKED})
OUTSIDE = frozenset(_S) - UNSENT
# From where each move starts, and where it leads.
PACKAGE_MOVES: dict[PackageMove, tuple[frozenset[PackageState], PackageState]] = {
    PackageMove.ASK: (frozenset({_S.DRAFT}), _S.ASKED),
    PackageMove.RETURN: (frozenset({_S.ASKED}), _S.DRAFT),
    PackageMove.SEND: (frozenset({_S.ASKED}), _S.SENT),
    PackageMove.RECEIVE: (frozenset({_S.SENT}), _S.RECEIVED),
    PackageMove.ASK_DESTRUCTION: (frozenset({_S.SENT, _S.RECEIVED, _S.NOT_DESTROYED}), _S.DESTRUCTION_ASKED),
    PackageMove.DESTROY: (frozenset({_S.DESTRUCTION_ASKED}), _S.DESTROYED),
    PackageMove.KEEP: (frozenset({_S.DESTRUCTION_ASKED}), _S.NOT_DESTROYED),
}
REQUESTED = "requested"  # what a package that is made says of itself, in the words of FHIR


class KeptReason(TextChoices):
    """Why somebody outside has not destroyed a package."""

    LAW = "law", pgettext_lazy("why a package is not destroyed", "The law obliges us to keep it")
    PROCEEDINGS = "proceedings", pgettext_lazy("why a package is not destroyed", "It is needed in proceedings")
    CARE = "care", pgettext_lazy("why a package is not destroyed", "The person is in our care")
    OTHER = "other", pgettext_lazy("why a package is not destroyed", "Another reason")


class PackageWordsKind(TextChoices):
    """What sealed words of a package are."""

    OFFICE = "office", pgettext_lazy("words of a package", "Receiver")
    LETTER = "letter", pgettext_lazy("words of a package", "Letter to the receiver")
    FUNCTION = "function", pgettext_lazy("words of a package", "Who confirmed the receipt")
    KEPT = "kept", pgettext_lazy("words of a package", "Why it is not destroyed")


class KeyState(TextChoices):
    """Whether a partner's key can be used."""

    PROPOSED = "proposed", pgettext_lazy("key of a partner", "Fingerprint not confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("key of a partner", "Fingerprint confirmed")
    REMOVED = "removed", pgettext_lazy("key of a partner", "Removed")


class RemovalReason(TextChoices):
    """Why a partner's key is used no more."""

    EXPOSED = "exposed", pgettext_lazy("why a key is removed", "Others may have it")
    REPLACED = "replaced", pgettext_lazy("why a key is removed", "The partner has another key")
    ENDED = "ended", pgettext_lazy("why a key is removed", "We no longer work with this partner")
    MISTAKE = "mistake", pgettext_lazy("why a key is removed", "It was registered by mistake")


class PackagePurpose(StrEnum):
    """What an envelope of a package is for. Its content is bound to the value, which therefore never changes."""

    WORDS = "package.words"
