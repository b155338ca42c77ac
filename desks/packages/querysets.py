from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models

from desks.desk.rules import organisations_with_desk_role
from desks.packages.states import UNSENT, KeyState

if TYPE_CHECKING:
    from datetime import datetime

    from desks.desk.models import Desk
    from victor.accounts.models import User


class PartnerKeyQuerySet(models.QuerySet):
    """What can be asked of partners' keys."""

    def visible_to(self, user: User) -> Self:
        """Those of the person's desks."""
        return self.filter(desk__organisation__in=organisations_with_desk_role(user))

    def in_use(self, desk: Desk) -> Self:
        """Those of a desk that were not removed, confirmed or not."""
        return self.filter(desk=desk).exclude(state=KeyState.REMOVED)


class PackageQuerySet(models.QuerySet):
    """What can be asked of packages."""

    def visible_to(self, user: User) -> Self:
        """Those of the cases that the person may open."""
        return self.filter(case__in=apps.get_model("desks.Case").objects.visible_to(user))

    def unsent(self) -> Self:
        """Drafts, and what waits for a supervisor."""
        return self.filter(state__in=sorted(UNSENT))

    def with_old_file(self, now: datetime) -> Self:
        """Those whose file has come to its day."""
        return self.filter(file__isnull=False, expires_at__lte=now)

    def for_page(self) -> Self:
        """With what the page of one of them asks for."""
        case = ("case__desk__organisation", "case__desk__country", "case__desk__group", "case__restricted_group")
        related = self.select_related(*case, "case__key", "partner", "author", "approver", "file__key")
        return related.prefetch_related("consents", "bases__first")
