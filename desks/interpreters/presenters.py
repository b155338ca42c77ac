"""What the page of a case shows of its interpreters: decrypted where the vault is open, before anything renders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desks.cases.case_page import Reading, Written
from desks.cases.clocks import due_in_words
from desks.interpreters.clocks import INTERPRETER
from desks.interpreters.models import Interpreter, InterpreterBooking
from desks.interpreters.states import BookingState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desks.cases.sections import CaseReader

PARTS_OF_WORDS = {
    "name": _("Name"),
    "contact": _("How to reach them"),
    "reason": _("Note about a conflict of interest"),
}


@dataclass(frozen=True)
class ShownBooking:
    """An appointment with its words; while it waits, when it is due."""

    row: InterpreterBooking
    words: Written | None
    due: str = ""
    is_late: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it."""
        return self.row.state == BookingState.BOOKED


@dataclass
class ShownInterpreter:
    """An interpreter: the words, appointments that wait, and earlier ones."""

    row: Interpreter
    words: Written | None
    lines: Sequence[tuple[str, str]]
    waiting: list[ShownBooking] = field(default_factory=list)
    settled: list[ShownBooking] = field(default_factory=list)


def interpreters_of_case(reader: CaseReader) -> list[ShownInterpreter]:
    """Who interprets for the child, the first first, each with all appointments."""
    now = timezone.now()
    rows = list(Interpreter.objects.filter(case=reader.case).select_related("author", "envelope__key"))
    bookings = list(InterpreterBooking.objects.filter(case=reader.case).select_related("author", "envelope__key"))
    reading = Reading(reader, [*rows, *bookings])
    shown = {row.pk: _interpreter(row, reading) for row in rows}
    for listed in (_booking(booking, reading, now) for booking in bookings):
        if own := shown.get(listed.row.interpreter_id):
            (own.waiting if listed.is_open else own.settled).append(listed)
    return list(shown.values())


def _interpreter(row: Interpreter, reading: Reading) -> ShownInterpreter:
    words = reading.of(row)
    content = words.content if words and not words.is_damaged else {}
    lines = [(str(label), str(content[name])) for name, label in PARTS_OF_WORDS.items() if content.get(name)]
    return ShownInterpreter(row, words, lines)


def _booking(row: InterpreterBooking, reading: Reading, now: datetime) -> ShownBooking:
    words = reading.of(row)
    if row.state != BookingState.BOOKED:
        return ShownBooking(row, words)
    return ShownBooking(row, words, due_in_words(INTERPRETER, row.due_at, now), row.due_at <= now)
