"""What the page of a seminar's certificates shows: the number in each status, and the progress of creating them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.db.models import Count, Min, Q

from trainings.certificates.models import CertificateOrder
from trainings.certificates.states import CertificateStatus
from trainings.seminars.models import Seminar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trainings.certificates.models import Certificate
    from trainings.registrations.models import Registration

StatusLists: TypeAlias = "Mapping[CertificateStatus, QuerySet[Registration] | QuerySet[Certificate]]"

MAX_NAMES = 10


@dataclass(frozen=True)
class IssuingProgress:
    """How many of a seminar's ordered certificates wait, how many were issued since the oldest of these was ordered,
    and how many failed. `failed_names` names the first ten people whose certificate failed."""

    seminar: Seminar
    waiting: int
    issued: int
    failed: int
    failed_names: str

    @property
    def total(self) -> int:
        """The certificates that wait and those that were issued."""
        return self.waiting + self.issued


def count_by_status(seminar: Seminar, lists: StatusLists) -> dict[CertificateStatus, int]:
    """The length of each list of `registrations_by_status`."""
    return {
        CertificateStatus.DUE: lists[CertificateStatus.DUE].count(),
        CertificateStatus.LACKING: lists[CertificateStatus.LACKING].count(),
        **seminar.certificates.count_by_validity(),
    }


def registrations_by_status(seminar: Seminar) -> StatusLists:
    """The registrations that have no certificate, and the certificates, by status."""
    people, certificates = seminar.registrations.select_related("ordered"), seminar.certificates
    return {
        CertificateStatus.DUE: people.eligible_for_certificate().without_certificate().order_by("name", "pk"),
        CertificateStatus.LACKING: people.not_eligible_for_certificate().without_certificate().order_by("name", "pk"),
        CertificateStatus.ISSUED: certificates.valid().order_by("name", "pk"),
        CertificateStatus.ENDED: certificates.ended().select_related("replaced_by"),
    }


def first_status(counts: Mapping[CertificateStatus, int]) -> CertificateStatus:
    """The status that is shown first: the certificates to issue, or else those that were issued."""
    has_nothing_to_issue = counts[CertificateStatus.ISSUED] and not counts[CertificateStatus.DUE]
    return CertificateStatus.ISSUED if has_nothing_to_issue else CertificateStatus.DUE


def issuing_progress_of(seminar: Seminar) -> IssuingProgress:
    """The progress of a seminar's ordered certificates."""
    orders, due = CertificateOrder.objects.filter(registration__seminar=seminar), Q(failed=False)
    figures = orders.aggregate(
        waiting=Count("pk", filter=due), since=Min("ordered_at", filter=due), failed=Count("pk", filter=~due)
    )
    since = figures["since"]
    return IssuingProgress(
        seminar,
        waiting=figures["waiting"],
        issued=seminar.certificates.filter(issued_at__gte=since).count() if since else 0,
        failed=figures["failed"],
        failed_names=_failed_names(seminar) if figures["failed"] else "",
    )


def _failed_names(seminar: Seminar) -> str:
    orders = CertificateOrder.objects.failed().filter(registration__seminar=seminar)
    names = list(orders.order_by("registration__name").values_list("registration__name", flat=True)[: MAX_NAMES + 1])
    return ", ".join(names[:MAX_NAMES]) + (" …" if len(names) > MAX_NAMES else "")
