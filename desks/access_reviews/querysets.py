from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from desks.access_reviews.states import Circle
from partners.memberships.models import Membership
from partners.memberships.rules import coordinates, is_auditor, organisations_of
from partners.memberships.states import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from desks.access_reviews.models import AccessReview
    from victor.accounts.models import User


class AccessReviewQuerySet(models.QuerySet):
    """Questions about reviews of access."""

    def visible_to(self, user: User) -> Self:
        """All for coordinators and auditors; for supervisors those of the workers of their own desks."""
        if coordinates(user) or is_auditor(user):
            return self.all()
        return self.filter(circle=Circle.WORKERS, organisation__in=organisations_of(user, supervising=True))

    def running(self) -> Self:
        """Those that can still be done."""
        return self.filter(signed_at=None, closes_at__gt=timezone.now())

    def for_listing(self) -> Self:
        """The latest quarter first, with how many roles were decided about, and of how many something was taken."""
        decided = Count("decisions")
        reduced = Count("decisions", filter=~Q(decisions__taken=[]))
        rows = self.select_related("organisation", "signed_by").annotate(decided=decided, reduced=reduced)
        return rows.order_by("-begins_on", "organisation__slug", "-circle")


def roles_of_circle(circle: str) -> QuerySet[Membership]:
    """The roles that belong to a circle. A worker who is a supervisor there, too, is in that of the supervisors."""
    supervises = Membership.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("organisation"), role=Role.SUPERVISOR
    )
    is_worker = Q(role=Role.WORKER) & ~Exists(supervises)
    return Membership.objects.filter(is_worker if circle == Circle.WORKERS else ~is_worker)


def roles_to_review(review: AccessReview) -> QuerySet[Membership]:
    """The roles of which a review says whether they are still right: those that were there when it began."""
    roles = roles_of_circle(review.circle).filter(organisation=review.organisation_id, granted_at__lte=review.opened_at)
    return roles.select_related("user", "organisation").order_by("user__name", "user", "role")
