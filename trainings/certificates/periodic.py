"""The clock of the seminars."""

from __future__ import annotations

from celery import shared_task

from trainings.certificates.issuing import issue_certificates
from trainings.certificates.models import Certificate, CertificateOrder, certificate_storage
from victor.files.orphans import delete_orphans


@shared_task(name="trainings.periodic.issue_due")
def issue_due() -> int:
    """Make the certificates that a lost task or a broker that was down has left; return how many."""
    waiting = CertificateOrder.objects.due().order_by().values_list("registration__seminar", flat=True).distinct()
    return sum(issue_certificates(seminar) for seminar in list(waiting))


@shared_task(name="trainings.periodic.forget_certificates")
def forget_certificates() -> int:
    """Delete the files of certificates that a worker was killed over; return how many."""
    return delete_orphans(certificate_storage(), set(Certificate.objects.values_list("file", flat=True)))
