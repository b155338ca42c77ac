from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from desks.desk.rules import organisations_with_desk_role
from desks.exchange.states import DESK_KINDS, NETWORK_KINDS, ExportKind
from partners.memberships.rules import coordinates
from partners.memberships.states import DESK_ROLES, Role

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from victor.accounts.models import User


class ExportRightQuerySet(models.QuerySet):
    """Questions about who may export what."""

    def at(self, desk: Desk) -> Self:
        """The rights of those who work at a desk."""
        roles = {"membership__organisation": desk.organisation_id, "membership__role__in": DESK_ROLES}
        return self.filter(kind__in=DESK_KINDS, membership__user__is_active=True, **roles)

    def of_network(self) -> Self:
        """The rights of coordinators."""
        kinds = {"kind__in": NETWORK_KINDS, "membership__role": Role.COORDINATOR}
        return self.filter(membership__user__is_active=True, **kinds)

    def allows(self, user: User, kind: ExportKind, desk: Desk | None = None) -> bool:
        """Whether a person has a right, at a desk or for all of them."""
        rights = self.of_network() if desk is None else self.at(desk)
        return rights.filter(kind=kind, membership__user=user).exists()


class DataExportQuerySet(models.QuerySet):
    """Questions about requests for files."""

    def visible_to(self, user: User) -> Self:
        """Those of the desks where a person works; those of all desks for coordinators."""
        own = models.Q(desk__organisation__in=organisations_with_desk_role(user))
        return self.filter(own | models.Q(desk=None)) if coordinates(user) else self.filter(own)

    def for_listing(self) -> Self:
        """The newest first, with their people and cases."""
        return self.select_related("asked_by", "decided_by", "desk__organisation").prefetch_related("items__case")
