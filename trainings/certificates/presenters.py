"""How far the certificates of a seminar are, and how many there are of each standing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Value

from trainings.certificates.models import CertificateOrder
from trainings.certificates.states import CertificateStatus
from trainings.seminars.models import Seminar

MAX_NAMES = 10


def count_by_status(lists: Mapping[CertificateStatus, QuerySet[Any]]) -> dict[CertificateStatus, int]:
    """How long each list is, asked for all of them at once."""
    named = [rows.order_by().annotate(standing=Value(str(name))).values("standing") for name, rows in lists.items()]
    first, *others = [rows.annotate(number=Count("pk")) for rows in named]
    found = {CertificateStatus(row["standing"]): row["number"] for row in first.union(*others, all=True)}
    return dict.fromkeys(lists, 0) | found


class IssuingProgress:
    """How far the worker is with the certificates of a seminar that are ordered."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar

    @property
    def waiting(self) -> int:
        """How many are still to be made."""
        return int(self._orders["waiting"])

    @cached_property
    def made(self) -> int:
        """How many have been made since the first of those was ordered."""
        since = self._orders["since"]
        return self.seminar.certificates.filter(issued_at__gte=since).count() if since else 0

    @property
    def total(self) -> int:
        return self.waiting + self.made

    @property
    def failed(self) -> int:
        """How many could not be made."""
        return int(self._orders["failed"])

    @property
    def whose(self) -> str:
        """For whom none could be made, the first ten."""
        failed = CertificateOrder.objects.failed().filter(registration__seminar=self.seminar)
        names = failed.order_by("registration__name").values_list("registration__name", flat=True)
        return ", ".join(names[:MAX_NAMES]) + (" …" if self.failed > MAX_NAMES else "")

    @cached_property
    def _orders(self) -> dict[str, Any]:
        orders, due = CertificateOrder.objects.filter(registration__seminar=self.seminar), Q(failed=False)
        return orders.aggregate(
            waiting=Count("pk", filter=due), since=Min("asked_at", filter=due), failed=Count("pk", filter=~due)
        )
