"""What visitors, participants and trainers do with registrations.

Each action locks the seminar first (see `waiting_list`), and finishes its `SeatChanges` last.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from trainings.registrations import emails
from trainings.registrations.errors import (
    AlreadyRegistered,
    GroupDoesNotFit,
    NoFreeSeat,
    NotAllFit,
    NotOpen,
    PerhapsRegistered,
    SeminarHasBegun,
)
from trainings.registrations.models import Need, Registration, RegistrationGroup
from trainings.registrations.names import is_same_person, mailbox_key
from trainings.registrations.seats import Seats
from trainings.registrations.states import RegistrationMove, RegistrationState
from trainings.registrations.waiting_list import (
    SeatChanges,
    lock_registration,
    lock_seminar,
    offer_and_count_seats,
    offer_next_in_line,
    offer_seat,
)
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.access import Actor, is_permitted, require


@transaction.atomic
def register(registration: Registration, *, need: str = "", is_another: bool = False, by: Actor) -> Registration:
    """Give a person a seat or a place on the waiting list. Where the host approves registrations, it waits for that.

    A person whom a trainer registers needs no approval. `is_another` says that somebody was asked, and that people with
    this address are others.

    Raises:
        NotOpen: registration is not open, and `by` does not manage the seminar; or the seminar is cancelled.
        AlreadyRegistered: there is an open registration with this name and address.
        PerhapsRegistered: somebody is registered with this address.
    """
    seminar, changes = lock_seminar(registration.seminar), SeatChanges()
    require(by, "trainings.register", seminar)
    _refuse_closed(seminar, by)
    refuse_registered(registration, seminar, is_another=is_another)
    seats = offer_and_count_seats(seminar, changes)
    _create_registration(registration, seminar, seats, changes, need=need, by=by)
    changes.finish()
    return registration


@transaction.atomic
def register_all(
    seminar: Seminar, members: list[Registration], *, are_others: bool = False, by: Actor
) -> list[Registration]:
    """Register everybody on a list of the host's in the order of the list, or nobody.

    `are_others` says that somebody was asked, and that people with one address are different people.

    Raises:
        NotOpen: the seminar is cancelled.
        AlreadyRegistered: there is an open registration with the name and address of one of them.
        PerhapsRegistered: two of them have one address, or somebody is registered with it, and nobody was asked.
    """
    seminar, changes = lock_seminar(seminar), SeatChanges()
    require(by, "trainings.manage", seminar)
    _refuse_closed(seminar, by)
    seats = offer_and_count_seats(seminar, changes)
    for member in members:
        refuse_registered(member, seminar, is_another=are_others)
        _create_registration(member, seminar, seats, changes, by=by)
    changes.finish()
    return members


@transaction.atomic
def register_group(group: RegistrationGroup, members: list[Registration], *, by: Actor) -> list[Registration]:
    """Register colleagues in the order in which they are named. Return those who were registered now: nobody with whose
    address somebody is registered already.

    Whether all fit is judged as if all were new. Otherwise the answer would tell who is registered.

    Raises:
        NotOpen: registration is not open, and `by` does not manage the seminar; or the seminar is cancelled.
        NotAllFit: they come together or not at all, and there are fewer seats.
    """
    seminar, changes = lock_seminar(group.seminar), SeatChanges()
    require(by, "trainings.register", seminar)
    _refuse_closed(seminar, by)
    seats = offer_and_count_seats(seminar, changes)
    registered = {mailbox_key(email) for email in seminar.registrations.open().values_list("email", flat=True)}
    new_members = [member for member in members if mailbox_key(member.email) not in registered]
    if group.together and not seminar.needs_approval and not _all_fit(members, seminar):
        raise NotAllFit
    group.save()
    for member in new_members:
        member.group = group
        _create_registration(member, seminar, seats, changes, by=by)
    changes.finish()
    return new_members


@transaction.atomic
def admit_registration(registration: Registration, *, by: Actor) -> Registration:
    """Approve a registration: give a seat, or a place on the waiting list by the date of registration.

    Colleagues who come together or not at all are admitted together, and none of them waits.

    Raises:
        GroupDoesNotFit: such colleagues are more than there are seats.
        AlreadySettled: the registration was approved, declined or given up before.
    """
    registration, seminar = lock_registration(registration)
    require(by, "trainings.manage", seminar)
    members, changes = _group_of(registration), SeatChanges()
    seats = offer_and_count_seats(seminar, changes)
    if len(members) > 1 and not _all_fit(members, seminar):
        raise GroupDoesNotFit
    for member in members:
        has_seat = _has_seat(member, seminar, seats)
        state = RegistrationState.CONFIRMED if has_seat else RegistrationState.WAITING
        changes.move(member, RegistrationMove.ADMIT, state, by=by)
        changes.mail(emails.send_place_confirmed if has_seat else emails.send_waiting_list_notice, member)
        seats.take(member)
    changes.finish()
    return registration


@transaction.atomic
def decline_registration(registration: Registration, *, reason: str = "", by: Actor) -> Registration:
    """Decline a registration that waits for approval. Only colleagues read the reason.

    Raises:
        AlreadySettled: the registration was approved, declined or given up before.
    """
    registration, seminar = lock_registration(registration)
    require(by, "trainings.manage", seminar)
    changes = SeatChanges()
    changes.move(registration, RegistrationMove.DECLINE, RegistrationState.DECLINED, by=by, reason=reason)
    changes.mail(emails.send_not_admitted, registration)
    changes.finish()
    return registration


@transaction.atomic
def offer_out_of_order(registration: Registration, *, reason: str, by: Actor) -> Registration:
    """Offer a free seat out of order, even beyond a quota. Everybody who may see the list reads the reason.

    Raises:
        SeminarHasBegun: the offer would have ended before it was made.
        NoFreeSeat: there is none at all.
        AlreadySettled: the person does not wait.
    """
    registration, seminar = lock_registration(registration)
    require(by, "trainings.manage", seminar)
    if seminar.has_begun:
        raise SeminarHasBegun
    if Seats(seminar).free < 1:
        raise NoFreeSeat
    changes = SeatChanges()
    offer_seat(registration, seminar, RegistrationMove.PREFER, changes, by=by, reason=reason)
    changes.finish()
    return registration


@transaction.atomic
def accept_offer(registration: Registration, *, by: Actor) -> Registration:
    """Take the seat that is offered.

    Raises:
        AlreadySettled: no seat is offered, or the offer has expired.
    """
    registration, _seminar = lock_registration(registration)
    require(by, "trainings.respond", registration)
    if registration.offer_ends and registration.offer_ends <= timezone.now():
        raise AlreadySettled
    changes = SeatChanges()
    changes.move(registration, RegistrationMove.ACCEPT, RegistrationState.CONFIRMED, by=by)
    changes.mail(emails.send_place_confirmed, registration)
    changes.finish()
    return registration


@transaction.atomic
def give_up_registration(registration: Registration, *, by: Actor) -> Registration:
    """Give up a seat, an offer or a place on the waiting list. A seat that becomes free is offered to the next in line.

    Raises:
        AlreadySettled: the registration is not open any more.
    """
    registration, seminar = lock_registration(registration)
    require(by, "trainings.respond", registration)
    changes = SeatChanges()
    changes.move(registration, RegistrationMove.LEAVE, RegistrationState.LEFT, by=by)
    changes.mail(emails.send_place_given_up, registration)
    offer_next_in_line(seminar, changes)
    changes.finish()
    return registration


def _refuse_closed(seminar: Seminar, by: Actor) -> None:
    """Those who manage a seminar register people at any time, but not for a cancelled seminar."""
    if seminar.cancelled or not (seminar.is_open or is_permitted(by, "trainings.manage", seminar)):
        raise NotOpen


def refuse_registered(registration: Registration, seminar: Seminar, *, is_another: bool) -> None:
    """Refuse a person who is registered, or may be. The caller has locked the seminar.

    Raises:
        AlreadyRegistered: there is another open registration with this name and address.
        PerhapsRegistered: somebody is registered with this address, and nobody was asked whether that is another one.
    """
    if earlier := open_registration_of(registration, seminar):
        raise AlreadyRegistered(earlier)
    others = seminar.registrations.open().exclude(pk=registration.pk).of_mailbox(registration.email)
    if others and not is_another:
        raise PerhapsRegistered(others)


def open_registration_of(registration: Registration, seminar: Seminar) -> Registration | None:
    """Another open registration of the same person."""
    person = registration.name, registration.email
    others = seminar.registrations.open().exclude(pk=registration.pk).of_mailbox(registration.email)
    return next((other for other in others if is_same_person(person, (other.name, other.email))), None)


def _group_of(registration: Registration) -> list[Registration]:
    """The registration and those that are admitted with it or not at all, in the order of registration."""
    if registration.state != RegistrationState.APPLIED:
        return [registration]
    companions = list(registration.seminar.registrations.companions_of(registration).locked())
    for companion in companions:
        companion.seminar = registration.seminar
    return sorted([registration, *companions], key=lambda member: member.pk)


def _all_fit(members: list[Registration], seminar: Seminar) -> bool:
    seats = Seats(seminar)
    for member in members:
        if not _has_seat(member, seminar, seats):
            return False
        seats.take(member)
    return True


def _has_seat(registration: Registration, seminar: Seminar, seats: Seats) -> bool:
    """Whether there is a seat that is nobody else's: once the seminar has begun, people who fit may still wait."""
    return seats.have(registration) and not any(seats.have(waiting) for waiting in seminar.registrations.waiting())


def _create_registration(
    registration: Registration, seminar: Seminar, seats: Seats, changes: SeatChanges, *, need: str = "", by: Actor
) -> None:
    registration.seminar = seminar
    if seminar.needs_approval and not is_permitted(by, "trainings.manage", seminar):
        registration.state, send = RegistrationState.APPLIED, emails.send_registration_received
    elif _has_seat(registration, seminar, seats):
        registration.state, send = RegistrationState.CONFIRMED, emails.send_place_confirmed
        seats.take(registration)
    else:
        registration.state, send = RegistrationState.WAITING, emails.send_waiting_list_notice
    registration.save()
    if need:
        Need.objects.create(registration=registration, text=need)
    changes.mail(send, registration)
    changes.log("registration.came", registration, by=by, state=str(registration.state))
