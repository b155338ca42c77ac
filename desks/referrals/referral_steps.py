"""What can be done with a referral, by whom: its page offers exactly what the action accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desks.referrals.receiver_steps import RECEIVER_STEPS
from desks.referrals.sender_steps import SENDER_STEPS
from desks.referrals.steps import ReferralStep, is_able

if TYPE_CHECKING:
    from desks.referrals.models import Referral
    from desks.referrals.states import Side
    from victor.accounts.models import User

STEPS = {step.name: step for step in (*SENDER_STEPS, *RECEIVER_STEPS)}


def offered_steps(referral: Referral, side: Side, user: User) -> list[ReferralStep]:
    """The steps that this person can take now."""
    if not is_able(referral, side, user):
        return []
    return [step for step in STEPS.values() if step.side == side and step.is_offered(referral, user)]
