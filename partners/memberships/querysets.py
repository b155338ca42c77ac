from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils import timezone

from partners.memberships.rules import coordinates, organisations_of


class ContactPointQuerySet(models.QuerySet):
    """What can be asked of contact points."""

    def visible_to(self, user: Any) -> Self:
        """All for partner staff, none for anybody else."""
        return self.all() if organisations_of(user) else self.none()

    def for_listing(self) -> Self:
        """By country and organisation."""
        return self.select_related("organisation__country").order_by(
            "organisation__country__position", "organisation__position", "position", "name"
        )


class MembershipInvitationQuerySet(models.QuerySet):
    """What can be asked of invitations into an organisation."""

    def visible_to(self, user: Any) -> Self:
        """All for coordinators; those of the own organisation for its supervisors; none for anybody else."""
        if coordinates(user):
            return self.all()
        return self.filter(organisation__in=organisations_of(user, supervising=True))

    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(
            invitation__accepted_at=None, invitation__revoked_at=None, invitation__expires_at__gt=timezone.now()
        )

    def for_listing(self) -> Self:
        """The newest first."""
        return self.select_related("invitation__invited_by", "organisation").order_by("-invitation__created_at")
