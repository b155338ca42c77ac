"""A certificate, made: its number and code, its paper and file, its row, and the mail that it is ready.

Each is a transaction of its own, and of those who hold one only one is valid: whoever is killed in between has made it
or has not, and whoever comes after goes on with the next.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from trainings import codes, emails
from trainings.models import Certificate, CertificateOrder, Registration
from trainings.paper import Sheets
from victor.audit.actions import record
from victor.documents import Unprintable

MINUTE = timedelta(minutes=1)


@transaction.atomic
def issue(order: int, sheets: Sheets, *, by: Any) -> Certificate | None:
    """Make the certificate that was ordered. None where somebody else has made it or is making it, where its owner has
    lost the right to it meanwhile, or where it cannot be printed: then the order stays and says so."""
    found = CertificateOrder.objects.due().select_for_update(skip_locked=True).filter(pk=order).first()
    if found is None:
        return None
    held = Registration.objects.select_for_update(of=("self",), no_key=True)  # the name and the consent stay
    entitled = held.entitled().filter(pk=found.registration_id).first()
    if entitled is None or entitled.certificates.valid().exists():
        found.delete()
        return None
    try:
        certificate = made(_certificate(entitled), sheets)
    except Unprintable:
        found.failed = True
        found.save(update_fields=["failed"])
        return None
    found.delete()
    entitled.seminar = sheets.seminar
    emails.certificate_ready(entitled, certificate)
    record("certificate.issued", certificate, by=by)
    return certificate


def made(certificate: Certificate, sheets: Sheets) -> Certificate:
    """Give it number, code, paper and file, and keep it.

    Raises:
        Unprintable: the fonts lack a letter; nothing is kept.
    """
    certificate.pk = certificate.pk or next_number()
    certificate.serial = f"VICTOR-{timezone.localdate().year}-{certificate.pk:06d}"
    certificate.code = codes.new()
    paper = sheets.pdf(certificate)
    certificate.digest = hashlib.sha256(paper).hexdigest()
    certificate.file.save(f"{uuid4().hex}.pdf", ContentFile(paper), save=False)
    certificate.save(force_insert=True)
    return certificate


def next_number() -> int:
    """The number of a row that is still to be written: it stands on the paper."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Certificate._meta.db_table])
        number: int = cursor.fetchone()[0]
    return number


def _certificate(registration: Any) -> Certificate:
    return Certificate(
        seminar_id=registration.seminar_id,
        registration=registration,
        name=registration.name,
        shows_name=registration.shows_name,
        language=registration.language,
        minutes=registration.attended // MINUTE,
        total=registration.held // MINUTE,
    )
