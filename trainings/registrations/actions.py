"""What visitors and colleagues do with registrations, beside the places themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from trainings.registrations import emails
from trainings.registrations.errors import (
    AlreadyRegistered,
    GroupDoesNotFit,
    NoFreeSeat,
    NotAllFit,
    NotOpen,
    SeminarHasBegun,
)
from trainings.registrations.models import Group, Need, Registration
from trainings.registrations.seats import Seats
from trainings.registrations.states import RegistrationMove, RegistrationState
from trainings.registrations.waiting_list import (
    lock_registration,
    lock_seminar,
    move_registration,
    offer_and_count_seats,
    offer_next_in_line,
    offer_seat,
)
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.access import System, require
from victor.audit.actions import record

VISITOR = System("visitor")
REPEATED_PRESS = timedelta(minutes=10)  # a button pressed twice
NOTICE_INTERVAL = 60 * 60  # seconds: nobody can have somebody's mailbox filled


def sign_up(registration: Registration, *, need: str = "") -> None:
    """Register a visitor. Whoever is registered already is told so by e-mail, and the visitor learns nothing of it.

    Raises:
        NotOpen: registration is not open.
    """
    try:
        register(registration, need=need, by=VISITOR)
    except AlreadyRegistered as refusal:
        _notify_registered_owner(refusal.registration)


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
            _notify_registered_owner(found)


def _notify_registered_owner(registration: Registration) -> None:
    if timezone.now() - registration.came_at < REPEATED_PRESS:
        return
    if cache.add(f"trainings.registered_before.{registration.pk}", 1, NOTICE_INTERVAL):
        emails.send_already_registered(registration)


@transaction.atomic
def register(registration: Registration, *, need: str = "", by: Any) -> Registration:
    """Give whoever came a seat, or a place in line; or let the host look first. Colleagues enter whom they choose.

    Raises:
        NotOpen: registration is not open, and nobody of the host asks.
        AlreadyRegistered: there is an open registration with this address.
    """
    seminar = lock_seminar(registration.seminar)
    _refuse_closed(seminar, by)
    _refuse_double(registration)
    _create_registration(registration, seminar, offer_and_count_seats(seminar), need, by=by)
    return registration


@transaction.atomic
def register_all(seminar: Seminar, members: list[Registration], *, by: Any) -> list[Registration]:
    """Register who stands on a list of the host's, in its order: all of them, or nobody.

    Raises:
        NotOpen: the seminar is cancelled.
        AlreadyRegistered: one of them is.
    """
    seminar = lock_seminar(seminar)
    require(by, "trainings.manage", seminar)
    _refuse_closed(seminar, by)
    seats = offer_and_count_seats(seminar)
    for each in members:
        each.seminar = seminar
        _refuse_double(each)
        _create_registration(each, seminar, seats, "", by=by)
    return members


@transaction.atomic
def register_group(group: Group, members: list[Registration], *, by: Any) -> list[Registration]:
    """Register colleagues in the order in which they are named. Who is registered already stays as they are.

    Raises:
        NotOpen: registration is not open.
        NotAllFit: they come together or not at all, and there are fewer seats.
    """
    seminar = lock_seminar(group.seminar)
    _refuse_closed(seminar, by)
    seats = offer_and_count_seats(seminar)
    known = {email.lower() for email in seminar.registrations.open().values_list("email", flat=True)}
    new = [each for each in members if each.email.lower() not in known]
    if group.together and not seminar.needs_approval and not _all_fit(new, seminar):
        raise NotAllFit
    group.save()
    for each in new:
        each.group = group
        _create_registration(each, seminar, seats, "", by=by)
    return new


@transaction.atomic
def admit_registration(registration: Registration, *, by: Any) -> Registration:
    """The host has looked: give a seat, or a place in line by the day of the registration. Colleagues who come
    together or not at all are admitted together, and none of them waits.

    Raises:
        GroupDoesNotFit: there are fewer seats than such colleagues.
        NotPossible: the person was admitted or declined before, or has left.
    """
    registration, seminar = lock_registration(registration)
    require(by, "trainings.manage", seminar)
    seats, members = offer_and_count_seats(seminar), _group_of(registration)
    if len(members) > 1 and not _all_fit(members, seminar):
        raise GroupDoesNotFit
    for each in members:
        has_seat = _has_seat(each, seminar, seats)
        move_registration(
            each, RegistrationMove.ADMIT, RegistrationState.CONFIRMED if has_seat else RegistrationState.WAITING, by=by
        )
        seats.take(each)
        (emails.send_place_confirmed if has_seat else emails.send_waiting_list_notice)(each)
    return registration


@transaction.atomic
def decline_registration(registration: Registration, *, reason: str = "", by: Any) -> Registration:
    """The host has looked, and gives no place; the reason is for colleagues."""
    registration, seminar = lock_registration(registration)
    require(by, "trainings.manage", seminar)
    move_registration(registration, RegistrationMove.DECLINE, RegistrationState.DECLINED, by=by, reason=reason)
    emails.send_not_admitted(registration)
    return registration


@transaction.atomic
def offer_out_of_order(registration: Registration, *, reason: str, by: Any) -> Registration:
    """Offer a free seat out of order, beyond a quota; everybody who may see the list sees why.

    Raises:
        Begun: an offer would have ended before it was made.
        NoFreeSeat: there is none at all.
        NotPossible: the person does not wait.
    """
    registration, seminar = lock_registration(registration)
    require(by, "trainings.manage", seminar)
    if seminar.has_begun:
        raise SeminarHasBegun
    if Seats(seminar).free < 1:
        raise NoFreeSeat
    offer_seat(registration, seminar, RegistrationMove.PREFER, by=by, reason=reason)
    return registration


@transaction.atomic
def accept_offer(registration: Registration, *, by: Any) -> Registration:
    """Take the seat that is offered.

    Raises:
        NotPossible: none is, or the time is over.
    """
    registration, _seminar = lock_registration(registration)
    if registration.offer_ends and registration.offer_ends <= timezone.now():
        raise AlreadySettled
    move_registration(registration, RegistrationMove.ACCEPT, RegistrationState.CONFIRMED, by=by)
    emails.send_place_confirmed(registration)
    return registration


@transaction.atomic
def give_up_registration(registration: Registration, *, by: Any) -> Registration:
    """Give a place, an offer or the wish for one up; the next in line is offered what becomes free.

    Raises:
        NotPossible: it was given up before.
    """
    registration, seminar = lock_registration(registration)
    require(by, "trainings.manage", seminar)
    move_registration(registration, RegistrationMove.LEAVE, RegistrationState.LEFT, by=by)
    emails.send_place_given_up(registration)
    offer_next_in_line(seminar)
    return registration


def _refuse_closed(seminar: Seminar, by: Any) -> None:
    if isinstance(by, System):
        if not seminar.is_open:
            raise NotOpen
        return
    require(by, "trainings.manage", seminar)
    if seminar.cancelled:
        raise NotOpen


def _refuse_double(registration: Registration) -> None:
    before = registration.seminar.registrations.open().filter(email__iexact=registration.email).first()
    if before:
        raise AlreadyRegistered(before)


def _group_of(registration: Registration) -> list[Registration]:
    """With the colleagues without whom this person does not come, in the order of arrival."""
    if registration.state != RegistrationState.APPLIED:
        return [registration]
    others = list(registration.seminar.registrations.companions_of(registration).locked())
    for each in others:
        each.seminar = registration.seminar
    return sorted([registration, *others], key=lambda each: each.pk)


def _all_fit(members: list[Registration], seminar: Seminar) -> bool:
    seats = Seats(seminar)
    for each in members:
        if not _has_seat(each, seminar, seats):
            return False
        seats.take(each)
    return True


def _has_seat(registration: Registration, seminar: Seminar, seats: Seats) -> bool:
    """Whether there is a seat, and nobody in line whose it would be: once the seminar has begun none is offered."""
    return seats.have(registration) and not any(seats.have(each) for each in seminar.registrations.waiting())


def _create_registration(registration: Registration, seminar: Seminar, seats: Seats, need: str, *, by: Any) -> None:
    registration.seminar = seminar
    if seminar.needs_approval and isinstance(by, System):
        registration.state, tell = RegistrationState.APPLIED, emails.send_registration_received
    elif _has_seat(registration, seminar, seats):
        registration.state, tell = RegistrationState.CONFIRMED, emails.send_place_confirmed
        seats.take(registration)
    else:
        registration.state, tell = RegistrationState.WAITING, emails.send_waiting_list_notice
    registration.save()
    if need:
        Need.objects.create(registration=registration, text=need)
    record("registration.came", registration, by=by, state=str(registration.state))
    tell(registration)
