"""A certificate, made: its number and code, its paper and file, its row, and the mail that it is ready.

Each is a transaction of its own, and of those who hold one only one is valid: whoever is killed in between has made it
or has not, and whoever comes after goes on with the next.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
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
from victor.access import System
from victor.audit.actions import record
from victor.pdf import Unprintable

MINUTE = timedelta(minutes=1)


@transaction.atomic
def issue_certificate(order: int, sheets: SeminarCertificates, *, by: Any) -> Certificate | None:
    """Make the certificate that was ordered. None where somebody else has made it or is making it, where its owner has
    lost the right to it meanwhile, or where it cannot be printed: then the order stays and says so."""
    found = CertificateOrder.objects.due().select_for_update(skip_locked=True).filter(pk=order).first()
    if found is None:
        return None
    held = Registration.objects.select_for_update(of=("self",), no_key=True)  # the name and the consent stay
    entitled = held.eligible_for_certificate().filter(pk=found.registration_id).first()
    if entitled is None or entitled.certificates.valid().exists():
        found.delete()
        return None
    try:
        certificate = create_certificate(_unsaved_certificate(entitled), sheets)
    except Unprintable:
        found.failed = True
        found.save(update_fields=["failed"])
        return None
    found.delete()
    entitled.seminar = sheets.seminar
    emails.send_certificate_ready(entitled, certificate)
    record("certificate.issued", certificate, by=by)
    return certificate


def create_certificate(certificate: Certificate, sheets: SeminarCertificates) -> Certificate:
    """Give it number, code, paper and file, and keep it.

    Raises:
        Unprintable: the fonts lack a letter; nothing is kept.
    """
    certificate.pk = certificate.pk or next_certificate_number()
    certificate.serial = f"VICTOR-{timezone.localdate().year}-{certificate.pk:06d}"
    certificate.code = codes.new_code()
    paper = sheets.pdf(certificate)
    certificate.digest = hashlib.sha256(paper).hexdigest()
    certificate.file.save(f"{uuid4().hex}.pdf", ContentFile(paper), save=False)
    certificate.save(force_insert=True)
    return certificate


def next_certificate_number() -> int:
    """The number of a row that is still to be written: it stands on the paper."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Certificate._meta.db_table])
        number: int = cursor.fetchone()[0]
    return number


def _unsaved_certificate(registration: Any) -> Certificate:
    return Certificate(
        seminar_id=registration.seminar_id,
        registration=registration,
        name=registration.name,
        shows_name=registration.shows_name,
        language=registration.language,
        minutes=registration.attended // MINUTE,
        total=registration.held // MINUTE,
    )


WORKER = System("worker")
log = structlog.get_logger(__name__)


def queue_certificates(seminar: int) -> None:
    """Queue the making of what is ordered, or leave it to the sweep."""
    try:
        issue_certificates.delay(seminar)
    except OperationalError:
        log.warning("broker unreachable, certificates wait for the sweep", seminar=seminar)


@shared_task(name="trainings.tasks.issue_certificates")
def issue_certificates(seminar: int) -> int:
    """Make every certificate of a seminar that is ordered; return how many were made here."""
    found = Seminar.objects.select_related("country", "organisation", "course").filter(pk=seminar).first()
    if found is None:  # deleted since somebody asked
        return 0
    sheets = SeminarCertificates(found)
    ordered = CertificateOrder.objects.due().filter(registration__seminar=seminar)
    return sum(_issue_order(order, sheets) for order in list(ordered.values_list("pk", flat=True)))


def _issue_order(order: int, sheets: SeminarCertificates) -> bool:
    """Whether it was made. What stands in the way of one keeps no other waiting: a file that could not be written is
    tried again by the sweep, anything else waits for people, who are shown whose it is."""
    try:
        return issue_certificate(order, sheets, by=WORKER) is not None
    except (OSError, Unreachable):
        log.exception("certificate not made", order=order)
    except Exception:
        log.exception("certificate cannot be made", order=order)
        CertificateOrder.objects.filter(pk=order).update(failed=True)
    return False
