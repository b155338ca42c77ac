"""Queries of certificates and their orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from partners.memberships.rules import coordinates
from trainings.certificates.states import CertificateStatus
from trainings.seminars.rules import organisations_of_trainer

if TYPE_CHECKING:
    from victor.accounts.models import User


class CertificateQuerySet(models.QuerySet):
    """Queries of certificates."""

    def visible_to(self, user: User) -> Self:
        """Certificates of the seminars that a person manages."""
        return (
            self.all() if coordinates(user) else self.filter(seminar__organisation__in=organisations_of_trainer(user))
        )

    def valid(self) -> Self:
        """Certificates that are neither revoked nor replaced."""
        return self.filter(revoked_at=None, replaced_by=None)

    def ended(self) -> Self:
        """Certificates that are revoked or replaced."""
        return self.filter(Q(revoked_at__isnull=False) | Q(replaced_by__isnull=False))

    def count_by_validity(self) -> dict[CertificateStatus, int]:
        """How many are valid (`ISSUED`), and how many are revoked or replaced (`ENDED`)."""
        valid = Count("pk", filter=Q(revoked_at=None, replaced_by=None))
        counts = self.aggregate(valid=valid, total=Count("pk"))
        return {CertificateStatus.ISSUED: counts["valid"], CertificateStatus.ENDED: counts["total"] - counts["valid"]}

    def with_seminar(self) -> Self:
        """Each with its registration and all that a PDF says about the seminar."""
        return self.select_related("seminar__country", "seminar__organisation", "seminar__course", "registration")


class CertificateOrderQuerySet(models.QuerySet):
    """Queries of certificate orders."""

    def due(self) -> Self:
        """Orders that can be carried out."""
        return self.filter(failed=False)

    def failed(self) -> Self:
        """Orders that need somebody to correct something first."""
        return self.filter(failed=True)
