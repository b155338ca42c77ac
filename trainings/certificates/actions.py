"""What happens to certificates: order them, revoke one, replace one whose name was wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.utils import timezone

from trainings.certificates import emails
from trainings.certificates.errors import SeminarNotOver
from trainings.certificates.issuing import delete_file_unless_stored, print_certificate, queue_certificates
from trainings.certificates.models import Certificate, CertificateOrder
from trainings.certificates.pdf import SeminarCertificates
from trainings.registrations.models import Registration
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.access import Actor, require
from victor.audit.actions import record

COPIED_FIELDS = ("seminar", "registration", "shows_name", "language", "minutes", "total")  # by a corrected certificate


@transaction.atomic
def order_certificates(seminar: Seminar, *, by: Actor) -> int:
    """Order a certificate for everybody who is eligible and has none, including those whose certificate could not be
    created before. A worker creates them. Return how many are ordered now.

    Raises:
        SeminarNotOver: the last session has not begun.
    """
    require(by, "trainings.manage", seminar)
    _require_last_session_begun(seminar)
    eligible = Registration.objects.filter(seminar=seminar).eligible_for_certificate().without_certificate()
    orders = [CertificateOrder(registration=registration) for registration in eligible]
    CertificateOrder.objects.bulk_create(orders, ignore_conflicts=True)
    ordered = CertificateOrder.objects.filter(registration__seminar=seminar)
    ordered.update(failed=False, ordered_at=timezone.now())
    number = ordered.count()
    transaction.on_commit(partial(queue_certificates, seminar.pk), robust=True)
    record("certificates.ordered", seminar, by=by, ordered=number)
    return number


@transaction.atomic
def reorder_certificate(certificate: Certificate, *, by: Actor) -> None:
    """Order another certificate for a person whose certificate was revoked.

    Raises:
        AlreadySettled: it is not revoked, or the person is no longer eligible or no longer known.
    """
    certificate = _lock_certificate(certificate)
    require(by, "trainings.manage", certificate.seminar)
    registration = Registration.objects.filter(certificates=certificate).eligible_for_certificate().first()
    if certificate.state != "revoked" or registration is None or registration.certificates.valid().exists():
        raise AlreadySettled
    CertificateOrder.objects.update_or_create(registration=registration, defaults={"failed": False})
    transaction.on_commit(partial(queue_certificates, certificate.seminar_id), robust=True)
    record("certificate.ordered_again", certificate, by=by)


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, by: Actor) -> Certificate:
    """Revoke a certificate. The person gets an email with the reason.

    Raises:
        AlreadySettled: it is not valid.
    """
    certificate = _lock_certificate(certificate)
    require(by, "trainings.manage", certificate.seminar)
    _require_valid(certificate)
    certificate.revoked_at, certificate.reason = timezone.now(), reason
    certificate.save(update_fields=["revoked_at", "reason"])
    if certificate.registration:
        emails.send_certificate_revoked(certificate.registration, certificate)
    record("certificate.revoked", certificate, by=by)
    return certificate


def correct_certificate_name(certificate: Certificate, *, name: str, by: Actor) -> Certificate:
    """Replace a certificate by another one with the correct name. The person gets an email.

    Raises:
        AlreadySettled: it is not valid.
        Unprintable: our fonts lack a letter.
    """
    with print_correction(certificate, name=name, by=by) as new:
        return store_correction(certificate, new, by=by)


@contextmanager
def print_correction(certificate: Certificate, *, name: str, by: Actor) -> Iterator[Certificate]:
    """Yield the printed certificate with the correct name. Its file is deleted unless the block stores it.

    This takes time: lock nothing before. Raises as `correct_certificate_name` does.
    """
    draft = Certificate.objects.with_seminar().get(pk=certificate.pk)
    require(by, "trainings.manage", draft.seminar)
    _require_valid(draft)
    new = Certificate(name=name, **{field: getattr(draft, field) for field in COPIED_FIELDS})
    print_certificate(new, SeminarCertificates(draft.seminar))
    with delete_file_unless_stored(new):
        yield new


@transaction.atomic
def store_correction(certificate: Certificate, new: Certificate, *, by: Actor) -> Certificate:
    """Store a printed certificate in place of the one that it corrects.

    Raises:
        AlreadySettled: that one is no longer valid.
    """
    # The registration first, as everywhere: two transactions that lock in different orders wait for ever.
    list(Registration.objects.filter(certificates=certificate).locked())
    old = _lock_certificate(certificate)
    require(by, "trainings.manage", old.seminar)
    _require_valid(old)
    _replace(old, new)
    if old.registration:
        emails.send_certificate_replaced(old.registration, new)
    record("certificate.replaced", old, by=by, replaced_by=new.pk)
    return new


@transaction.atomic
def set_name_visibility(registration: Registration, *, shows: bool, by: Actor) -> None:
    """Set whether people who verify a certificate see the full name or its initials. This holds for all certificates
    of the registration: replaced and revoked ones, and those still to be issued."""
    require(by, "trainings.respond", registration)
    Registration.objects.filter(pk=registration.pk).update(shows_name=shows)
    Certificate.objects.filter(registration=registration).update(shows_name=shows)
    record("certificate.name_shown" if shows else "certificate.name_hidden", registration, by=by)


def _replace(old: Certificate, new: Certificate) -> None:
    """Store the new certificate in place of the old one, and the name with the registration. Both must be locked."""
    Certificate.objects.filter(pk=old.pk).update(replaced_by=new.pk)
    new.registration, new.shows_name = old.registration, old.shows_name
    new.save(force_insert=True)
    if old.registration:
        old.registration.name = new.name
        old.registration.save(update_fields=["name"])


def _lock_certificate(certificate: Certificate) -> Certificate:
    """The certificate as it is now, locked, with all that its emails show."""
    certificate = Certificate.objects.with_seminar().select_for_update(of=("self",)).get(pk=certificate.pk)
    if certificate.registration:
        certificate.registration.seminar = certificate.seminar
    return certificate


def _require_valid(certificate: Certificate) -> None:
    if certificate.state != "valid":
        raise AlreadySettled


def _require_last_session_begun(seminar: Seminar) -> None:
    if seminar.cancelled or seminar.sessions.filter(starts__gt=timezone.now()).exists():
        raise SeminarNotOver
