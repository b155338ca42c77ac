"""A booked interpreter is due for the case's people until somebody settles it; what was booked stays in the history."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from desks.cases import escalations
from desks.cases.errors import CaseMoveNotPossible, NeedsWords
from desks.cases.models import Case, CaseClock, CaseEscalation
from desks.cases.obstacles import Ending, obstacles_to
from desks.endings.actions import erase_case
from desks.interpreters import bookings
from desks.interpreters.errors import AlreadyBooked, InThePast, NotBegun, TieNotExcluded
from desks.interpreters.models import Interpreter, InterpreterBooking
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.endings.closed_cases import ADULT, LAST_DAY, closed
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.interpreters.interpreter_cases import HOUR, an_interpreter
from victor.access import System
from victor.todo.actions import find_differences
from victor.todo.presenters import worklist_of
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
DAY = 24 * HOUR


@pytest.fixture
def case(here) -> Case:
    return here.case(**ADULT)


@pytest.fixture
def booking(here, case) -> InterpreterBooking:
    return an_interpreter(case, by=here.anna.person, booked_for=timezone.now() + 2 * DAY).bookings.get()


def states(case: Case) -> list[str]:
    """Where the bookings of a case stand, the oldest first."""
    return list(InterpreterBooking.objects.filter(case=case).order_by("pk").values_list("state", flat=True))


def due(case: Case) -> list[datetime]:
    """When interpreters are due."""
    return list(CaseClock.objects.filter(case=case, kind="interpreter").values_list("due_at", flat=True))


def listed(here: CaseDesk) -> list[str]:
    """What is due in cases among the tasks of the worker, in codes."""
    work = worklist_of(here.anna.person).items
    return [str(item.facts["kind"]) for item in work if item.kind == "desks.case_clock"]


def test_book_interpreter_is_due_at_the_appointment(case, booking):
    assert due(case) == [booking.due_at]


def test_book_interpreter_twice_for_one_time_is_refused(here, booking):
    with pytest.raises(AlreadyBooked):
        bookings.book_interpreter(booking.interpreter, booking.due_at, by=here.anna.person)


def test_book_interpreter_for_two_times_keeps_both(here, case, booking):
    bookings.book_interpreter(booking.interpreter, booking.due_at + DAY, "At school", by=here.anna.person)
    assert due(case) == [booking.due_at, booking.due_at + DAY]


def test_book_interpreter_with_a_possible_tie_is_refused(here, case):
    row = an_interpreter(case, by=here.anna.person, tie_excluded=False)
    with pytest.raises(TieNotExcluded):
        bookings.book_interpreter(row, timezone.now() + HOUR, by=here.anna.person)


def test_book_interpreter_by_a_stranger_is_refused(booking):
    with pytest.raises(PermissionDenied):
        bookings.book_interpreter(booking.interpreter, timezone.now() + HOUR, by=stranger())


def test_move_booking_keeps_the_earlier_row(here, case, booking):
    bookings.move_booking(booking, booking.due_at + DAY, by=here.ben.person)
    assert states(case) == ["moved", "booked"]
    assert due(case) == [booking.due_at + DAY]


def test_move_booking_to_a_time_that_has_passed_leaves_it(here, case, booking):
    with pytest.raises(InThePast):
        bookings.move_booking(booking, timezone.now() - HOUR, by=here.anna.person)
    assert states(case) == ["booked"]


def test_cancel_booking_ends_its_clock(here, case, booking):
    bookings.cancel_booking(booking, "The child is ill", by=here.anna.person)
    assert states(case) == ["cancelled"]
    assert due(case) == []


def test_cancel_booking_without_a_reason_is_refused(here, booking):
    with pytest.raises(NeedsWords):
        bookings.cancel_booking(booking, " ", by=here.anna.person)


def test_hold_booking_before_its_time_is_refused(here, booking):
    with pytest.raises(NotBegun):
        bookings.hold_booking(booking, by=here.anna.person)


def test_settle_booking_again_is_refused(here, booking):
    bookings.cancel_booking(booking, "Ill", by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        bookings.move_booking(booking, booking.due_at + DAY, by=here.anna.person)


def test_appointment_stands_among_the_tasks_from_the_day_before_until_it_was_held(here, booking, at):
    before = listed(here)
    at(booking.due_at - DAY)
    opened = listed(here)
    at(booking.due_at)
    bookings.hold_booking(booking, by=here.anna.person)
    assert "interpreter" not in before
    assert "interpreter" in opened
    assert "interpreter" not in listed(here)
    assert find_differences() == {}


def test_appointment_that_nobody_settles_is_told_the_day_after(here, booking, at):
    at(booking.due_at + HOUR)
    escalations.escalate_cases()
    before = CaseEscalation.objects.filter(kind="interpreter").count()
    at(booking.due_at + DAY + HOUR)
    escalations.escalate_cases()
    assert before == 0
    assert CaseEscalation.objects.filter(kind="interpreter").count() == 1


def test_appointment_stands_in_the_way_of_closing_until_it_is_settled(here, case, booking):
    before = [(obstacle.section, obstacle.anchor) for obstacle in obstacles_to(Ending.CLOSE, case)]
    bookings.cancel_booking(booking, "Ill", by=here.anna.person)
    assert before == [("people", f"booking-{booking.pk}")]
    assert obstacles_to(Ending.CLOSE, case) == []


def test_delete_case_takes_interpreters_and_their_words_along(here, case, booking, at):
    bookings.move_booking(booking, booking.due_at + DAY, "At school", by=here.anna.person)
    bookings.cancel_booking(InterpreterBooking.objects.open().get(), "Ill", by=here.anna.person)
    closed(here, again(case))
    at(timezone.now() + timedelta(days=LAST_DAY + 1))
    erase_case(case, by=System("clock"))
    rows = [Interpreter.objects, InterpreterBooking.objects, Envelope.objects.filter(key=case.key_id)]
    assert [found.count() for found in rows] == [0, 0, 0]
