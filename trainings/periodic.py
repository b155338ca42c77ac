"""The clock of the seminars."""

from celery import shared_task

from trainings.actions import fill
from trainings.models import Certificate, CertificateOrder, Seminar, certificates
from trainings.tasks import issue_certificates
from victor.uploads import forget


@shared_task
def fill_seats() -> int:
    """Let offers lapse whose time is over and offer what is free: whatever frees a seat does so at once, this makes
    up for what the clock alone decides. Return how many offers were made."""
    return sum(fill(seminar) for seminar in Seminar.objects.with_a_line())


@shared_task
def issue_due() -> int:
    """Make the certificates that a lost task or a broker that was down has left; return how many."""
    waiting = CertificateOrder.objects.due().order_by().values_list("registration__seminar", flat=True).distinct()
    return sum(issue_certificates(seminar) for seminar in list(waiting))


@shared_task
def forget_certificates() -> int:
    """Delete the files of certificates that a worker was killed over; return how many."""
    return forget(certificates(), set(Certificate.objects.values_list("file", flat=True)))
