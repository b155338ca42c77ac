"""Who writes a deliverable: the organisation that leads its work package, and its owner. Coordinators hand it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm
from rules.predicates import predicate

from partners.grants.rules import let_coordinators_keep
from partners.memberships.rules import is_coordinator, is_partner_staff, organisations_of

if TYPE_CHECKING:
    from partners.deliverables.models import Deliverable, DeliverableVersion
    from victor.accounts.models import User


@predicate
def writes_deliverable(user: User, deliverable: Deliverable | None = None) -> bool:
    """Works for the organisation that leads, or owns the deliverable; without one: may write any."""
    own = organisations_of(user)
    if deliverable is None:
        return bool(own)
    return bool(own) and (deliverable.owner_id == user.pk or deliverable.package.lead_id in own)


@predicate
def reviews_version(user: User, version: DeliverableVersion | None = None) -> bool:
    """Was asked to read this version; without one: may have been asked."""
    return version is None or version.reviewer_id == user.pk


let_coordinators_keep("deliverable")
add_perm("partners.write_deliverable", is_coordinator | writes_deliverable)
add_perm("partners.review_deliverable", is_partner_staff & reviews_version)
add_perm("partners.submit_deliverable", is_coordinator)
