"""What each part of an extract holds: the plan that counts, services, and what is chosen one by one."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from desks.cases.casework import StatusDecision
from desks.cases.code_lists import Sensitivity
from desks.cases.models import Case, TimelineEntry
from desks.cases.notes import write_note
from desks.cases.states import EntryKind
from desks.extracts import actions
from desks.extracts.errors import NotForReceiver, NothingWritten, RevealingWords
from desks.extracts.extract_parts import LISTED, titles_of
from desks.extracts.states import DISCREET, FAMILIAR, OFFICIAL, Receiver
from desks.plans.states import ServiceState
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.extracts.extract_cases import decided, wanted, written_case
from tests.desks.plans.plan_desks import GOAL, RETURN, WORDS, add_service, ask, draft, move
from victor.vault.errors import Unopenable

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def lines(here: CaseDesk, case: Case, *codes: str, receiver: Receiver = Receiver.COURT) -> list[tuple[str, str]]:
    parts = actions.read_extract(case, wanted(receiver, parts=codes), by=here.anna)
    return [line for part in parts for line in part.lines]


def note(here: CaseDesk, case: Case, text: str, sensitivity: Sensitivity = Sensitivity.NORMAL) -> TimelineEntry:
    return write_note(case, text, kind=EntryKind.VISIT, sensitivity=sensitivity, by=here.anna.person)


def code(name: str, row: TimelineEntry | StatusDecision) -> str:
    return LISTED[name].code_of(row.pk)


@pytest.mark.parametrize("receiver", sorted(FAMILIAR))
def test_plan_holds_its_goals_and_nothing_of_a_return(here, receiver):
    values = {value for _label, value in lines(here, written_case(here), "plan", receiver=receiver)}
    assert {*WORDS.values(), *GOAL.values()} <= values
    assert values & set(RETURN.values()) == set()


def test_return_holds_what_it_needs(here):
    values = [value for _label, value in lines(here, written_case(here), "return")]
    assert values == [RETURN["risk_here"], RETURN["risk_there"], RETURN["receiver"], "1 June 2027", "1 December 2027"]


@pytest.mark.parametrize("write", [draft, ask])
def test_plan_that_nobody_has_approved_is_on_no_paper(here, case, write):
    write(case, by=here.anna.person)
    with pytest.raises(NothingWritten):
        lines(here, case, "plan")


def test_services_are_named_with_state_and_provider(here, case):
    add_service(case, by=here.anna.person)
    move(add_service(case, by=here.anna.person), ServiceState.DECLINED, by=here.anna.person)
    [(label, value)] = lines(here, case, "services")
    assert label == "Legal aid, including compensation claims"
    assert value.startswith("Requested · ")
    assert value.endswith(" · Lawyers' bureau")


@pytest.mark.parametrize("name", ["plan", "services", "return"])
@pytest.mark.parametrize("receiver", [Receiver.SCHOOL, Receiver.DOCTOR])
def test_plan_and_services_do_not_go_to_school_and_doctor(here, case, name, receiver):
    with pytest.raises(NotForReceiver):
        lines(here, case, name, receiver=receiver)


def test_only_the_notes_that_were_chosen_are_on_the_paper(here, case):
    first, _second, third = (note(here, case, text) for text in ("One", "Two", "Three"))
    shown = lines(here, case, code("notes", third), code("notes", first), receiver=Receiver.DOCTOR)
    assert [value for _label, value in shown] == ["One", "Three"]


def test_sensitive_note_is_neither_offered_nor_printed(here, case):
    row = note(here, case, "Secret", Sensitivity.SENSITIVE)
    assert LISTED["notes"].list_choices(case) == []
    with pytest.raises(NothingWritten):
        lines(here, case, code("notes", row))


def test_note_of_another_case_is_not_printed(here, case):
    row = note(here, here.case(), "Of another child")
    with pytest.raises(NothingWritten):
        lines(here, case, code("notes", row))


def test_note_that_was_altered_is_not_printed(here, case):
    row = note(here, case, "One")
    TimelineEntry.objects.filter(pk=row.pk).update(author=here.ben.person)
    with pytest.raises(Unopenable):
        lines(here, case, code("notes", row))


@pytest.mark.parametrize("receiver", sorted(DISCREET))
def test_note_that_tells_what_happened_is_refused_for_daily_life(here, case, receiver):
    row = note(here, case, "Θύμα εμπορίας ανθρώπων")
    with pytest.raises(RevealingWords, match="Notes"):
        lines(here, case, code("notes", row), receiver=receiver)


@pytest.mark.parametrize("receiver", sorted(OFFICIAL))
def test_paper_of_a_decision_is_named_with_its_date_for_an_office(here, case, receiver):
    shown = lines(here, case, code("documents", decided(here, case)), receiver=receiver)
    assert shown == [("5 January 2026", "Identified as a victim · Police")]


@pytest.mark.parametrize("receiver", sorted(DISCREET))
def test_paper_of_a_decision_is_not_named_in_daily_life(here, case, receiver):
    with pytest.raises(NotForReceiver):
        lines(here, case, code("documents", decided(here, case)), receiver=receiver)


def test_code_is_a_number_of_its_own_part_alone():
    assert LISTED["notes"].numbers_in(["notes-12", "documents-13", "14", "notes-x", "place"]) == [12]


def test_row_of_a_paper_says_which_notes_it_holds(here, case):
    row = note(here, case, "One")
    extract, _paper = actions.print_extract(case, wanted(parts=(code("notes", row),)), by=here.anna)
    assert extract.parts == [f"notes-{row.pk}"]
    with override("en"):
        assert titles_of(extract.parts) == ["Notes"]
