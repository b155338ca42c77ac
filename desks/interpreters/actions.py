"""Who interprets for a child is written down, with what was checked of them. No vault need be open for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from desks.cases.errors import InTheFuture, NeedsWords
from desks.cases.locks import lock_row, lock_running_case, save_case
from desks.cases.models import today
from desks.cases.states import CasePurpose, EntryKind
from desks.cases.timeline import add_entry, language_of, seal_words
from desks.interpreters.bookings import add_booking, cancel_open_bookings
from desks.interpreters.errors import InterpreterChanged
from desks.interpreters.models import Interpreter
from desks.interpreters.states import InterpreterEvent, InterpreterWay
from victor.access import Actor, account_of
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, update_stamped
from victor.vault.records.actions import erase_envelope

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from desks.cases.models import Case
    from victor.vault.records.models import Envelope


@dataclass(frozen=True)
class InterpreterFacts:
    """Which language, how, since when vetted, and whether it is confirmed that there is no tie to the family."""

    language: str
    way: InterpreterWay
    tie_excluded: bool
    vetted_on: date | None = None


@transaction.atomic
def record_interpreter(
    case: Case, facts: InterpreterFacts, words: Mapping[str, str], *, booked_for: datetime | None = None, by: Actor
) -> Interpreter:
    """Write down who interprets, and perhaps for when they are booked. `words`: name, contact, a note of any conflict.

    Raises:
        NeedsWords: nothing says who it is.
        InTheFuture: the day of the vetting has not come.
        TieNotExcluded, InThePast: they cannot be booked, or not for this time.
    """
    case = lock_running_case(case, by=by)
    if not any(words.values()):
        raise NeedsWords
    _require_past(facts.vetted_on)
    envelope = _seal(case, words, by=by)
    row = Interpreter(case=case, envelope=envelope, language=facts.language, way=facts.way, author=account_of(by))
    row.vetted_on, row.tie_excluded = facts.vetted_on, facts.tie_excluded
    save_stamped(row)
    add_entry(case, EntryKind.INTERPRETER, by=by, code=InterpreterEvent.ADDED)
    if booked_for is not None:
        add_booking(case, row, booked_for, by=by)
    save_case(case)
    record("case.interpreter_added", case, by=by, vetted=facts.vetted_on is not None)
    return row


@transaction.atomic
def correct_interpreter(
    interpreter: Interpreter, words: Mapping[str, str], *, seen: UUID | None, by: Actor
) -> Interpreter:
    """Correct what is written of an interpreter: name, contact, a note of any conflict. What was wrong is erased.

    `seen` is the envelope that the page showed.

    Raises:
        NeedsWords: nothing says who it is.
        InterpreterChanged: somebody else has corrected it since.
    """
    case = lock_running_case(interpreter.case, by=by)
    row = lock_row(interpreter, case)
    if not any(words.values()):
        raise NeedsWords
    if row.envelope_id != seen:
        raise InterpreterChanged
    before, row.envelope = row.envelope, _seal(case, words, by=by)
    update_stamped(row, "envelope")
    erase_envelope(before, by=by)
    add_entry(case, EntryKind.INTERPRETER, by=by, code=InterpreterEvent.CORRECTED)
    save_case(case)
    record("case.interpreter_corrected", case, by=by)
    return row


@transaction.atomic
def check_interpreter(
    interpreter: Interpreter, text: str, *, vetted_on: date | None, tie_excluded: bool, by: Actor
) -> Interpreter:
    """Record what was checked. Where a tie to the family is no longer excluded, each booking that waits is cancelled.

    `text`: who checked it and how, or which tie there may be. It is sealed in the timeline.

    Raises:
        InTheFuture: the day of the vetting has not come.
    """
    case = lock_running_case(interpreter.case, by=by)
    row = lock_row(interpreter, case)
    _require_past(vetted_on)
    row.vetted_on, row.tie_excluded = vetted_on, tie_excluded
    update_stamped(row, "vetted_on", "tie_excluded")
    language = language_of(by, case) if text.strip() else ""
    code = InterpreterEvent.CHECKED
    add_entry(case, EntryKind.INTERPRETER, by=by, code=code, text=text.strip(), language=language)
    if not tie_excluded:
        cancel_open_bookings(case, row, by=by)
    save_case(case)
    record("case.interpreter_checked", case, by=by, vetted=vetted_on is not None, tie_excluded=tie_excluded)
    return row


def _seal(case: Case, words: Mapping[str, str], *, by: Actor) -> Envelope:
    spoken = {name: value for name, value in words.items() if value}
    return seal_words(case, spoken, CasePurpose.INTERPRETER, by=by)


def _require_past(day: date | None) -> None:
    if day is not None and day > today():
        raise InTheFuture
