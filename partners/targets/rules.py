"""Who types totals of money: the organisation and coordinators. Coordinators keep indicators, periods and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rules.permissions import add_perm
from rules.predicates import predicate

from partners.grants.rules import let_coordinators_keep
from partners.memberships.rules import is_coordinator, organisations_of
from partners.targets.states import PeriodState

if TYPE_CHECKING:
    from partners.directory.models import Organisation
    from partners.targets.models import Period, PlannedValue
    from victor.accounts.models import User


@predicate
def works_for(user: User, organisation: Organisation | None = None) -> bool:
    """Works for this organisation; without one: for any."""
    own = organisations_of(user)
    return bool(own) if organisation is None else organisation.pk in own


@predicate
def is_open(_user: User, row: Period | PlannedValue | None = None) -> bool:
    """What is changed belongs to no approved period."""
    if row is None:
        return True
    period = cast("Period", getattr(row, "period", row))
    return period.state != PeriodState.APPROVED


let_coordinators_keep("indicatortarget")
for model in ("period", "plannedvalue"):
    for verb in ("view", "add"):
        add_perm(f"partners.{verb}_{model}", is_coordinator)
    for verb in ("change", "delete"):
        add_perm(f"partners.{verb}_{model}", is_coordinator & is_open)
add_perm("partners.enter_money", is_coordinator | works_for)
