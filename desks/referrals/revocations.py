"""The access of the receiver ends: it was never taken, its day has come, the sender or the child ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.referrals.alerts import compose_alerts, send_alerts
from desks.referrals.consents import confirmed_basis, valid_consent, withdraw_consent
from desks.referrals.errors import ReferralMoveNotPossible
from desks.referrals.locks import (
    lock_any_referral,
    lock_referral,
    lock_sent_referral,
    move_referral,
    require_start,
)
from desks.referrals.states import (
    READABLE,
    SHARED,
    UNANSWERED,
    ReferralMove,
    RevokeReason,
    Side,
)
from victor.access import Actor, require
from victor.accounts.models import User
from victor.vault.groups.locks import lock_group
from victor.vault.keys.keyring import update_stamped
from victor.vault.records.actions import erase_envelope, withdraw_record
from victor.vault.records.slots import withdraw_offer

if TYPE_CHECKING:
    from desks.referrals.models import Referral


@transaction.atomic
def close_referral(referral: Referral, *, ends_now: bool, by: User) -> Referral:
    """The sender has the outcome. The receiver's access ends now, or on its day."""
    referral, _case = lock_sent_referral(referral, by=by)
    require_start(referral, ReferralMove.CLOSE)
    if ends_now:
        end_access(referral, by=by)
    move_referral(referral, ReferralMove.CLOSE, by=by, ends_now=ends_now)
    return referral


@transaction.atomic
def expire_referral(referral: Referral, *, by: Actor) -> Referral:
    """Nobody answered in time, or its day has come.

    Raises:
        ReferralMoveNotPossible: it was answered meanwhile.
    """
    referral = lock_any_referral(referral)
    require(by, "desks.approve_referral", referral)
    require_start(referral, ReferralMove.EXPIRE)
    referral.answer_by = None
    end_offer(referral, by=by)
    move_referral(referral, ReferralMove.EXPIRE, "answer_by", by=by)
    return referral


@transaction.atomic
def revoke_referral(referral: Referral, reason: RevokeReason, *, by: Actor) -> Referral:
    """End the receiver's access: its key is deleted in this transaction. What its own people wrote stays with them.

    Raises:
        ReferralMoveNotPossible: nothing is shared or offered.
    """
    alerts = compose_alerts(referral.to_desk)
    referral = lock_referral(referral)
    require(by, "desks.send_referral", referral)
    _revoke(referral, reason, by=by)
    send_alerts(alerts)
    return referral


@transaction.atomic
def end_by_withdrawn_consent(referral: Referral, side: Side, *, by: User) -> Referral:
    """The consent was withdrawn, at whichever desk: the access ends at once, whatever other basis there is.

    Two people may share anew on another basis afterwards.

    Raises:
        ReferralMoveNotPossible: there is no consent, or nothing is shared.
    """
    alerts = compose_alerts(referral.from_desk if side == Side.RECEIVER else referral.to_desk)
    referral = withdraw_consent(referral, side, by=by)
    _revoke(referral, RevokeReason.CONSENT_WITHDRAWN, by=by)
    send_alerts(alerts)
    return referral


@transaction.atomic
def end_referral(referral: Referral, *, by: Actor) -> Referral:
    """The day of its end has come: the receiver's access ends. A closed referral stays closed.

    A report that another desk has accepted, and that nobody has given to it, stays where it is.
    """
    referral = lock_any_referral(referral)
    require(by, "desks.approve_referral", referral)
    if referral.expires_at is None or referral.expires_at > timezone.now():
        raise ReferralMoveNotPossible
    end_access(referral, by=by)
    if referral.state in SHARED:
        move_referral(referral, ReferralMove.END, by=by)
    return referral


def is_basis_gone(referral: Referral) -> bool:
    """Whether the consent on which it rests has ended or was withdrawn, and nothing else allows it."""
    return confirmed_basis(referral) is None and valid_consent(referral) is None


def _revoke(referral: Referral, reason: RevokeReason, *, by: Actor) -> None:
    require_start(referral, ReferralMove.REVOKE)
    if referral.state in UNANSWERED:
        end_offer(referral, by=by)
    if referral.state in READABLE:
        end_access(referral, by=by)
    for row in referral.words.filter(side=Side.SENDER, receiver_copy__isnull=False).select_related("receiver_copy"):
        if (copy := row.receiver_copy) is not None:
            row.receiver_copy = None
            update_stamped(row, "receiver_copy")
            erase_envelope(copy, by=by)
    referral.revoke_reason, referral.answer_by = reason, None
    move_referral(referral, ReferralMove.REVOKE, "revoke_reason", "answer_by", by=by, reason=str(reason))


def end_access(referral: Referral, *, by: Actor) -> None:
    """Delete the receiver's grant on a locked referral, where there is one."""
    group = referral.to_desk.trusted_group
    if referral.key is None or group is None:
        return
    lock_group(group)
    if referral.key.grants.filter(holder__owner=group.key.owner).exists():
        withdraw_record(referral.key, group, by=by)


def end_offer(referral: Referral, *, by: Actor) -> None:
    """Nobody can accept a locked referral any more."""
    if referral.key is not None:
        withdraw_offer(referral.key, by=by)
