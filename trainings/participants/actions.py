"""What changes on a registration besides its state: name and address, and what the participant needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.db import transaction

from trainings.certificates.actions import print_correction, store_correction
from trainings.certificates.models import Certificate
from trainings.registrations import emails as registrations_emails
from trainings.registrations.actions import admit_registration, refuse_registered
from trainings.registrations.models import Need, Registration, RegistrationStep
from trainings.registrations.states import OPEN_STATES, RegistrationMove, RegistrationState
from trainings.registrations.waiting_list import lock_registration
from trainings.seminars.errors import AlreadySettled, TrainingRefusal
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


def correct_registration(
    registration: Registration, *, name: str, email: str, is_another: bool = False, by: Actor
) -> Registration:
    """Correct a name or an address. A new address gets the e-mail about the seat that its owner has missed.

    A valid certificate is replaced by one with the new name. Answers that were given from the old address cannot be
    found from the new one.

    Raises:
        AlreadyRegistered: another participant has the new name and address.
        PerhapsRegistered: somebody else is registered with the new address, and `is_another` does not say that this is
            another person.
        AlreadySettled: the address would change, and the registration is not open any more; or a certificate was
            issued or corrected meanwhile.
        Unprintable: the name on the certificate has a letter that the fonts lack.
    """
    with _print_corrected_certificate(registration, name, by=by) as correction:
        return _save_correction(registration, correction, name=name, email=email, is_another=is_another, by=by)


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
    registration: Registration, correction: Correction | None, *, name: str, email: str, is_another: bool, by: Actor
) -> Registration:
    registration, seminar = lock_registration(registration)
    require(by, "trainings.manage", seminar)
    name_changes, email_changes = name != registration.name, email != registration.email
    if email_changes and registration.state not in OPEN_STATES:
        raise AlreadySettled
    registration.name, registration.email = name, email
    if registration.state in OPEN_STATES:
        refuse_registered(registration, seminar, is_another=is_another or not email_changes)
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


@transaction.atomic
def set_mail_wish(registration: Registration, *, wants_mail: bool, by: Actor) -> Registration:
    """Save whether a participant gets reminders and questions by email. What concerns the place or a change of the
    schedule is sent to everybody."""
    registration, _seminar = lock_registration(registration)
    require(by, "trainings.respond", registration)
    if registration.wants_mail != wants_mail:
        registration.wants_mail = wants_mail
        registration.save(update_fields=["wants_mail"])
        record("registration.mail_wish", registration, by=by, wants=wants_mail)
    return registration


def admit_all(registrations: Iterable[Registration], *, by: Actor) -> Counter[str]:
    """Admit several people, each as `admit_registration` does. Return how many are in which state now.

    Colleagues who come together are admitted with the first of them. Who cannot be admitted stays as they are.
    """
    people = list(registrations)
    for registration in people:
        with suppress(TrainingRefusal):
            admit_registration(registration, by=by)
    states = Registration.objects.filter(pk__in=[person.pk for person in people]).values_list("state", flat=True)
    return Counter(states)
