"""Questions about releases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from partners.memberships.rules import coordinates, is_auditor
from victor.reporting.releases.states import ONLINE, ReleaseKind, ReleaseState

if TYPE_CHECKING:
    from victor.accounts.models import User


class ReleaseQuerySet(models.QuerySet):
    """Releases of figures."""

    def visible_to(self, user: User) -> Self:
        """All for coordinators and auditors, none for other people."""
        return self.all() if coordinates(user) or is_auditor(user) else self.none()

    def online(self) -> Self:
        """Those that went out, also where a correction has taken their place: somebody has a copy."""
        return self.filter(state__in=ONLINE)

    def public(self) -> Self:
        """Those that everybody may read, the newest first."""
        return self.online().filter(kind=ReleaseKind.PUBLIC).order_by("-number", "-correction")

    def unmade(self) -> Self:
        """Drafts that the worker has yet to count."""
        return self.filter(state=ReleaseState.DRAFT, counted_at=None)

    def for_listing(self) -> Self:
        """The newest first, with who made and approved them, and without the figures."""
        return (
            self.select_related("made_by", "approved_by", "corrects")
            .defer("content")
            .order_by("-number", "-correction")
        )
