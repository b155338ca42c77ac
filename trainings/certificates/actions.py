"""Certificates: ordered for all who are entitled, revoked with a reason, replaced where a name was wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from trainings.certificates import emails
from trainings.certificates.errors import SeminarNotOver
from trainings.certificates.issuing import create_certificate, next_certificate_number, queue_certificates
from trainings.certificates.models import Certificate, CertificateOrder
from trainings.certificates.pdf import SeminarCertificates
from trainings.registrations.models import Registration
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.access import require
from victor.audit.actions import record


@transaction.atomic
def order_certificates(seminar: Seminar, *, by: Any) -> int:
    """Order one for everybody who is entitled and has none, those included that could not be printed before; return
    how many are to be made. A worker makes them.

    Raises:
        NotOver: the last session has not begun.
    """
    require(by, "trainings.manage", seminar)
    _refuse_before_the_end(seminar)
    entitled = Registration.objects.filter(seminar=seminar).eligible_for_certificate().without_certificate()
    orders = [CertificateOrder(registration=each) for each in entitled]
    CertificateOrder.objects.bulk_create(orders, ignore_conflicts=True)
    ordered = CertificateOrder.objects.filter(registration__seminar=seminar)
    ordered.update(failed=False, asked_at=timezone.now())
    number = ordered.count()
    record("certificates.ordered", seminar, by=by, ordered=number)
    transaction.on_commit(partial(queue_certificates, seminar.pk), robust=True)
    return number


@transaction.atomic
def reorder_certificate(certificate: Certificate, *, by: Any) -> None:
    """Order another one for somebody whose certificate was revoked.

    Raises:
        NotPossible: it holds, or whose it was is no longer entitled or known.
    """
    certificate = _lock_certificate(certificate, by)
    entitled = Registration.objects.filter(certificates=certificate).eligible_for_certificate().first()
    if certificate.state != "revoked" or entitled is None or entitled.certificates.valid().exists():
        raise AlreadySettled
    CertificateOrder.objects.update_or_create(registration=entitled, defaults={"failed": False})
    record("certificate.ordered_again", certificate, by=by)
    transaction.on_commit(partial(queue_certificates, certificate.seminar_id), robust=True)


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, by: Any) -> Certificate:
    """Say that a certificate holds no longer; whose it was is told why.

    Raises:
        NotPossible: it does not hold.
    """
    certificate = _lock_certificate(certificate, by)
    _refuse_ended(certificate)
    certificate.revoked_at, certificate.reason = timezone.now(), reason
    certificate.save(update_fields=["revoked_at", "reason"])
    if certificate.registration:
        emails.send_certificate_revoked(certificate.registration, certificate)
    record("certificate.revoked", certificate, by=by)
    return certificate


@transaction.atomic
def correct_certificate_name(certificate: Certificate, *, name: str, by: Any) -> Certificate:
    """Issue another one with the right name; the old one says that it was replaced.

    Raises:
        NotPossible: it does not hold.
        Unprintable: the fonts lack a letter.
    """
    # Whose it is first, as everybody does who writes both: otherwise two wait for each other.
    list(Registration.objects.filter(certificates=certificate).locked())
    old = _lock_certificate(certificate, by)
    _refuse_ended(old)
    number = next_certificate_number()
    Certificate.objects.filter(pk=old.pk).update(replaced_by=number)
    copied = {each: getattr(old, each) for each in ("seminar", "registration", "shows_name", "language")}
    new = Certificate(pk=number, name=name, minutes=old.minutes, total=old.total, **copied)
    create_certificate(new, SeminarCertificates(old.seminar))
    if old.registration:
        old.registration.name = name
        old.registration.save(update_fields=["name"])
        emails.send_certificate_replaced(old.registration, new)
    record("certificate.replaced", old, by=by, replaced_by=number)
    return new


@transaction.atomic
def set_name_visibility(registration: Registration, *, shows: bool, by: Any) -> None:
    """Whose they are says whether those who check a certificate read the full name or its initials: that of any, also
    of one that was replaced or revoked, or is still to be issued."""
    require(by, "trainings.respond", registration)
    Registration.objects.filter(pk=registration.pk).update(shows_name=shows)
    Certificate.objects.filter(registration=registration).update(shows_name=shows)
    record("certificate.name_shown" if shows else "certificate.name_hidden", registration, by=by)


def _lock_certificate(certificate: Certificate, by: Any) -> Certificate:
    whole = Certificate.objects.select_for_update(of=("self",)).select_related(
        "seminar__country", "seminar__organisation", "seminar__course", "registration"
    )
    certificate = whole.get(pk=certificate.pk)
    require(by, "trainings.manage", certificate.seminar)
    if certificate.registration:
        certificate.registration.seminar = certificate.seminar
    return certificate


def _refuse_ended(certificate: Certificate) -> None:
    if certificate.state != "valid":
        raise AlreadySettled


def _refuse_before_the_end(seminar: Seminar) -> None:
    if seminar.cancelled or seminar.sessions.filter(starts__gt=timezone.now()).exists():
        raise SeminarNotOver
