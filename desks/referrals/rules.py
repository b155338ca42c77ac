"""Who may? The people of the sender's case, and those of the desk that receives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from desks.cases.rules import is_named
from desks.desk.rules import leads, works_at
from partners.memberships.rules import receives_referrals

if TYPE_CHECKING:
    from desks.referrals.models import Referral
    from victor.accounts.models import User


@rules.predicate
def sends(user: User, referral: Referral | None = None) -> bool:
    """Works at the desk that refers, and may read the case."""
    if referral is None:
        return works_at(user)
    return works_at(user, referral.from_desk) and (referral.case is None or is_named(user, referral.case))


@rules.predicate
def supervises_sending(user: User, referral: Referral | None = None) -> bool:
    """Supervises the desk that refers, and may read the case."""
    return leads(user) if referral is None else leads(user, referral.from_desk) and sends(user, referral)


@rules.predicate
def works_on(user: User, referral: Referral | None = None) -> bool:
    """Works at the desk that receives."""
    return works_at(user) if referral is None else works_at(user, referral.to_desk)


@rules.predicate
def answers(user: User, referral: Referral | None = None) -> bool:
    """Receives referrals at this desk: by a supervisor's choice, or as its supervisor."""
    if referral is None:
        return receives_referrals(user) or leads(user)
    return leads(user, referral.to_desk) or bool(receives_referrals(user, referral.to_desk.organisation))


rules.add_perm("desks.send_referral", sends)
rules.add_perm("desks.raise_referral_alarm", sends)
rules.add_perm("desks.approve_referral", supervises_sending)
rules.add_perm("desks.work_on_referral", works_on)
rules.add_perm("desks.answer_referral", answers)
