from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from partners.memberships.rules import coordinates
from trainings.seminars.rules import organisations_of_trainer


class CertificateQuerySet(models.QuerySet):
    """What can be asked of certificates."""

    def visible_to(self, user: Any) -> Self:
        """Those of the seminars that a person looks after."""
        return (
            self.all() if coordinates(user) else self.filter(seminar__organisation__in=organisations_of_trainer(user))
        )

    def valid(self) -> Self:
        """Those that hold: neither revoked nor replaced by a corrected one."""
        return self.filter(revoked_at=None, replaced_by=None)

    def ended(self) -> Self:
        """Those that hold no longer."""
        return self.filter(Q(revoked_at__isnull=False) | Q(replaced_by__isnull=False))


class CertificateOrderQuerySet(models.QuerySet):
    """What can be asked of certificates that are to be made."""

    def due(self) -> Self:
        """Those that nothing stands in the way of."""
        return self.filter(failed=False)

    def failed(self) -> Self:
        """Those that wait for people."""
        return self.filter(failed=True)
