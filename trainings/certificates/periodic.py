"""Creates ordered certificates that were left over, and deletes orphaned files, by the clock."""

from __future__ import annotations

from celery import shared_task

from trainings.certificates.issuing import issue_certificates
from trainings.certificates.models import Certificate, CertificateOrder, certificate_storage
from victor.files.orphans import delete_orphans


@shared_task(name="trainings.periodic.issue_due")
def issue_due() -> int:
    """Create ordered certificates that no task has created, as when the broker was down. Return how many."""
    seminars = CertificateOrder.objects.due().order_by().values_list("registration__seminar", flat=True).distinct()
    return sum(issue_certificates(seminar) for seminar in list(seminars))


@shared_task(name="trainings.periodic.forget_certificates")
def forget_certificates() -> int:
    """Delete certificate files that no certificate refers to, as after a worker was killed. Return how many."""
    return delete_orphans(certificate_storage(), set(Certificate.objects.values_list("file", flat=True)))
