"""Closing and reopening take two people; whatever runs stands in the way and is named."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from desks.cases import closures, notes
from desks.cases.casework import Task
from desks.cases.closures import ClosureFacts, in_months
from desks.cases.code_lists import ClosureOutcome, ClosureReason, TaskKind
from desks.cases.errors import (
    CaseMoveNotPossible,
    NeedsWords,
    NotTheAsker,
    Obstructed,
    OutcomeNotPossible,
    RequirementsLack,
)
from desks.cases.models import Case
from desks.cases.requests import MoveRequest
from desks.cases.states import CaseMove, RequestState, Stage, TaskState
from desks.reports.states import Risk
from tests.desks.cases.case_desks import CaseDesk, again

pytestmark = pytest.mark.django_db
WORDS = {"text": "She lives with her aunt"}
AT_HOME = ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)


@pytest.fixture
def case(here) -> Case:
    return here.case()


def ask(here: CaseDesk, case: Case, facts: ClosureFacts = AT_HOME, *, by=None) -> MoveRequest:
    return closures.ask_to_move(case, CaseMove.CLOSE, WORDS, closure=facts, by=(by or here.anna).person)


def closed(here: CaseDesk, case: Case) -> Case:
    closures.approve_move(ask(here, case), by=here.chief.person)
    return again(case)


def test_ask_to_close_leaves_the_case_open(here, case):
    ask(here, case)
    assert again(case).stage == Stage.OPENED


def test_approve_closes_the_case(here, case):
    assert closed(here, case).stage == Stage.CLOSED


def test_approve_by_the_asker_is_refused(here, case):
    request = ask(here, case, by=here.chief)
    with pytest.raises(NotTheAsker):
        closures.approve_move(request, by=here.chief.person)
    assert again(case).stage == Stage.OPENED


def test_approve_by_a_worker_is_refused(here, case):
    request = ask(here, case)
    with pytest.raises(PermissionDenied):
        closures.approve_move(request, by=here.ben.person)


def test_ask_twice_is_refused(here, case):
    ask(here, case)
    with pytest.raises(CaseMoveNotPossible):
        ask(here, case)


def test_ask_to_close_with_an_open_task_names_it(here, case):
    notes.add_task(case, "Call the school", by=here.anna.person)
    with pytest.raises(Obstructed) as refusal:
        ask(here, case)
    assert [obstacle.words for obstacle in refusal.value.obstacles] == ["Open task"]


def test_approve_with_a_task_that_came_meanwhile_is_refused(here, case):
    request = ask(here, case)
    task = notes.add_task(case, "Call the school", by=here.ben.person)
    with pytest.raises(Obstructed):
        closures.approve_move(request, by=here.chief.person)
    notes.settle_task(task, TaskState.DONE, by=here.ben.person)
    assert closures.approve_move(request, by=here.chief.person).stage == Stage.CLOSED


def test_close_makes_the_follow_ups_of_six_and_twelve_months(here, case):
    closed(here, case)
    tasks = Task.objects.filter(case=case, kind=TaskKind.FOLLOW_UP, state=TaskState.OPEN)
    assert tasks.count() == 2


def test_follow_up_of_a_closed_case_is_dropped(here, case):
    task = Task.objects.filter(case=closed(here, case)).first()
    notes.settle_task(task, TaskState.DROPPED, by=here.anna.person)
    assert Task.objects.get(pk=task.pk).state == TaskState.DROPPED


def test_follow_up_of_a_closed_case_without_a_result_is_not_done(here, case):
    task = Task.objects.filter(case=closed(here, case)).first()
    with pytest.raises(CaseMoveNotPossible):
        notes.settle_task(task, TaskState.DONE, by=here.anna.person)


def test_give_back_leaves_the_case_open_and_says_why(here, case):
    request = closures.give_back_move(ask(here, case), "The school waits", by=here.chief.person)
    assert request.state == RequestState.RETURNED
    assert again(case).stage == Stage.OPENED


def test_give_back_without_a_reason_is_refused(here, case):
    with pytest.raises(NeedsWords):
        closures.give_back_move(ask(here, case), "", by=here.chief.person)


def test_withdraw_by_somebody_else_is_refused(here, case):
    with pytest.raises(CaseMoveNotPossible):
        closures.withdraw_request(ask(here, case), by=here.ben.person)


def test_withdraw_lets_ask_again(here, case):
    closures.withdraw_request(ask(here, case), by=here.anna.person)
    assert ask(here, case).state == RequestState.ASKED


def test_approve_what_was_withdrawn_is_refused(here, case):
    request = ask(here, case)
    closures.withdraw_request(request, by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        closures.approve_move(request, by=here.chief.person)


def test_reopen_takes_two_people_too(here, case):
    shut = closed(here, case)
    request = closures.ask_to_move(shut, CaseMove.REOPEN, {"text": "She called"}, by=here.anna.person)
    assert again(case).stage == Stage.CLOSED
    closures.approve_move(request, by=here.boss.person)
    assert again(case).stage == Stage.IN_SUPPORT
    assert again(case).closed_at is None


def test_close_with_an_outcome_that_needs_a_determination_is_refused(here, case):
    with pytest.raises(OutcomeNotPossible):
        ask(here, case, ClosureFacts(ClosureOutcome.RESIDENTIAL_CARE, ClosureReason.GOALS))


def test_close_in_danger_after_declined_help_needs_words_of_the_lead(here):
    case = here.case(risk=Risk.HIGH)
    request = ask(here, case, ClosureFacts(ClosureOutcome.DECLINED_FURTHER_HELP, ClosureReason.WISH))
    with pytest.raises(NeedsWords):
        closures.approve_move(request, by=here.chief.person)
    assert closures.approve_move(request, "She is with her aunt", by=here.chief.person).stage == Stage.CLOSED


def test_move_for_which_one_is_enough_before_its_gate_is_met_is_refused(here, case):
    with pytest.raises(RequirementsLack):
        closures.move_case(case, CaseMove.ASSESS, by=here.anna.person)


@pytest.mark.parametrize("move", [CaseMove.CLOSE, CaseMove.REOPEN, CaseMove.PLAN, CaseMove.FOLLOW_UP])
def test_move_of_two_by_one_is_refused(here, case, move):
    with pytest.raises(CaseMoveNotPossible):
        closures.move_case(case, move, by=here.chief.person)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 29), 12, date(2027, 11, 29)),
        (date(2026, 12, 1), 6, date(2027, 6, 1)),
    ],
)
def test_count_months_keeps_the_day_where_there_is_one(day, months, later):
    assert in_months(day, months) == later
