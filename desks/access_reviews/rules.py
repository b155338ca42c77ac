"""Who says whether access is still right? A supervisor of the own workers, a coordinator of everybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from rules.permissions import add_perm
from rules.predicates import predicate

from desks.access_reviews.states import Circle
from partners.memberships.rules import coordinates, is_auditor, is_coordinator, organisations_of, supervises
from partners.memberships.states import Role

if TYPE_CHECKING:
    from desks.access_reviews.models import AccessReview
    from victor.accounts.models import User


def has_supervisor(organisation: int) -> bool:
    """Whether an organisation has a supervisor who may log in."""
    memberships = apps.get_model("partners.Membership").objects
    return bool(memberships.filter(organisation=organisation, role=Role.SUPERVISOR, user__is_active=True).exists())


@predicate
def reviews(user: User, review: AccessReview | None = None) -> bool:
    """Does this review; without one: any. Where an organisation has no supervisor, a coordinator does it."""
    supervised = organisations_of(user, supervising=True)
    if review is None:
        return bool(supervised) or coordinates(user)
    if review.circle == Circle.WORKERS and has_supervisor(review.organisation_id):
        return review.organisation_id in supervised
    return coordinates(user)


add_perm("desks.review_access", reviews)
add_perm("desks.view_access_reviews", is_coordinator | is_auditor | supervises)
