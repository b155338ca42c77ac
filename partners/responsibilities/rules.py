"""Who reads the directory: all partner staff. Those who work here correct it; coordinators and supervisors check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm
from rules.predicates import predicate

from partners.memberships.rules import is_coordinator, is_partner_staff, supervises, works_in_portal

if TYPE_CHECKING:
    from partners.responsibilities.models import Responsibility
    from victor.accounts.models import User


@predicate
def checks(user: User, entry: Responsibility | None = None) -> bool:
    """The person may be the second one, for any entry."""
    return bool(is_coordinator(user) or supervises(user))


@predicate
def has_proposed(user: User, entry: Responsibility | None = None) -> bool:
    """The person has proposed this entry; without one: may have."""
    return entry is None or entry.proposed_by_id == user.pk


add_perm("partners.view_responsibilities", is_partner_staff)
add_perm("partners.propose_responsibility", works_in_portal)
add_perm("partners.check_responsibility", checks)
add_perm("partners.return_responsibility", checks | (works_in_portal & has_proposed))
