"""Who enters values and closes periods: the organisation and coordinators. Who checks: its supervisors and they."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm
from rules.predicates import predicate

from partners.memberships.rules import is_coordinator, supervises
from partners.targets.rules import works_for

if TYPE_CHECKING:
    from partners.targets.models import PlannedValue
    from victor.accounts.models import User


@predicate
def enters_value(user: User, planned: PlannedValue | None = None) -> bool:
    """Works for the organisation of this row; without one: for any."""
    return bool(works_for(user, planned.organisation if planned else None))


@predicate
def checks_value(user: User, planned: PlannedValue | None = None) -> bool:
    """Supervises the organisation of this row; without one: any."""
    return bool(supervises(user, planned.organisation if planned else None))


add_perm("partners.enter_value", is_coordinator | enters_value)
add_perm("partners.check_value", is_coordinator | checks_value)
add_perm("partners.close_period", is_coordinator | works_for)
add_perm("partners.approve_period", is_coordinator)
