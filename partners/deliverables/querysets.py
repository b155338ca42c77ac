"""Questions about deliverables and their versions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.deliverables.states import HANDED_IN, REMINDER_DAYS, Level
from partners.memberships.rules import coordinates, organisations_of

if TYPE_CHECKING:
    from victor.accounts.models import User


class DeliverableQuerySet(models.QuerySet):
    """Deliverables."""

    def visible_to(self, user: User) -> Self:
        """All for whoever works for a partner, none for anybody else."""
        return self.all() if coordinates(user) or organisations_of(user) else self.none()

    def near(self) -> Self:
        """Those that are not handed in and of which somebody has to be told now, or soon."""
        limit = timezone.localdate() + timedelta(days=max(REMINDER_DAYS))
        return self.exclude(state__in=HANDED_IN).filter(due_on__lte=limit)

    def for_listing(self) -> Self:
        """What is due first stands first, with package and owner."""
        return self.select_related("package__grant", "package__lead", "owner").order_by("due_on", "code")


class DeliverableVersionQuerySet(models.QuerySet):
    """Versions of deliverables."""

    def visible_to(self, user: User) -> Self:
        """All for coordinators, for the organisation that leads, its owner, author and reviewer; for the other staff
        of partners what was submitted and is public."""
        own = organisations_of(user)
        if coordinates(user):
            return self.all()
        if not own:
            return self.none()
        is_public = Q(deliverable__level=Level.PUBLIC, submitted_on__isnull=False)
        is_own = Q(deliverable__package__lead__in=own) | Q(deliverable__owner=user)
        return self.filter(is_public | is_own | Q(author=user) | Q(reviewer=user))
