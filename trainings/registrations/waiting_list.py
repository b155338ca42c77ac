"""The waiting list of a seminar: where registrations change their state, and where free seats are offered.

Each function locks the seminar first, or says that its caller has. So everything that happens to the seats of a
seminar happens one after the other: no seat is given twice, and the first to register is the first in line. Whenever a
seat becomes free, it is offered to the next in line in the same transaction. A person whom only a full quota keeps
waiting is passed over until the quota has room.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trainings.registrations import emails
from trainings.registrations.models import Registration, RegistrationStep
from trainings.registrations.seats import Seats
from trainings.registrations.states import MOVES, RegistrationMove, RegistrationState
from trainings.seminars.errors import AlreadySettled
from trainings.seminars.models import Seminar
from victor.access import Actor, System, account_of
from victor.audit.actions import record

if TYPE_CHECKING:
    from django.db.models import Model

CLOCK = System("clock")
SendMail = Callable[[Registration], None]


class SeatChanges:
    """What one action changes at a seminar: moves of registrations, and the mails and log entries that follow.

    Rows change at once. Mails and entries wait for `finish`, the last step of every action: it writes all mails, and
    then all entries. The end of the audit log is one row that every writer waits for, so no mail may be written while
    the action holds it.
    """

    def __init__(self) -> None:
        self._mails: list[tuple[SendMail, Registration]] = []
        self._entries: list[tuple[str, Model, Actor, dict[str, str | int | bool | None]]] = []

    def move(
        self,
        registration: Registration,
        move: RegistrationMove,
        state: RegistrationState,
        *,
        by: Actor,
        reason: str = "",
    ) -> None:
        """Change the state of a registration that the caller has locked, and note the step.

        Raises:
            AlreadySettled: the registration is in a state in which this move cannot happen.
        """
        starts, ends = MOVES[move]
        if registration.state not in starts:
            raise AlreadySettled
        if state not in ends:
            raise ValueError(f"{move} does not lead to {state}")
        registration.state = state
        if state != RegistrationState.OFFERED:
            registration.offer_ends = None
        registration.save(update_fields=["state", "offer_ends"])
        RegistrationStep.objects.create(
            registration=registration, move=move, state=state, by=account_of(by), reason=reason
        )
        self.log(f"registration.{move}", registration, by=by)

    def mail(self, send: SendMail, registration: Registration) -> None:
        """Write this mail when the action finishes."""
        self._mails.append((send, registration))

    def log(self, action: str, obj: Model, *, by: Actor, **details: str | int | bool | None) -> None:
        """Add this entry to the audit log when the action finishes."""
        self._entries.append((action, obj, by, details))

    def finish(self) -> None:
        """Write the mails into the outbox, then the entries into the audit log."""
        for send, registration in self._mails:
            send(registration)
        for action, obj, by, details in self._entries:
            record(action, obj, by=by, **details)


@transaction.atomic
def offer_free_seats(seminar: Seminar) -> int:
    """End the offers whose time is over, and offer all free seats. Return the number of offers made."""
    seminar, changes = lock_seminar(seminar), SeatChanges()
    expire_offers(seminar, changes)
    offered = offer_next_in_line(seminar, changes)
    changes.finish()
    return offered


def lock_seminar(seminar: Seminar) -> Seminar:
    """Return the seminar as it is now, locked until the transaction ends."""
    return Seminar.objects.select_for_update(of=("self",)).select_related("country").get(pk=seminar.pk)


def lock_registration(registration: Registration) -> tuple[Registration, Seminar]:
    """Lock the seminar, then the registration: everybody locks in this order, so nobody waits for ever."""
    seminar = lock_seminar(registration.seminar)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    registration.seminar = seminar
    return registration, seminar


def expire_offers(seminar: Seminar, changes: SeatChanges) -> None:
    """End the offers of a locked seminar whose time is over."""
    for registration in seminar.registrations.expired_offers():
        changes.move(registration, RegistrationMove.LAPSE, RegistrationState.LAPSED, by=CLOCK)
        changes.mail(emails.send_offer_expired, registration)


def offer_and_count_seats(seminar: Seminar, changes: SeatChanges) -> Seats:
    """Offer the free seats of a locked seminar to those who wait, and return what is left for others."""
    offer_next_in_line(seminar, changes)
    return Seats(seminar)


def offer_next_in_line(seminar: Seminar, changes: SeatChanges) -> int:
    """Offer the free seats of a locked seminar in the order of registration. Return the number of offers made."""
    seats, offered = Seats(seminar), 0
    if seats.free < 1 or seminar.cancelled or seminar.has_begun:
        return 0
    for registration in seminar.registrations.waiting():
        if seats.free < 1:
            break
        if seats.have(registration):
            registration.seminar = seminar
            offer_seat(registration, seminar, RegistrationMove.OFFER, changes, by=CLOCK)
            seats.take(registration)
            offered += 1
    return offered


def offer_seat(
    registration: Registration,
    seminar: Seminar,
    move: RegistrationMove,
    changes: SeatChanges,
    *,
    by: Actor,
    reason: str = "",
) -> None:
    """Offer a seat of a locked seminar, in or out of order (`move`), until the offer ends."""
    registration.offer_ends = _offer_deadline(seminar)
    changes.move(registration, move, RegistrationState.OFFERED, by=by, reason=reason)
    changes.mail(emails.send_place_offer, registration)


def _offer_deadline(seminar: Seminar) -> datetime:
    """The period of an offer from now, but not longer than until the seminar begins."""
    deadline = timezone.now() + seminar.offer_period
    return min(deadline, seminar.starts) if seminar.starts else deadline
