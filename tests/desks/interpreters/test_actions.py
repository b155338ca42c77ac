"""Who interprets for a child is written down; nobody is booked who may know the family."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords
from desks.cases.models import Case, today
from desks.interpreters import actions
from desks.interpreters.errors import InterpreterChanged, InThePast, TieNotExcluded
from desks.interpreters.models import Interpreter
from tests.desks.cases.case_desks import in_days
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.interpreters.interpreter_cases import HOUR, WORDS, an_interpreter
from victor.audit.models import Entry
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def codes(case: Case) -> list[str]:
    """What the timeline tells of interpreters, the first first."""
    return list(case.timeline.filter(kind="interpreter").order_by("pk").values_list("code", flat=True))


def test_record_interpreter_is_read_by_a_colleague(here, case):
    row = an_interpreter(case, by=here.anna.person)
    assert read_words(case, [row], by=here.ben)[row.envelope_id] == WORDS


def test_record_interpreter_with_an_appointment_books_it(here, case):
    moment = in_days(1)
    row = an_interpreter(case, by=here.anna.person, booked_for=moment)
    assert row.bookings.get().due_at == moment
    assert codes(case) == ["added", "booked"]


def test_record_interpreter_vetted_today_is_accepted(here, case):
    assert an_interpreter(case, by=here.anna.person, vetted_on=today()).vetted_on == today()


def test_record_interpreter_vetted_in_the_future_is_refused(here, case):
    with pytest.raises(InTheFuture):
        an_interpreter(case, by=here.anna.person, vetted_on=today() + timedelta(days=1))


@pytest.mark.parametrize("hours", [0, -1])
def test_record_interpreter_booked_for_a_time_that_has_passed_is_refused(here, case, hours):
    with pytest.raises(InThePast):
        an_interpreter(case, by=here.anna.person, booked_for=in_days(0) + hours * HOUR)
    assert not Interpreter.objects.exists()


def test_record_interpreter_with_a_possible_tie_is_kept_without_an_appointment(here, case):
    assert not an_interpreter(case, by=here.anna.person, tie_excluded=False).bookings.exists()


def test_record_interpreter_with_a_possible_tie_and_an_appointment_is_refused(here, case):
    with pytest.raises(TieNotExcluded):
        an_interpreter(case, by=here.anna.person, tie_excluded=False, booked_for=in_days(1))


def test_record_interpreter_without_a_name_is_refused(here, case):
    with pytest.raises(NeedsWords):
        an_interpreter(case, by=here.anna.person, words={"name": ""})


def test_record_interpreter_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        an_interpreter(case, by=stranger())


def test_record_interpreter_of_a_closed_case_is_refused(here, case):
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=case.opened_at)
    with pytest.raises(CaseMoveNotPossible):
        an_interpreter(case, by=here.anna.person)


def test_record_interpreter_is_logged_without_a_word(here, case):
    an_interpreter(case, by=here.anna.person)
    entry = Entry.objects.filter(action="case.interpreter_added").get()
    assert json.loads(entry.details) == {"vetted": False}


def correct(row: Interpreter, **words: str) -> Interpreter:
    """Whoever wrote it corrects what they have seen."""
    return actions.correct_interpreter(row, WORDS | words, seen=row.envelope_id, by=row.author)


def test_correct_interpreter_replaces_what_was_written(here, case):
    row = an_interpreter(case, by=here.anna.person)
    before = row.envelope_id
    row = correct(row, name="Irina Munteanu-Pop")
    assert read_words(case, [row], by=here.ben)[row.envelope_id] == WORDS | {"name": "Irina Munteanu-Pop"}
    assert not Envelope.objects.filter(pk=before).exists()
    assert codes(case) == ["added", "corrected"]


def test_correct_interpreter_keeps_what_is_booked(here, case):
    row = an_interpreter(case, by=here.anna.person, booked_for=in_days(1))
    assert correct(row, contact="0888 3").bookings.get().state == "booked"


def test_correct_interpreter_over_what_was_not_seen_is_refused(here, case):
    row = an_interpreter(case, by=here.anna.person)
    seen = row.envelope_id
    row = correct(row, name="First")
    with pytest.raises(InterpreterChanged):
        actions.correct_interpreter(row, {"name": "Second"}, seen=seen, by=here.ben.person)
    assert read_words(case, [row], by=here.ben)[row.envelope_id]["name"] == "First"


def test_correct_interpreter_without_a_word_is_refused(here, case):
    row = an_interpreter(case, by=here.anna.person)
    with pytest.raises(NeedsWords):
        actions.correct_interpreter(row, {"name": ""}, seen=row.envelope_id, by=here.anna.person)


def test_correct_interpreter_by_a_stranger_is_refused(here, case):
    row = an_interpreter(case, by=here.anna.person)
    with pytest.raises(PermissionDenied):
        actions.correct_interpreter(row, WORDS, seen=row.envelope_id, by=stranger())


def test_correct_interpreter_of_a_closed_case_is_refused(here, case):
    row = an_interpreter(case, by=here.anna.person)
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=case.opened_at)
    with pytest.raises(CaseMoveNotPossible):
        correct(row)


def test_correct_interpreter_is_logged_without_a_word(here, case):
    correct(an_interpreter(case, by=here.anna.person))
    entry = Entry.objects.filter(action="case.interpreter_corrected").get()
    assert json.loads(entry.details or "{}") == {}


def test_check_interpreter_keeps_the_note_in_the_timeline(here, case):
    row = an_interpreter(case, by=here.anna.person)
    actions.check_interpreter(row, "By the association", vetted_on=today(), tie_excluded=True, by=here.ben.person)
    entry = case.timeline.get(kind="interpreter", code="checked")
    row.refresh_from_db()
    assert row.vetted_on == today()
    assert read_words(case, [entry], by=here.anna)[entry.envelope_id] == {"text": "By the association"}


def test_check_interpreter_with_a_possible_tie_cancels_what_is_booked(here, case):
    row = an_interpreter(case, by=here.anna.person, booked_for=in_days(1))
    actions.check_interpreter(row, "A cousin", vetted_on=None, tie_excluded=False, by=here.ben.person)
    assert row.bookings.get().state == "cancelled"
    assert codes(case) == ["added", "booked", "checked", "cancelled"]


def test_check_interpreter_vetted_in_the_future_is_refused(here, case):
    row = an_interpreter(case, by=here.anna.person)
    with pytest.raises(InTheFuture):
        actions.check_interpreter(
            row, "", vetted_on=today() + timedelta(days=1), tie_excluded=True, by=here.anna.person
        )
