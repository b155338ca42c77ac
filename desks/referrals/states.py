"""The states of a referral and its moves: who takes each, from where to where."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ReferralKind(TextChoices):
    """What is asked of the other desk."""

    SERVICE = "service", pgettext_lazy("kind of referral", "Service")
    INFORMATION = "information", pgettext_lazy("kind of referral", "Update of a referral")
    TRANSFER = "transfer", pgettext_lazy("kind of referral", "Transfer of the case")
    EMERGENCY = "emergency", pgettext_lazy("kind of referral", "Emergency sharing")
    REPORT = "report", pgettext_lazy("kind of referral", "Handover of a report")


class ReferralState(TextChoices):
    """Where a referral stands. Both desks see the same row."""

    DRAFT = "draft", pgettext_lazy("referral", "Draft")
    READY = "ready", pgettext_lazy("referral", "Ready to send")
    SENT = "sent", pgettext_lazy("referral", "Sent, not answered")
    INFO_ASKED = "info_asked", pgettext_lazy("referral", "Question asked")
    ACCEPTED = "accepted", pgettext_lazy("referral", "Accepted")
    IN_SERVICE = "in_service", pgettext_lazy("referral", "In service")
    OUTCOME_RETURNED = "outcome_returned", pgettext_lazy("referral", "Outcome reported")
    CLOSED = "closed", pgettext_lazy("referral", "Closed")
    DECLINED = "declined", pgettext_lazy("referral", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("referral", "Expired")
    REVOKED = "revoked", pgettext_lazy("referral", "Access ended by the sender")
    ENDED = "ended", pgettext_lazy("referral", "Access ended on its day")
    TRANSFERRED = "transferred", pgettext_lazy("referral", "Case transferred")


class Side(TextChoices):
    """Which desk speaks or acts."""

    SENDER = "sender", pgettext_lazy("side of a referral", "The desk that refers")
    RECEIVER = "receiver", pgettext_lazy("side of a referral", "The desk that receives")
    SYSTEM = "system", pgettext_lazy("side of a referral", "The portal")


class ReferralMove(TextChoices):
    """What can be done with a referral."""

    PREPARE = "prepare"
    BACK = "back"
    SEND = "send"
    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    START = "start"
    OUTCOME = "outcome"
    CLOSE = "close"
    MORE = "more"
    REVOKE = "revoke"
    END = "end"
    CONFIRM = "confirm"


class Rule(NamedTuple):
    """From where a move starts, where it leads, and which desk takes it."""

    starts: frozenset[ReferralState]
    leads_to: ReferralState
    side: Side


_S = ReferralState
UNANSWERED = frozenset({_S.SENT, _S.INFO_ASKED})
SHARED = frozenset({_S.ACCEPTED, _S.IN_SERVICE, _S.OUTCOME_RETURNED})  # the receiver reads, and works
UNSENT = frozenset({_S.DRAFT, _S.READY})
OPEN = UNSENT | UNANSWERED | SHARED
# The receiver reads while a closed referral lasts, unless the sender has ended that.
READABLE = SHARED | {_S.CLOSED}
NEVER_ACCEPTED = frozenset({_S.DECLINED, _S.WITHDRAWN, _S.EXPIRED})
OVER = frozenset(_S) - OPEN
REFERRAL_MOVES: dict[ReferralMove, Rule] = {
    ReferralMove.PREPARE: Rule(frozenset({_S.DRAFT}), _S.READY, Side.SENDER),
    ReferralMove.BACK: Rule(frozenset({_S.READY}), _S.DRAFT, Side.SENDER),
    ReferralMove.SEND: Rule(frozenset({_S.READY}), _S.SENT, Side.SENDER),
    ReferralMove.ASK: Rule(frozenset({_S.SENT}), _S.INFO_ASKED, Side.RECEIVER),
    ReferralMove.ANSWER: Rule(frozenset({_S.INFO_ASKED}), _S.SENT, Side.SENDER),
    ReferralMove.ACCEPT: Rule(UNANSWERED, _S.ACCEPTED, Side.RECEIVER),
    ReferralMove.DECLINE: Rule(UNANSWERED, _S.DECLINED, Side.RECEIVER),
    ReferralMove.WITHDRAW: Rule(UNANSWERED | {_S.READY}, _S.WITHDRAWN, Side.SENDER),
    ReferralMove.EXPIRE: Rule(UNANSWERED, _S.EXPIRED, Side.SYSTEM),
    ReferralMove.START: Rule(frozenset({_S.ACCEPTED}), _S.IN_SERVICE, Side.RECEIVER),
    ReferralMove.OUTCOME: Rule(frozenset({_S.ACCEPTED, _S.IN_SERVICE}), _S.OUTCOME_RETURNED, Side.RECEIVER),
    ReferralMove.CLOSE: Rule(frozenset({_S.OUTCOME_RETURNED}), _S.CLOSED, Side.SENDER),
    ReferralMove.MORE: Rule(frozenset({_S.OUTCOME_RETURNED}), _S.IN_SERVICE, Side.SENDER),
    ReferralMove.REVOKE: Rule(UNANSWERED | READABLE, _S.REVOKED, Side.SENDER),
    ReferralMove.END: Rule(SHARED, _S.ENDED, Side.SYSTEM),
    ReferralMove.CONFIRM: Rule(frozenset({_S.ACCEPTED}), _S.TRANSFERRED, Side.SENDER),
}
_M = ReferralMove
# A report is handed over by these moves of the same table: nothing of it is shared before the last, which gives it.
MOVES_OF_REPORTS = frozenset(
    {_M.PREPARE, _M.SEND, _M.ACCEPT, _M.DECLINE, _M.WITHDRAW, _M.EXPIRE, _M.REVOKE, _M.END, _M.CONFIRM}
)
# What people read where a report is handed over. It is ready while its reporter is asked, and sent once they agree.
STATES_OF_REPORTS: dict[ReferralState, StrPromise] = {
    _S.READY: pgettext_lazy("hand-over of a report", "Waiting for the reporter's answer"),
    _S.SENT: pgettext_lazy("hand-over of a report", "The reporter agrees"),
    _S.ACCEPTED: pgettext_lazy("hand-over of a report", "Accepted by the other desk"),
    _S.DECLINED: pgettext_lazy("hand-over of a report", "Declined by the other desk"),
    _S.WITHDRAWN: pgettext_lazy("hand-over of a report", "Withdrawn"),
    _S.REVOKED: pgettext_lazy("hand-over of a report", "Withdrawn"),
    _S.EXPIRED: pgettext_lazy("hand-over of a report", "Not answered in time"),
    _S.ENDED: pgettext_lazy("hand-over of a report", "Not handed over in time"),
    _S.TRANSFERRED: pgettext_lazy("hand-over of a report", "Handed over"),
}
REPORTER_DECLINES = pgettext_lazy("hand-over of a report", "The reporter does not agree")


class Urgency(TextChoices):
    """How soon the other desk is asked to answer."""

    NORMAL = "normal", pgettext_lazy("urgency of a referral", "Within three working days")
    URGENT = "urgent", pgettext_lazy("urgency of a referral", "Urgent: within four hours")


class DeclineReason(TextChoices):
    """Why a desk does not take part."""

    NO_PLACE = "no_place", pgettext_lazy("why a referral is declined", "No place")
    NOT_OURS = "not_ours", pgettext_lazy("why a referral is declined", "Not our task")
    LANGUAGE = "language", pgettext_lazy("why a referral is declined", "Nobody speaks the language")
    CONFLICT = "conflict", pgettext_lazy("why a referral is declined", "Conflict of interest")
    OTHER = "other", pgettext_lazy("why a referral is declined", "Another reason")


class ReferralOutcome(TextChoices):
    """What came of a referral."""

    PROVIDED = "provided", pgettext_lazy("outcome of a referral", "The service was provided")
    PARTLY = "partly", pgettext_lazy("outcome of a referral", "The service was provided in part")
    GOES_ON = "goes_on", pgettext_lazy("outcome of a referral", "The service goes on")
    NOT_PROVIDED = "not_provided", pgettext_lazy("outcome of a referral", "The service was not provided")
    DECLINED_BY_CHILD = "declined_by_child", pgettext_lazy("outcome of a referral", "The child did not want it")
    LOST_CONTACT = "lost_contact", pgettext_lazy("outcome of a referral", "Contact was lost")


class RevokeReason(TextChoices):
    """Why the access of the other desk ends before its day."""

    CONSENT_WITHDRAWN = "consent_withdrawn", pgettext_lazy("why access ends", "Consent was withdrawn")
    CONSENT_EXPIRED = "consent_expired", pgettext_lazy("why access ends", "Consent has ended")
    NOT_CONFIRMED = "not_confirmed", pgettext_lazy("why access ends", "No second person confirmed it in time")
    NO_NEED = "no_need", pgettext_lazy("why access ends", "It is no longer needed")
    WRONG_RECEIVER = "wrong_receiver", pgettext_lazy("why access ends", "It went to the wrong desk")
    RISK = "risk", pgettext_lazy("why access ends", "It puts the child at risk")
    OTHER = "other", pgettext_lazy("why access ends", "Another reason")


# What a person chooses; the others follow from what happened.
CHOSEN_REASONS = (RevokeReason.NO_NEED, RevokeReason.WRONG_RECEIVER, RevokeReason.RISK, RevokeReason.OTHER)


class Progress(TextChoices):
    """How far a referral came, for figures. What became of the access later is not in it."""

    WAITING = "waiting", pgettext_lazy("referral", "Not answered yet")
    ACCEPTED = "accepted", pgettext_lazy("referral", "Accepted")
    DECLINED = "declined", pgettext_lazy("referral", "Declined")
    EXPIRED = "expired", pgettext_lazy("referral", "Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral", "Withdrawn")


class AnswerTime(TextChoices):
    """Whether a referral was answered by the time that the receiver had."""

    IN_TIME = "in_time", pgettext_lazy("answer to a referral", "In time")
    LATE = "late", pgettext_lazy("answer to a referral", "Late")
    UNKNOWN = "unknown", pgettext_lazy("answer to a referral", "Not recorded")


class WordsKind(TextChoices):
    """What words of a referral are. Those of the receiver stay with the receiver when the access has ended."""

    LETTER = "letter", pgettext_lazy("words of a referral", "Letter to the receiver")
    QUESTION = "question", pgettext_lazy("words of a referral", "Question")
    ANSWER = "answer", pgettext_lazy("words of a referral", "Answer")
    MESSAGE = "message", pgettext_lazy("words of a referral", "Message")
    DECLINED = "declined", pgettext_lazy("words of a referral", "Why it was declined")
    OUTCOME = "outcome", pgettext_lazy("words of a referral", "Outcome")


class ReferralPurpose(StrEnum):
    """What an envelope of a referral is for. Its content is bound to the value, which therefore never changes."""

    GROUP = "referral.group"
    WORDS = "referral.words"
