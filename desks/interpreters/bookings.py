"""An interpreter is booked; the booking is moved, held or cancelled. No row is deleted, no vault need be open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.errors import NeedsWords
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, language_of, seal_words
from desks.interpreters.errors import AlreadyBooked, InThePast, NotBegun, TieNotExcluded
from desks.interpreters.models import Interpreter, InterpreterBooking
from desks.interpreters.states import BookingState
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped, verify_stamp

if TYPE_CHECKING:
    from datetime import datetime

    from desks.cases.models import Case


@transaction.atomic
def book_interpreter(interpreter: Interpreter, due_at: datetime, text: str = "", *, by: Actor) -> InterpreterBooking:
    """Book an interpreter for a time. `text`: where, and what for.

    Raises:
        TieNotExcluded: nobody has confirmed that they have no tie to the family.
        InThePast: the time has passed.
        AlreadyBooked: they are booked for this time.
    """
    case = lock_running_case(interpreter.case, by=by)
    row = add_booking(case, lock_row(interpreter, case), due_at, text, by=by)
    save_case(case)
    record("case.interpreter_booked", case, by=by)
    return row


@transaction.atomic
def move_booking(booking: InterpreterBooking, due_at: datetime, text: str = "", *, by: Actor) -> InterpreterBooking:
    """Book another time instead. The earlier row stays, and a new one follows it. `text`: where, and what for.

    Raises:
        CaseMoveNotPossible: somebody has settled it already.
        TieNotExcluded, InThePast, AlreadyBooked: as above.
    """
    case, earlier = _lock_booking(booking, by=by)
    _settle(case, earlier, BookingState.MOVED, by=by)
    row = add_booking(case, verify_stamp(earlier.interpreter), due_at, text, by=by)
    save_case(case)
    record("case.booking_moved", case, by=by)
    return row


@transaction.atomic
def hold_booking(booking: InterpreterBooking, text: str = "", *, by: Actor) -> InterpreterBooking:
    """The appointment took place. `text`: what has to be known of it.

    Raises:
        CaseMoveNotPossible: somebody has settled it already.
        NotBegun: its time has not come.
    """
    case, row = _lock_booking(booking, by=by)
    if row.due_at > timezone.now():
        raise NotBegun
    _settle(case, row, BookingState.HELD, text, by=by)
    save_case(case)
    record("case.booking_held", case, by=by)
    return row


@transaction.atomic
def cancel_booking(booking: InterpreterBooking, text: str, *, by: Actor) -> InterpreterBooking:
    """There is no appointment, or the interpreter did not come. `text`: why.

    Raises:
        CaseMoveNotPossible: somebody has settled it already.
        NeedsWords: there is no reason.
    """
    case, row = _lock_booking(booking, by=by)
    if not text.strip():
        raise NeedsWords
    _settle(case, row, BookingState.CANCELLED, text, by=by)
    save_case(case)
    record("case.booking_cancelled", case, by=by)
    return row


def add_booking(
    case: Case, interpreter: Interpreter, due_at: datetime, text: str = "", *, by: Actor
) -> InterpreterBooking:
    """Write down an appointment with an interpreter of a locked case.

    Raises:
        TieNotExcluded, InThePast, AlreadyBooked: as above.
    """
    if not interpreter.tie_excluded:
        raise TieNotExcluded
    if due_at <= timezone.now():
        raise InThePast
    if interpreter.bookings.open().filter(due_at=due_at).exists():
        raise AlreadyBooked
    envelope = seal_words(case, {"text": text}, CasePurpose.INTERPRETER, by=by) if text.strip() else None
    row = InterpreterBooking(case=case, interpreter=interpreter, due_at=due_at, envelope=envelope)
    row.author = account_of(by)
    save_stamped(row)
    add_entry(case, EntryKind.INTERPRETER, by=by, code=BookingState.BOOKED)
    return row


def cancel_open_bookings(case: Case, interpreter: Interpreter, *, by: Actor) -> None:
    """Nobody may be booked any more who is booked with a locked case: each appointment that waits is cancelled."""
    for row in interpreter.bookings.open().select_for_update():
        _settle(case, verify_stamp(row), BookingState.CANCELLED, by=by)


def _settle(case: Case, row: InterpreterBooking, state: BookingState, text: str = "", *, by: Actor) -> None:
    row.state, row.settled_at = state, timezone.now()
    update_stamped(row, "state", "settled_at")
    language = language_of(by, case) if text.strip() else ""
    add_entry(case, EntryKind.INTERPRETER, by=by, code=state, text=text.strip(), language=language)


def _lock_booking(booking: InterpreterBooking, *, by: Actor) -> tuple[Case, InterpreterBooking]:
    case = lock_running_case(booking.case, by=by)
    return case, lock_row(booking, case, BookingState.BOOKED)
