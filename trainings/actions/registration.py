"""Places in a seminar: asked for, given, offered, accepted, given up.

Each of these locks the seminar first, so that all that happens to its places happens one after the other: no seat is
given twice, and whoever came first is first in line. After everything that frees a seat the next in line is offered it,
in the same transaction. Who waits only because a quota is full is passed over until it is not.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trainings import emails
from trainings.actions.seats import Seats
from trainings.errors import (
    AlreadyRegistered,
    Begun,
    GroupDoesNotFit,
    NoFreeSeat,
    NotAllFit,
    NotOpen,
    NotPossible,
    Over,
)
from trainings.models import Group, Need, Registration, Seminar, Step
from trainings.states import MOVES, Move, State
from victor.access import System, require
from victor.audit.actions import record

CLOCK = System("clock")
WAYS_IN = {  # of whoever stands at the door
    State.APPLIED: [(Move.ADMIT, State.CONFIRMED)],
    State.WAITING: [(Move.PREFER, State.OFFERED), (Move.ACCEPT, State.CONFIRMED)],
    State.OFFERED: [(Move.ACCEPT, State.CONFIRMED)],
}


@transaction.atomic
def register(registration: Registration, *, need: str = "", by: Any) -> Registration:
    """Give whoever came a seat, or a place in line; or let the host look first. Colleagues enter whom they choose.

    Raises:
        NotOpen: registration is not open, and nobody of the host asks.
        AlreadyRegistered: there is an open registration with this address.
    """
    seminar = locked(registration.seminar)
    _refuse_closed(seminar, by)
    _refuse_double(registration)
    _enter(registration, seminar, _seats(seminar), need, by=by)
    return registration


@transaction.atomic
def register_all(seminar: Seminar, members: list[Registration], *, by: Any) -> list[Registration]:
    """Register who stands on a list of the host's, in its order: all of them, or nobody.

    Raises:
        NotOpen: the seminar is cancelled.
        AlreadyRegistered: one of them is.
    """
    seminar = locked(seminar)
    require(by, "trainings.manage", seminar)
    _refuse_closed(seminar, by)
    seats = _seats(seminar)
    for each in members:
        each.seminar = seminar
        _refuse_double(each)
        _enter(each, seminar, seats, "", by=by)
    return members


@transaction.atomic
def let_in(registration: Registration, *, reason: str = "", by: Any) -> Registration:
    """Give a seat to whoever stands at the door, known by the address or not. Beyond the seats, who trains says why.

    Raises:
        NotOpen: the seminar is cancelled.
        NoFreeSeat: none is free, and no reason was given.
    """
    seminar = locked(registration.seminar)
    require(by, "trainings.manage" if reason else "trainings.check_in", seminar)
    if seminar.cancelled:
        raise NotOpen
    known = seminar.registrations.open().select_for_update().filter(email__iexact=registration.email).first()
    registration = known or registration
    registration.seminar = seminar
    if registration.state == State.CONFIRMED:
        return registration
    if not (reason or registration.state == State.OFFERED or Seats(seminar).have(registration)):
        raise NoFreeSeat
    if not known:
        registration.state = State.APPLIED
        registration.save()
        record("registration.came", registration, by=by, state=str(registration.state))
    registration.offer_ends = timezone.now()
    for move, state in WAYS_IN[State(registration.state)]:
        _move(registration, move, state, by=by, reason=reason or _("At the door"))
    emails.place_confirmed(registration)
    return registration


@transaction.atomic
def register_group(group: Group, members: list[Registration], *, by: Any) -> list[Registration]:
    """Register colleagues in the order in which they are named. Who is registered already stays as they are.

    Raises:
        NotOpen: registration is not open.
        NotAllFit: they come together or not at all, and there are fewer seats.
    """
    seminar = locked(group.seminar)
    _refuse_closed(seminar, by)
    seats = _seats(seminar)
    known = {email.lower() for email in seminar.registrations.open().values_list("email", flat=True)}
    new = [each for each in members if each.email.lower() not in known]
    if group.together and not seminar.needs_approval and not _all_fit(new, seminar):
        raise NotAllFit
    group.save()
    for each in new:
        each.group = group
        _enter(each, seminar, seats, "", by=by)
    return new


@transaction.atomic
def admit(registration: Registration, *, by: Any) -> Registration:
    """The host has looked: give a seat, or a place in line by the day of the registration. Colleagues who come
    together or not at all are admitted together, and none of them waits.

    Raises:
        GroupDoesNotFit: there are fewer seats than such colleagues.
        NotPossible: the person was admitted or declined before, or has left.
    """
    registration, seminar = _held(registration)
    require(by, "trainings.manage", seminar)
    seats, members = _seats(seminar), _admitted_with(registration)
    if len(members) > 1 and not _all_fit(members, seminar):
        raise GroupDoesNotFit
    for each in members:
        has_seat = _has_seat(each, seminar, seats)
        _move(each, Move.ADMIT, State.CONFIRMED if has_seat else State.WAITING, by=by)
        seats.take(each)
        (emails.place_confirmed if has_seat else emails.place_waiting)(each)
    return registration


@transaction.atomic
def decline(registration: Registration, *, reason: str = "", by: Any) -> Registration:
    """The host has looked, and gives no place; the reason is for colleagues."""
    registration, seminar = _held(registration)
    require(by, "trainings.manage", seminar)
    _move(registration, Move.DECLINE, State.DECLINED, by=by, reason=reason)
    emails.not_admitted(registration)
    return registration


@transaction.atomic
def prefer(registration: Registration, *, reason: str, by: Any) -> Registration:
    """Offer a free seat out of order, beyond a quota; everybody who may see the list sees why.

    Raises:
        Begun: an offer would have ended before it was made.
        NoFreeSeat: there is none at all.
        NotPossible: the person does not wait.
    """
    registration, seminar = _held(registration)
    require(by, "trainings.manage", seminar)
    if seminar.has_begun:
        raise Begun
    if Seats(seminar).free < 1:
        raise NoFreeSeat
    _offer(registration, seminar, Move.PREFER, by=by, reason=reason)
    return registration


@transaction.atomic
def accept(registration: Registration, *, by: Any) -> Registration:
    """Take the seat that is offered.

    Raises:
        NotPossible: none is, or the time is over.
    """
    registration, _seminar = _held(registration)
    if registration.offer_ends and registration.offer_ends <= timezone.now():
        raise NotPossible
    _move(registration, Move.ACCEPT, State.CONFIRMED, by=by)
    emails.place_confirmed(registration)
    return registration


@transaction.atomic
def leave(registration: Registration, *, by: Any) -> Registration:
    """Give a place, an offer or the wish for one up; the next in line is offered what becomes free.

    Raises:
        NotPossible: it was given up before.
    """
    registration, seminar = _held(registration)
    require(by, "trainings.manage", seminar)
    _move(registration, Move.LEAVE, State.LEFT, by=by)
    emails.place_given_up(registration)
    _offer_free(seminar)
    return registration


@transaction.atomic
def fill(seminar: Seminar) -> int:
    """Let offers lapse whose time is over, and offer what is free to the next in line; return how many were offered."""
    seminar = locked(seminar)
    for each in seminar.registrations.lapsing():
        _move(each, Move.LAPSE, State.LAPSED, by=CLOCK)
        emails.offer_lapsed(each)
    return _offer_free(seminar)


@transaction.atomic
def cancel_seminar(seminar: Seminar, *, by: Any) -> int:
    """Call a seminar off, and tell everybody who has a place or waits; return how many.

    Raises:
        Over: it has taken place.
        NotPossible: it was called off before.
    """
    seminar = locked(seminar)
    require(by, "trainings.manage", seminar)
    if not seminar.can_be_cancelled:
        raise NotPossible if seminar.cancelled else Over
    seminar.cancelled = True
    seminar.save(update_fields=["cancelled"])
    told = list(seminar.registrations.open().locked())
    for each in told:
        _move(each, Move.CANCEL, State.CANCELLED, by=by)
        emails.seminar_cancelled(each)
    record("seminar.cancelled", seminar, by=by, told=len(told))
    return len(told)


def locked(seminar: Seminar) -> Seminar:
    """The seminar, held until the transaction ends."""
    return Seminar.objects.select_for_update(of=("self",)).select_related("country").get(pk=seminar.pk)


def _held(registration: Registration) -> tuple[Registration, Seminar]:
    """The seminar first: whoever locks in another order waits for ever."""
    seminar = locked(registration.seminar)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    registration.seminar = seminar
    return registration, seminar


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


def _admitted_with(registration: Registration) -> list[Registration]:
    """With the colleagues without whom this person does not come, in the order of arrival."""
    if registration.state != State.APPLIED:
        return [registration]
    others = list(registration.seminar.registrations.coming_with(registration).locked())
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
    return seats.have(registration) and not any(seats.have(each) for each in seminar.registrations.in_line())


def _enter(registration: Registration, seminar: Seminar, seats: Seats, need: str, *, by: Any) -> None:
    registration.seminar = seminar
    if seminar.needs_approval and isinstance(by, System):
        registration.state, tell = State.APPLIED, emails.registration_received
    elif _has_seat(registration, seminar, seats):
        registration.state, tell = State.CONFIRMED, emails.place_confirmed
        seats.take(registration)
    else:
        registration.state, tell = State.WAITING, emails.place_waiting
    registration.save()
    if need:
        Need.objects.create(registration=registration, text=need)
    record("registration.came", registration, by=by, state=str(registration.state))
    tell(registration)


def _seats(seminar: Seminar) -> Seats:
    """What is free after all in line are served: whoever comes takes a seat from nobody."""
    _offer_free(seminar)
    return Seats(seminar)


def _offer_free(seminar: Seminar) -> int:
    seats, offered = Seats(seminar), 0
    if seats.free < 1 or seminar.cancelled or seminar.has_begun:
        return 0
    for each in seminar.registrations.in_line():
        if seats.free < 1:
            break
        if seats.have(each):
            each.seminar = seminar
            _offer(each, seminar, Move.OFFER, by=CLOCK)
            seats.take(each)
            offered += 1
    return offered


def _offer(registration: Registration, seminar: Seminar, move: Move, *, by: Any, reason: str = "") -> None:
    registration.offer_ends = _offer_end(seminar)
    _move(registration, move, State.OFFERED, by=by, reason=reason)
    emails.place_offered(registration)


def _offer_end(seminar: Seminar) -> datetime:
    """So long from now, and not beyond the beginning."""
    end = timezone.now() + seminar.offer_period
    return min(end, seminar.starts) if seminar.starts else end


def _move(registration: Registration, move: Move, state: State, *, by: Any, reason: str = "") -> None:
    starts, leads_to = MOVES[move]
    if registration.state not in starts:
        raise NotPossible
    assert state in leads_to  # noqa: S101 - the table of moves is the rule
    registration.state = state
    if state != State.OFFERED:
        registration.offer_ends = None
    registration.save(update_fields=["state", "offer_ends"])
    who = None if isinstance(by, System) else by
    Step.objects.create(registration=registration, move=move, state=state, by=who, reason=reason)
    record(f"registration.{move}", registration, by=by)
