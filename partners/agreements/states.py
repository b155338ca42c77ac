"""Kinds of agreements, what they allow, where they stand, and the moves between."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Days before the end at which the owner is told, once each.
REMINDER_DAYS = (90, 30, 7, 0)
MIN_PARTIES = 2
# How long desks have what runs between them in their tasks, after their agreement has ended.
DECISION_DAYS = timedelta(days=14)


class AgreementKind(TextChoices):
    """What kind of paper it is."""

    PARTNERSHIP = "partnership", pgettext_lazy("agreement", "Partnership")
    DATA_SHARING = "data_sharing", pgettext_lazy("agreement", "Data sharing")
    STANDARD_CLAUSES = "standard_clauses", pgettext_lazy("agreement", "Standard clauses")
    PROTOCOL = "protocol", pgettext_lazy("agreement", "Protocol")
    MEMORANDUM = "memorandum", pgettext_lazy("agreement", "Memorandum")
    OTHER = "other", pgettext_lazy("agreement", "Other")


class Gate(TextChoices):
    """What is refused where no valid agreement allows it."""

    REFERRALS = "referrals", _("Referrals between its parties")
    DESK_PUBLICATION = "desk_publication", _("Publication of the desks of its parties")


class FileKind(TextChoices):
    """What a file of an agreement is."""

    SIGNED = "signed", pgettext_lazy("file of an agreement", "Signed agreement")
    AMENDMENT = "amendment", pgettext_lazy("file of an agreement", "Amendment")
    NOTICE = "notice", pgettext_lazy("file of an agreement", "Notice")
    OTHER = "other", pgettext_lazy("file of an agreement", "Something else")


class Shown(TextChoices):
    """Which agreements a list shows."""

    ACTION = "action", pgettext_lazy("agreements", "Needs action")
    VALID = "valid", pgettext_lazy("agreements", "Valid")
    ENDED = "ended", pgettext_lazy("agreements", "Ended")


class Renewal(TextChoices):
    """What happens at the end."""

    NONE = "none", pgettext_lazy("renewal of an agreement", "It ends")
    TACIT = "tacit", pgettext_lazy("renewal of an agreement", "It goes on for as long again, unless somebody objects")
    DECISION = "decision", pgettext_lazy("renewal of an agreement", "The parties decide on a new period")


class AgreementState(TextChoices):
    """Where an agreement stands."""

    DRAFT = "draft", pgettext_lazy("agreement", "Draft")
    IN_SIGNATURE = "in_signature", pgettext_lazy("agreement", "In signature")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed")
    SUSPENDED = "suspended", pgettext_lazy("agreement", "Suspended")
    ENDED = "ended", pgettext_lazy("agreement", "Ended")
    TERMINATED = "terminated", pgettext_lazy("agreement", "Terminated")


class AgreementMove(TextChoices):
    """What can be done with an agreement."""

    SEND = "send"
    TAKE_BACK = "take_back"
    SIGN = "sign"
    SUSPEND = "suspend"
    RESUME = "resume"
    TERMINATE = "terminate"
    END = "end"  # by its date


AGREEMENT_MOVES: dict[AgreementMove, tuple[set[AgreementState], AgreementState]] = {
    AgreementMove.SEND: ({AgreementState.DRAFT}, AgreementState.IN_SIGNATURE),
    AgreementMove.TAKE_BACK: ({AgreementState.IN_SIGNATURE}, AgreementState.DRAFT),
    AgreementMove.SIGN: ({AgreementState.IN_SIGNATURE}, AgreementState.SIGNED),
    AgreementMove.SUSPEND: ({AgreementState.SIGNED}, AgreementState.SUSPENDED),
    AgreementMove.RESUME: ({AgreementState.SUSPENDED}, AgreementState.SIGNED),
    AgreementMove.TERMINATE: ({AgreementState.SIGNED, AgreementState.SUSPENDED}, AgreementState.TERMINATED),
    AgreementMove.END: ({AgreementState.SIGNED, AgreementState.SUSPENDED}, AgreementState.ENDED),
}
# What takes something away is said with its reason.
MOVES_WITH_REASON = frozenset({AgreementMove.SUSPEND, AgreementMove.TERMINATE})
OVER = [AgreementState.ENDED, AgreementState.TERMINATED]
EVER_SIGNED = [
    AgreementState.SIGNED,
    AgreementState.SUSPENDED,
    AgreementState.ENDED,
    AgreementState.TERMINATED,
]
