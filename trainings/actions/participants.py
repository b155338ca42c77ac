"""What visitors and colleagues do with registrations, beside the places themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from trainings import emails
from trainings.actions.certificates import correct_name
from trainings.actions.registration import locked, register, register_group
from trainings.errors import AlreadyRegistered, NotPossible
from trainings.models import Group, Need, Registration, Step
from trainings.states import OPEN, Move, State
from victor.access import System, require
from victor.audit.actions import record

VISITOR = System("visitor")
JUST_NOW = timedelta(minutes=10)  # a button pressed twice
TOLD_FOR = 60 * 60  # seconds: nobody can have somebody's mailbox filled

TELLS = {
    State.APPLIED: emails.registration_received,
    State.CONFIRMED: emails.place_confirmed,
    State.WAITING: emails.place_waiting,
    State.OFFERED: emails.place_offered,
}


def sign_up(registration: Registration, *, need: str = "") -> None:
    """Register a visitor. Whoever is registered already is told so by e-mail, and the visitor learns nothing of it.

    Raises:
        NotOpen: registration is not open.
    """
    try:
        register(registration, need=need, by=VISITOR)
    except AlreadyRegistered as refusal:
        _tell(refusal.registration)


def sign_up_group(group: Group, members: list[Registration]) -> None:
    """Register colleagues; those who are registered already are told so.

    Raises:
        NotOpen: registration is not open.
        NotAllFit: they come together or not at all, and there are fewer seats.
    """
    new = {each.email for each in register_group(group, members, by=VISITOR)}
    for each in members:
        before = None if each.email in new else group.seminar.registrations.open().filter(email__iexact=each.email)
        if before and (found := before.first()):
            _tell(found)


@transaction.atomic
def correct(registration: Registration, *, name: str, email: str, by: Any) -> Registration:
    """Set a name or an address right, and write to the new address what its owner would have been told.

    Whoever has a certificate gets another one with the right name. What was answered from the old address is not
    found from the new one.

    Raises:
        AlreadyRegistered: the new address is another participant's.
        NotPossible: the registration is not open any more and its address would change.
        Unprintable: the fonts lack a letter of the name of somebody who has a certificate.
    """
    seminar = locked(registration.seminar)
    require(by, "trainings.manage", seminar)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    registration.seminar = seminar
    renamed, moved = name != registration.name, email != registration.email
    if moved and registration.state not in OPEN:
        raise NotPossible
    if moved:
        _refuse_other(registration, email)
    registration.name, registration.email = name, email
    registration.save(update_fields=["name", "email"])
    Step.objects.create(registration=registration, move=Move.CORRECT, state=registration.state, by=by)
    record("registration.corrected", registration, by=by, name=renamed, email=moved)
    if renamed and (certificate := registration.certificates.valid().first()):
        correct_name(certificate, name=name, by=by)
    if moved:
        TELLS[State(registration.state)](registration)
    return registration


@transaction.atomic
def tell_needs(registration: Registration, *, need: str, shows_name: bool, by: Any) -> Registration:
    """Note what somebody needs in order to take part, or no longer needs, and whether their name may be shown. That
    there is a need is logged nowhere: it may tell of their health.

    Raises:
        NotPossible: the seminar has begun, or they do not come.
    """
    seminar = locked(registration.seminar)
    require(by, "trainings.manage", seminar)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    registration.seminar = seminar
    if not registration.is_to_come:
        raise NotPossible
    registration.shows_name = shows_name
    registration.save(update_fields=["shows_name"])
    if need:
        Need.objects.update_or_create(registration=registration, defaults={"text": need})
    else:
        Need.objects.filter(registration=registration).delete()
    record("registration.told", registration, by=by, shows_name=shows_name)
    return registration


def _refuse_other(registration: Registration, email: str) -> None:
    others = registration.seminar.registrations.open().exclude(pk=registration.pk)
    if other := others.filter(email__iexact=email).first():
        raise AlreadyRegistered(other)


def _tell(registration: Registration) -> None:
    if timezone.now() - registration.came_at < JUST_NOW:
        return
    if cache.add(f"trainings.registered_before.{registration.pk}", 1, TOLD_FOR):
        emails.registered_before(registration)
