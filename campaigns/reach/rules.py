"""Who may see and record the reach of campaigns: those who work in the portal. Coordinators set its targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from partners.memberships.rules import (
    is_coordinator,
    let_coordinators_edit,
    working_organisations_of,
    works_in_portal,
)

if TYPE_CHECKING:
    from partners.directory.models import Organisation
    from victor.accounts.models import User


@rules.predicate
def acts_for(user: User, organisation: Organisation | None = None) -> bool:
    """Works for this organisation; without one: for any."""
    own = working_organisations_of(user)
    return bool(own) if organisation is None else organisation.pk in own


rules.add_perm("campaigns.view_reach", works_in_portal)


rules.add_perm("campaigns.record_activity", is_coordinator | acts_for)


rules.add_perm("campaigns.read_evidence", is_coordinator | acts_for)


# What the start page of the admin asks of each app: whether there is anything in it for this person.
rules.add_perm("campaigns", is_coordinator)


let_coordinators_edit("campaigns", "target")
