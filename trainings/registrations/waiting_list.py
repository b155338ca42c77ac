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

from trainings.registrations import emails
from trainings.registrations.models import Registration, Step
from trainings.registrations.seats import Seats
from trainings.registrations.states import MOVES, RegistrationMove, RegistrationState
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.access import System
from victor.audit.actions import record

CLOCK = System("clock")


@transaction.atomic
def offer_free_seats(seminar: Seminar) -> int:
    """Let offers lapse whose time is over, and offer what is free to the next in line; return how many were offered."""
    seminar = lock_seminar(seminar)
    for each in seminar.registrations.expired_offers():
        move_registration(each, RegistrationMove.LAPSE, RegistrationState.LAPSED, by=CLOCK)
        emails.send_offer_expired(each)
    return offer_next_in_line(seminar)


def lock_seminar(seminar: Seminar) -> Seminar:
    """The seminar, held until the transaction ends."""
    return Seminar.objects.select_for_update(of=("self",)).select_related("country").get(pk=seminar.pk)


def lock_registration(registration: Registration) -> tuple[Registration, Seminar]:
    """The seminar first: whoever locks in another order waits for ever."""
    seminar = lock_seminar(registration.seminar)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    registration.seminar = seminar
    return registration, seminar


def offer_and_count_seats(seminar: Seminar) -> Seats:
    """What is free after all in line are served: whoever comes takes a seat from nobody."""
    offer_next_in_line(seminar)
    return Seats(seminar)


def offer_next_in_line(seminar: Seminar) -> int:
    seats, offered = Seats(seminar), 0
    if seats.free < 1 or seminar.cancelled or seminar.has_begun:
        return 0
    for each in seminar.registrations.waiting():
        if seats.free < 1:
            break
        if seats.have(each):
            each.seminar = seminar
            offer_seat(each, seminar, RegistrationMove.OFFER, by=CLOCK)
            seats.take(each)
            offered += 1
    return offered


def offer_seat(
    registration: Registration, seminar: Seminar, move: RegistrationMove, *, by: Any, reason: str = ""
) -> None:
    registration.offer_ends = _offer_deadline(seminar)
    move_registration(registration, move, RegistrationState.OFFERED, by=by, reason=reason)
    emails.send_place_offer(registration)


def _offer_deadline(seminar: Seminar) -> datetime:
    """So long from now, and not beyond the beginning."""
    end = timezone.now() + seminar.offer_period
    return min(end, seminar.starts) if seminar.starts else end


def move_registration(
    registration: Registration, move: RegistrationMove, state: RegistrationState, *, by: Any, reason: str = ""
) -> None:
    starts, leads_to = MOVES[move]
    if registration.state not in starts:
        raise AlreadySettled
    assert state in leads_to  # noqa: S101 - the table of moves is the rule
    registration.state = state
    if state != RegistrationState.OFFERED:
        registration.offer_ends = None
    registration.save(update_fields=["state", "offer_ends"])
    who = None if isinstance(by, System) else by
    Step.objects.create(registration=registration, move=move, state=state, by=who, reason=reason)
    record(f"registration.{move}", registration, by=by)
