"""Who runs an activity: its organisation and coordinators. Who decides on deviations: coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm
from rules.predicates import predicate

from partners.grants.rules import let_coordinators_keep
from partners.memberships.rules import is_coordinator, organisations_of

if TYPE_CHECKING:
    from partners.activities.models import Activity
    from victor.accounts.models import User


@predicate
def runs_activity(user: User, activity: Activity | None = None) -> bool:
    """Works for the organisation of this activity; without one: for any."""
    own = organisations_of(user)
    return bool(own) if activity is None else activity.organisation_id in own


let_coordinators_keep("activity")
add_perm("partners.run_activity", is_coordinator | runs_activity)
add_perm("partners.decide_deviation", is_coordinator)
