"""How far the certificates of a seminar are."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Min, QuerySet

from trainings.models import CertificateOrder, Seminar

MOST_NAMES = 10


class Making:
    """How far the worker is with the certificates of a seminar that are ordered."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar

    @cached_property
    def waiting(self) -> int:
        """How many are still to be made."""
        return self._orders.count()

    @cached_property
    def made(self) -> int:
        """How many have been made since the first of those was ordered."""
        since = self._orders.aggregate(since=Min("asked_at"))["since"]
        return self.seminar.certificates.filter(issued_at__gte=since).count() if since else 0

    @property
    def total(self) -> int:
        return self.waiting + self.made

    @cached_property
    def failed(self) -> int:
        """How many could not be made."""
        return len(self._failed)

    @property
    def whose(self) -> str:
        """For whom none could be made, the first ten."""
        return ", ".join(self._failed[:MOST_NAMES]) + (" …" if self.failed > MOST_NAMES else "")

    @cached_property
    def _failed(self) -> list[str]:
        orders = CertificateOrder.objects.failed().filter(registration__seminar=self.seminar)
        return list(orders.order_by("registration__name").values_list("registration__name", flat=True))

    @property
    def _orders(self) -> QuerySet[CertificateOrder]:
        return CertificateOrder.objects.due().filter(registration__seminar=self.seminar)
