"""Create certificates: number, code, PDF, row, and the email that says it is ready.

The PDF is rendered before anything is locked. Then one short transaction checks that nothing on it has changed and
stores the certificate. A worker that is killed has created it or has not, and the next one goes on with the other
orders. Of all certificates of a registration only one is valid.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import structlog
from celery import shared_task
from django.core.files.base import ContentFile
from django.db import OperationalError as Unreachable
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from trainings.certificates import codes, emails
from trainings.certificates.models import Certificate, CertificateOrder
from trainings.certificates.pdf import SeminarCertificates
from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from victor.access import System, require
from victor.audit.actions import record
from victor.pdf import Unprintable

MINUTE = timedelta(minutes=1)
WORKER = System("worker")
PRINTED_FIELDS = ("name", "language", "minutes", "total")  # what can change between printing and storing
log = structlog.get_logger(__name__)


def issue_certificate(order: int, certificates: SeminarCertificates, *, by: System) -> Certificate | None:
    """Create the certificate of an order, given by its number.

    Return None where it is not created now: somebody else has created it, the person is no longer eligible, what the
    certificate says has changed meanwhile (the order stays), or it cannot be printed (the order stays as failed).
    """
    require(by, "trainings.manage", certificates.seminar)
    registration = _eligible_registration(order)
    if registration is None:
        _drop_ineligible(order)
        return None
    registration.seminar = certificates.seminar
    certificate = _unsaved_certificate(registration)
    try:
        print_certificate(certificate, certificates)
    except Unprintable:
        CertificateOrder.objects.filter(pk=order).update(failed=True)
        return None
    with delete_file_unless_stored(certificate):
        return _store_ordered(order, certificate, certificates.seminar, by=by)


def print_certificate(certificate: Certificate, certificates: SeminarCertificates) -> None:
    """Give an unsaved certificate its number, code, PDF and file. This takes time: lock nothing before.

    Raises:
        Unprintable: our fonts lack a letter; no file is stored.
    """
    certificate.pk = next_certificate_number()
    certificate.serial = f"VICTOR-{timezone.localdate().year}-{certificate.pk:06d}"
    certificate.code = codes.new_code()
    pdf = certificates.pdf(certificate)
    certificate.digest = hashlib.sha256(pdf).hexdigest()
    certificate.file.save(f"{uuid4().hex}.pdf", ContentFile(pdf), save=False)


@contextmanager
def delete_file_unless_stored(certificate: Certificate) -> Iterator[None]:
    """Delete the file of a printed certificate unless the block stores its row."""
    try:
        yield
    finally:
        if certificate._state.adding:
            certificate.file.storage.delete(certificate.file.name or "")


def next_certificate_number() -> int:
    """The number of a certificate that is not stored yet, because it is printed on the certificate."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Certificate._meta.db_table])
        number: int = cursor.fetchone()[0]
    return number


def queue_certificates(seminar: int) -> None:
    """Queue the task that creates the ordered certificates of a seminar. If the broker is down, the sweep creates
    them."""
    try:
        issue_certificates.delay(seminar)
    except OperationalError:
        log.warning("broker unreachable, certificates wait for the sweep", seminar=seminar)


@shared_task(name="trainings.tasks.issue_certificates")
def issue_certificates(seminar: int) -> int:
    """Create every ordered certificate of a seminar, given by its number. Return how many were created here.

    The order is random, so that two workers rarely print the same certificate at once.
    """
    row = Seminar.objects.select_related("country", "organisation", "course").filter(pk=seminar).first()
    if row is None:  # deleted meanwhile
        return 0
    certificates = SeminarCertificates(row)
    orders = CertificateOrder.objects.due().filter(registration__seminar=seminar).order_by("?")
    return sum(_issue_order(order, certificates) for order in list(orders.values_list("pk", flat=True)))


def _issue_order(order: int, certificates: SeminarCertificates) -> bool:
    """Return whether the certificate was created. A failure does not stop the others. If a file could not be written,
    the sweep tries again; anything else waits for people, who see whose certificate it is."""
    try:
        return issue_certificate(order, certificates, by=WORKER) is not None
    except (OSError, Unreachable):
        log.exception("certificate not made", order=order)
    except Exception:
        log.exception("certificate cannot be made", order=order)
        CertificateOrder.objects.filter(pk=order).update(failed=True)
    return False


def _eligible_registration(order: int) -> Registration | None:
    """The registration of an order that can be carried out, if it is eligible and has no valid certificate."""
    registrations = Registration.objects.filter(ordered__in=CertificateOrder.objects.due().filter(pk=order))
    registration = registrations.eligible_for_certificate().first()
    return None if registration is None or registration.certificates.valid().exists() else registration


@transaction.atomic
def _drop_ineligible(order: int) -> None:
    """Delete an order that is due and whose registration is no longer eligible."""
    due = CertificateOrder.objects.due().select_for_update(skip_locked=True).filter(pk=order).first()
    if due and _eligible_registration(order) is None:
        due.delete()


@transaction.atomic
def _store_ordered(order: int, certificate: Certificate, seminar: Seminar, *, by: System) -> Certificate | None:
    """Store a printed certificate in place of its order, and send the email about it.

    The registration is locked before the order, as its deletion does.
    """
    people = Registration.objects.select_for_update(of=("self",), no_key=True)
    registration = people.eligible_for_certificate().filter(ordered=order).first()
    due = CertificateOrder.objects.due().select_for_update(skip_locked=True).filter(pk=order).first()
    if due is None or registration is None or registration.certificates.valid().exists():
        return None
    current = _unsaved_certificate(registration)
    if any(getattr(certificate, name) != getattr(current, name) for name in PRINTED_FIELDS):
        return None
    certificate.shows_name = current.shows_name
    certificate.save(force_insert=True)
    due.delete()
    registration.seminar = seminar
    emails.send_certificate_ready(registration, certificate)
    record("certificate.issued", certificate, by=by)
    return certificate


def _unsaved_certificate(registration: Registration) -> Certificate:
    """A certificate with what is known of a registration that is annotated with its eligibility."""
    return Certificate(
        seminar_id=registration.seminar_id,
        registration=registration,
        name=registration.name,
        shows_name=registration.shows_name,
        language=registration.language,
        minutes=registration.attended // MINUTE,
        total=registration.total_length // MINUTE,
    )
