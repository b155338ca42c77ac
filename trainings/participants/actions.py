"""What visitors and colleagues do with registrations, beside the places themselves."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from trainings.certificates.actions import correct_certificate_name
from trainings.registrations import emails as registrations_emails
from trainings.registrations.errors import AlreadyRegistered
from trainings.registrations.models import Need, Registration, Step
from trainings.registrations.states import OPEN_STATES, RegistrationMove, RegistrationState
from trainings.registrations.waiting_list import lock_seminar
from trainings.seminars.errors import AlreadySettled
from victor.access import require
from victor.audit.actions import record

EMAILS_BY_STATE = {
    RegistrationState.APPLIED: registrations_emails.send_registration_received,
    RegistrationState.CONFIRMED: registrations_emails.send_place_confirmed,
    RegistrationState.WAITING: registrations_emails.send_waiting_list_notice,
    RegistrationState.OFFERED: registrations_emails.send_place_offer,
}


@transaction.atomic
def correct_registration(registration: Registration, *, name: str, email: str, by: Any) -> Registration:
    """Set a name or an address right, and write to the new address what its owner would have been told.

    Whoever has a certificate gets another one with the right name. What was answered from the old address is not
    found from the new one.

    Raises:
        AlreadyRegistered: the new address is another participant's.
        NotPossible: the registration is not open any more and its address would change.
        Unprintable: the fonts lack a letter of the name of somebody who has a certificate.
    """
    seminar = lock_seminar(registration.seminar)
    require(by, "trainings.manage", seminar)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    registration.seminar = seminar
    renamed, moved = name != registration.name, email != registration.email
    if moved and registration.state not in OPEN_STATES:
        raise AlreadySettled
    if moved:
        _refuse_taken_address(registration, email)
    registration.name, registration.email = name, email
    registration.save(update_fields=["name", "email"])
    Step.objects.create(registration=registration, move=RegistrationMove.CORRECT, state=registration.state, by=by)
    record("registration.corrected", registration, by=by, name=renamed, email=moved)
    if renamed and (certificate := registration.certificates.valid().first()):
        correct_certificate_name(certificate, name=name, by=by)
    if moved:
        EMAILS_BY_STATE[RegistrationState(registration.state)](registration)
    return registration


@transaction.atomic
def save_needs(registration: Registration, *, need: str, shows_name: bool, by: Any) -> Registration:
    """Note what somebody needs in order to take part, or no longer needs, and whether their name may be shown. That
    there is a need is logged nowhere: it may tell of their health.

    Raises:
        NotPossible: the seminar has begun, or they do not come.
    """
    seminar = lock_seminar(registration.seminar)
    require(by, "trainings.manage", seminar)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    registration.seminar = seminar
    if not registration.is_to_come:
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
