"""What a step of a referral is, and when it is offered: its page offers exactly what the action accepts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from desks.cases.steps import can_write
from desks.desk.querysets import key_holders
from desks.referrals import actions, provision, revocations, transfers
from desks.referrals.rules import answers, supervises_sending
from desks.referrals.states import (
    READABLE,
    REFERRAL_MOVES,
    UNANSWERED,
    ReferralKind,
    ReferralMove,
    ReferralState,
    Side,
)
from desks.referrals.step_forms import MoveForm
from victor.vault.errors import VaultLocked

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.referrals.models import Referral
    from victor.accounts.models import User
    from victor.vault.keys.keyring import UnlockedVault


@dataclass(frozen=True)
class Taker:
    """Who takes a step, with the open vault where it needs one."""

    user: User
    vault: UnlockedVault | None = None

    @property
    def unlocked(self) -> UnlockedVault:
        """The open vault.

        Raises:
            VaultLocked: there is none.
        """
        if self.vault is None:
            raise VaultLocked
        return self.vault


@dataclass(frozen=True)
class ReferralStep:
    """One step: its name in the address, its words, its form, its action, and to whom of which side it is offered.

    `is_final`: its page says what cannot be undone. `shows_question`: its page shows what the other desk asked; that
    needs the vault.
    """

    name: str
    title: StrOrPromise
    verb: StrOrPromise
    message: StrOrPromise
    side: Side
    is_offered: Callable[[Referral, User], bool]
    apply: Callable[[Referral, MoveForm, Taker], object]
    form: type[MoveForm] = MoveForm
    lead: StrOrPromise = ""
    consequences: tuple[StrOrPromise, ...] = ()
    needs_vault: bool = False
    shows_question: bool = False
    is_final: bool = False


def is_able(referral: Referral, side: Side, user: User) -> bool:
    """Whether the person holds the keys of their side."""
    if side == Side.SENDER:
        return referral.case is not None and can_write(referral.case, user)
    return key_holders(referral.to_desk).filter(pk=user.pk).exists()


def starts(move: ReferralMove) -> Callable[[Referral, User], bool]:
    """Offer a step where a move starts."""
    return lambda referral, _user: referral.state in REFERRAL_MOVES[move].starts


def may_answer(move: ReferralMove) -> Callable[[Referral, User], bool]:
    """Offer it to those who answer referrals."""
    begins = starts(move)
    return lambda referral, user: begins(referral, user) and bool(answers(user, referral))


def may_send(referral: Referral, user: User) -> bool:
    """Offer sending to a second person where it needs one."""
    if referral.state != ReferralState.READY:
        return False
    is_second = bool(supervises_sending(user, referral)) and referral.author_id != user.pk
    return is_second or not actions.needs_supervisor(referral)


def may_confirm(referral: Referral, user: User) -> bool:
    """Offer confirming a transfer to a supervisor, while there is time."""
    last = transfers.confirm_until(referral)
    is_accepted = referral.kind == ReferralKind.TRANSFER and referral.state == ReferralState.ACCEPTED
    is_in_time = last is not None and timezone.localdate(timezone=referral.from_desk.zone) <= last
    return is_accepted and is_in_time and bool(supervises_sending(user, referral))


def may_report(referral: Referral, user: User) -> bool:
    """Offer reporting an outcome, after the access has ended too."""
    is_late = referral.state == ReferralState.ENDED and not referral.outcome
    return is_late or starts(ReferralMove.OUTCOME)(referral, user)


def is_shared(referral: Referral, _user: User) -> bool:
    """Offer it while the receiver reads."""
    return referral.is_shared


def has_consent(referral: Referral, _user: User) -> bool:
    """Offer it while a consent counts."""
    is_running = referral.state in READABLE | UNANSWERED
    return is_running and any(consent.withdrawn_at is None for consent in referral.consents.all())


def withdraw_consent_at(side: Side) -> Callable[[Referral, MoveForm, Taker], object]:
    """End the access at one of the desks, because consent is withdrawn."""
    return lambda referral, _form, by: revocations.end_by_withdrawn_consent(referral, side, by=by.user)


def write_at(side: Side) -> Callable[[Referral, MoveForm, Taker], object]:
    """Write to the other desk."""
    return lambda referral, form, by: provision.write_message(referral, side, form.cleaned_data["text"], by=by.user)
