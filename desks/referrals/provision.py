"""Both desks work on a referral that is shared: an own case, the service, messages, the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.errors import NeedsWords
from desks.cases.models import Case
from desks.referrals.alerts import compose_alerts, send_alerts
from desks.referrals.errors import AccessEnded, NotYourCase
from desks.referrals.locks import (
    lock_received_referral,
    lock_sent_referral,
    move_referral,
    require_start,
)
from desks.referrals.sharing import add_words
from desks.referrals.states import (
    ReferralMove,
    ReferralOutcome,
    ReferralState,
    Side,
    WordsKind,
)
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import update_stamped

if TYPE_CHECKING:
    from desks.referrals.models import Referral


@transaction.atomic
def link_case(referral: Referral, case: Case, *, by: User) -> Referral:
    """The receiver's own case of this child. What its people write there stays with them.

    Raises:
        AccessEnded: nothing is shared now.
        NotYourCase: the case is of another desk, or has ended.
    """
    referral = lock_received_referral(referral, by=by)
    if not referral.is_shared:
        raise AccessEnded
    own = Case.objects.visible_to(by).select_for_update(of=["self"]).filter(pk=case.pk, desk=referral.to_desk).first()
    if own is None or not own.is_running:
        raise NotYourCase
    referral.receiver_case = own
    update_stamped(referral, "receiver_case")
    record("referral.case_linked", referral, by=by)
    return referral


@transaction.atomic
def start_service(referral: Referral, *, by: User) -> Referral:
    """The desk has begun with what it was asked for."""
    referral = lock_received_referral(referral, by=by)
    move_referral(referral, ReferralMove.START, by=by)
    return referral


@transaction.atomic
def return_outcome(referral: Referral, outcome: ReferralOutcome, text: str, *, by: User) -> Referral:
    """Report what came of it. That is possible after the access has ended on its day, too.

    Raises:
        ReferralMoveNotPossible: it was reported, or was never accepted.
        NeedsWords: nothing is said.
    """
    alerts = compose_alerts(referral.from_desk)
    referral = lock_received_referral(referral, by=by)
    is_late = referral.state == ReferralState.ENDED and not referral.outcome
    if not is_late:
        require_start(referral, ReferralMove.OUTCOME)
    if not text.strip():
        raise NeedsWords
    referral.outcome = outcome
    add_words(referral, WordsKind.OUTCOME, Side.RECEIVER, text, stays=True, by=by)
    send_alerts(alerts)
    if is_late:
        update_stamped(referral, "outcome")
        record("referral.outcome_returned", referral, by=by, outcome=str(outcome))
    else:
        move_referral(referral, ReferralMove.OUTCOME, "outcome", by=by, outcome=str(outcome))
    return referral


@transaction.atomic
def ask_for_more(referral: Referral, text: str, *, by: User) -> Referral:
    """The sender asks the receiver to go on.

    Raises:
        NeedsWords: nothing says with what.
    """
    alerts = compose_alerts(referral.to_desk)
    referral, _case = lock_sent_referral(referral, by=by)
    require_start(referral, ReferralMove.MORE)
    if not text.strip():
        raise NeedsWords
    add_words(referral, WordsKind.MESSAGE, Side.SENDER, text, stays=False, by=by)
    send_alerts(alerts)
    move_referral(referral, ReferralMove.MORE, by=by)
    return referral


@transaction.atomic
def write_message(referral: Referral, side: Side, text: str, *, by: User) -> None:
    """Write to the other desk. What the receiver writes stays with it.

    Raises:
        AccessEnded: nothing is shared now.
        NeedsWords: nothing is written.
    """
    other = referral.to_desk if side == Side.SENDER else referral.from_desk
    alerts = compose_alerts(other)
    if side == Side.SENDER:
        referral, _case = lock_sent_referral(referral, by=by)
    else:
        referral = lock_received_referral(referral, by=by)
    if not referral.is_shared:
        raise AccessEnded
    if not text.strip():
        raise NeedsWords
    add_words(referral, WordsKind.MESSAGE, side, text, stays=side == Side.RECEIVER, by=by)
    send_alerts(alerts)
    record("referral.message_written", referral, by=by, side=str(side))
