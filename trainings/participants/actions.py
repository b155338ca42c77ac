"""What changes on a registration besides its state: name and address, and what the participant needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import transaction

from trainings.certificates.actions import print_correction, store_correction
from trainings.certificates.models import Certificate
from trainings.registrations import emails as registrations_emails
from trainings.registrations.errors import AlreadyRegistered
from trainings.registrations.models import Need, Registration, RegistrationStep
from trainings.registrations.states import OPEN_STATES, RegistrationMove, RegistrationState
from trainings.registrations.waiting_list import lock_registration
from trainings.seminars.errors import AlreadySettled
from victor.access import Actor, account_of, require
from victor.audit.actions import record


class Correction(NamedTuple):
    """A certificate with a wrong name, and the printed one that is to replace it."""

    old: Certificate
    new: Certificate


EMAILS_BY_STATE = {
    RegistrationState.APPLIED: registrations_emails.send_registration_received,
    RegistrationState.CONFIRMED: registrations_emails.send_place_confirmed,
    RegistrationState.WAITING: registrations_emails.send_waiting_list_notice,
    RegistrationState.OFFERED: registrations_emails.send_place_offer,
}


def correct_registration(registration: Registration, *, name: str, email: str, by: Actor) -> Registration:
    """Correct a name or an address. A new address gets the e-mail about the seat that its owner has missed.

    A valid certificate is replaced by one with the new name. Answers that were given from the old address cannot be
    found from the new one.

    Raises:
        AlreadyRegistered: another participant has the new address.
        AlreadySettled: the address would change, and the registration is not open any more; or a certificate was
            issued or corrected meanwhile.
        Unprintable: the name on the certificate has a letter that the fonts lack.
    """
    with _print_corrected_certificate(registration, name, by=by) as correction:
        return _save_correction(registration, correction, name=name, email=email, by=by)


@contextmanager
def _print_corrected_certificate(registration: Registration, name: str, *, by: Actor) -> Iterator[Correction | None]:
    """Where the name changes, the valid certificate and what is to replace it. This takes time: lock nothing before."""
    name_changes = Registration.objects.filter(pk=registration.pk).exclude(name=name).exists()
    old = registration.certificates.valid().first() if name_changes else None
    if old is None:
        yield None
        return
    with print_correction(old, name=name, by=by) as new:
        yield Correction(old, new)


@transaction.atomic
def _save_correction(
    registration: Registration, correction: Correction | None, *, name: str, email: str, by: Actor
) -> Registration:
    registration, seminar = lock_registration(registration)
    require(by, "trainings.manage", seminar)
    name_changes, email_changes = name != registration.name, email != registration.email
    if email_changes:
        if registration.state not in OPEN_STATES:
            raise AlreadySettled
        _refuse_taken_address(registration, email)
    registration.name, registration.email = name, email
    registration.save(update_fields=["name", "email"])
    step = RegistrationStep(
        registration=registration, move=RegistrationMove.CORRECT, state=registration.state, by=account_of(by)
    )
    step.save()
    if email_changes:
        EMAILS_BY_STATE[RegistrationState(registration.state)](registration)
    if name_changes and (certificate := registration.certificates.valid().first()):
        if correction is None or correction.old != certificate:
            raise AlreadySettled
        store_correction(certificate, correction.new, by=by)
    record("registration.corrected", registration, by=by, name=name_changes, email=email_changes)
    return registration


@transaction.atomic
def save_needs(registration: Registration, *, need: str, shows_name: bool, by: Actor) -> Registration:
    """Save what a participant needs in order to take part, and whether the full name may be shown.

    The log does not say whether there is a need, because a need may tell of somebody's health.

    Raises:
        AlreadySettled: the seminar has begun, or the registration is not open any more.
    """
    registration, _seminar = lock_registration(registration)
    require(by, "trainings.respond", registration)
    if not registration.can_still_attend:
        raise AlreadySettled
    registration.shows_name = shows_name
    registration.save(update_fields=["shows_name"])
    if need:
        Need.objects.update_or_create(registration=registration, defaults={"text": need})
    else:
        Need.objects.filter(registration=registration).delete()
    record("registration.told", registration, by=by, shows_name=shows_name)
    return registration


def _refuse_taken_address(registration: Registration, email: str) -> None:
    others = registration.seminar.registrations.open().exclude(pk=registration.pk)
    if other := others.filter(email__iexact=email).first():
        raise AlreadyRegistered(other)
