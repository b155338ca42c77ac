"""What can happen to a referral after it was made ready: sent, answered, worked on, closed, and its access ended.

Both desks see the same row. Each move is one transaction: lock, check the start and the right, move the keys, record.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.errors import NeedsWords
from desks.referrals.alerts import compose_alerts, send_alerts
from desks.referrals.code_lists import SENSITIVE_GROUPS
from desks.referrals.consents import require_basis, valid_consent
from desks.referrals.errors import (
    IntakeAnswers,
    RecordChanged,
    ReferralMoveNotPossible,
    SupervisorSends,
)
from desks.referrals.locks import (
    lock_received_referral,
    lock_sent_referral,
    move_referral,
    receiver_group,
    require_start,
)
from desks.referrals.receivers import require_receiver
from desks.referrals.revocations import end_offer
from desks.referrals.sharing import add_words
from desks.referrals.states import (
    DeclineReason,
    ReferralKind,
    ReferralMove,
    Side,
    Urgency,
    WordsKind,
)
from partners.directory.working_days import add_working_days
from victor.access import require
from victor.accounts.models import User
from victor.vault.records.slots import take_record

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from desks.referrals.models import Referral
    from victor.vault.keys.keyring import UnlockedVault

ANSWER_DAYS, URGENT_HOURS = 3, 4


def needs_supervisor(referral: Referral) -> bool:
    """Whether a supervisor who has not written it sends it: abroad, without consent, or with what is most sensitive."""
    is_sensitive = bool(SENSITIVE_GROUPS & set(referral.groups)) or referral.kind == ReferralKind.TRANSFER
    return referral.is_abroad or is_sensitive or valid_consent(referral) is None


@transaction.atomic
def send_referral(referral: Referral, *, by: User) -> Referral:
    """The other desk sees the summary from now on, and nothing else.

    Raises:
        ReferralMoveNotPossible: it is not ready.
        SupervisorSends: `by` may not send it alone.
        RecordChanged: the case has changed since it was made ready.
        NoBasis, NoTransferGround, TooLong, ReceiverNotReady: nothing allows it any more.
    """
    alerts = compose_alerts(referral.to_desk)
    referral, case = lock_sent_referral(referral, by=by)
    require_start(referral, ReferralMove.SEND)
    if needs_supervisor(referral):
        _require_second(referral, by=by)
    if case.version != referral.case_version:
        raise RecordChanged
    require_receiver(case.desk, referral.to_desk)
    require_basis(referral)
    now = timezone.now()
    referral.sent_at, referral.answer_by = now, answer_time(referral.to_desk, Urgency(referral.urgency), now)
    send_alerts(alerts)
    columns = ("sent_at", "answer_by", "approver")
    move_referral(
        referral, ReferralMove.SEND, *columns, by=by, to=referral.to_desk_id, groups=" ".join(referral.groups)
    )
    return referral


def _require_second(referral: Referral, *, by: User) -> None:
    if not by.has_perm("desks.approve_referral", referral) or referral.author_id == by.pk:
        raise SupervisorSends
    referral.approver = by


def answer_time(desk: Desk, urgency: Urgency, now: datetime) -> datetime:
    """Until when a desk answers: four hours where it is urgent, else three of its country's working days."""
    if urgency == Urgency.URGENT:
        return now + timedelta(hours=URGENT_HOURS)
    there = now.astimezone(desk.zone)
    day = add_working_days(there.date(), ANSWER_DAYS, desk.country)
    return datetime.combine(day, there.timetz().replace(tzinfo=None), desk.zone)


def is_in_time(referral: Referral) -> bool:
    """Whether the time to answer is not over. It stands still while the receiver waits for the sender."""
    if referral.answer_by is not None:
        return timezone.now() <= referral.answer_by
    return referral.remaining is None or referral.remaining > timedelta()


@transaction.atomic
def ask_sender(referral: Referral, text: str, *, by: User) -> Referral:
    """The receiver asks something before answering. Its clock stops until the sender has answered.

    Raises:
        IntakeAnswers, PermissionDenied: `by` does not answer here.
        NeedsWords: nothing is asked.
    """
    alerts = compose_alerts(referral.from_desk)
    referral = _lock_for_answer(referral, ReferralMove.ASK, by=by)
    if not text.strip():
        raise NeedsWords
    referral.remaining = max(referral.answer_by - timezone.now(), timedelta()) if referral.answer_by else None
    referral.answer_by = None
    add_words(referral, WordsKind.QUESTION, Side.RECEIVER, text, stays=True, by=by)
    send_alerts(alerts)
    move_referral(referral, ReferralMove.ASK, "remaining", "answer_by", by=by)
    return referral


@transaction.atomic
def answer_receiver(referral: Referral, text: str, *, by: User) -> Referral:
    """The sender answers. The receiver reads it before accepting, so it names nobody; its clock goes on.

    Raises:
        ReferralMoveNotPossible: nothing was asked.
        NeedsWords: nothing is answered.
    """
    alerts = compose_alerts(referral.to_desk)
    referral, _case = lock_sent_referral(referral, by=by)
    require_start(referral, ReferralMove.ANSWER)
    if not text.strip():
        raise NeedsWords
    referral.answer_by = timezone.now() + (referral.remaining or timedelta())
    referral.remaining = None
    add_words(referral, WordsKind.ANSWER, Side.SENDER, text, stays=True, by=by)
    send_alerts(alerts)
    move_referral(referral, ReferralMove.ANSWER, "remaining", "answer_by", by=by)
    return referral


@transaction.atomic
def accept_referral(referral: Referral, *, by: UnlockedVault) -> Referral:
    """The desk takes part in the child's protection. From now on its people read what is shared.

    Raises:
        IntakeAnswers, PermissionDenied: `by` does not answer here.
        ReferralMoveNotPossible: it was answered, withdrawn or has expired.
        NoBasis: the consent was withdrawn or has ended meanwhile.
    """
    alerts = compose_alerts(referral.from_desk)
    referral = _lock_for_answer(referral, ReferralMove.ACCEPT, by=by.person)
    if referral.kind == ReferralKind.TRANSFER:
        require(by.person, "desks.lead", referral.to_desk)
    if referral.expires_at is None or referral.expires_at <= timezone.now() or referral.key is None:
        raise ReferralMoveNotPossible
    require_basis(referral)
    take_record(referral.key, receiver_group(referral), by=by)
    referral.answered_in_time = is_in_time(referral)
    referral.accepted_at, referral.answer_by = timezone.now(), None
    send_alerts(alerts)
    columns = ("accepted_at", "answer_by", "answered_in_time")
    move_referral(referral, ReferralMove.ACCEPT, *columns, by=by.person)
    return referral


@transaction.atomic
def decline_referral(referral: Referral, reason: DeclineReason, text: str, *, by: User) -> Referral:
    """The desk does not take part. It never held a key.

    Raises:
        IntakeAnswers, PermissionDenied: `by` does not answer here.
        NeedsWords: "another reason" is not said.
    """
    alerts = compose_alerts(referral.from_desk)
    referral = _lock_for_answer(referral, ReferralMove.DECLINE, by=by)
    if reason == DeclineReason.OTHER and not text.strip():
        raise NeedsWords
    referral.answered_in_time = is_in_time(referral)
    referral.decline_reason, referral.answer_by = reason, None
    if text.strip():
        add_words(referral, WordsKind.DECLINED, Side.RECEIVER, text, stays=True, by=by)
    end_offer(referral, by=by)
    send_alerts(alerts)
    columns = ("decline_reason", "answer_by", "answered_in_time")
    move_referral(referral, ReferralMove.DECLINE, *columns, by=by, reason=str(reason))
    return referral


def _lock_for_answer(referral: Referral, move: ReferralMove, *, by: User) -> Referral:
    referral = lock_received_referral(referral, by=by)
    require_start(referral, move)
    if not by.has_perm("desks.answer_referral", referral):
        raise IntakeAnswers
    require(by, "desks.answer_referral", referral)
    return referral


@transaction.atomic
def withdraw_referral(referral: Referral, *, by: User) -> Referral:
    """The sender takes it back before it was accepted. Nothing readable was ever given.

    Raises:
        ReferralMoveNotPossible: it was answered already.
    """
    alerts = compose_alerts(referral.to_desk) if referral.sent_at else {}
    referral, _case = lock_sent_referral(referral, by=by)
    require_start(referral, ReferralMove.WITHDRAW)
    referral.answer_by = None
    end_offer(referral, by=by)
    send_alerts(alerts)
    move_referral(referral, ReferralMove.WITHDRAW, "answer_by", by=by)
    return referral
