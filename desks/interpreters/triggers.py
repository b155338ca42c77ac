"""The database keeps the clock of a booked interpreter in step with the booking."""

from __future__ import annotations

from desks.cases.triggers import clock_trigger, keeps_clock
from desks.interpreters.clocks import INTERPRETER
from desks.interpreters.states import BookingState

BOOKING_CLOCK = clock_trigger(
    "keeps_clock",
    keeps_clock(
        INTERPRETER,
        table="desks.interpreterbooking",
        is_open=f"NEW.state = '{BookingState.BOOKED}'",
        since="NEW.made_at",
        due_at="NEW.due_at",
    ),
    columns=("state", "due_at"),
)
