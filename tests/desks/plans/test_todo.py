"""A plan that waits stands in the list of tasks of the supervisors who have not written it."""

from __future__ import annotations

import pytest

from desks.cases import restrictions
from desks.cases.casework import Task
from desks.cases.code_lists import Answer
from desks.cases.models import Case, today
from desks.cases.states import Stage
from desks.plans import approvals, reviews
from desks.plans.code_lists import FollowUpResult
from tests.desks.cases.test_closures import closed
from tests.desks.plans.plan_desks import ask, draft
from victor.todo.actions import find_differences
from victor.todo.models import OpenItem
from victor.todo.presenters import worklist_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(here) -> Case:
    return here.case()


def waits_for(keeper, kind: str = "desks.case_plan") -> bool:
    """Whether a plan, or something else, waits for somebody."""
    return kind in [item.kind for item in worklist_of(keeper.person).items]


@pytest.mark.parametrize(("who", "listed"), [("anna", False), ("chief", True), ("boss", True)])
def test_plan_waits_for_supervisors(here, case, who, listed):
    ask(case, by=here.anna.person)
    assert waits_for(getattr(here, who)) is listed


def test_plan_does_not_wait_for_a_supervisor_who_has_written_in_it(here, case):
    seen = draft(case, by=here.chief.person).envelope_id
    ask(case, by=here.anna.person, seen=seen)
    assert not waits_for(here.chief)


def test_plan_that_is_decided_waits_no_longer(here, case):
    approvals.approve_plan(ask(case, by=here.anna.person), by=here.chief.person)
    assert not waits_for(here.boss)


def test_plan_of_a_restricted_case_waits_for_the_named_alone(here, case):
    restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    ask(case, by=here.anna.person)
    assert waits_for(here.chief)
    assert not waits_for(here.boss)


def test_plan_of_a_case_that_has_ended_waits_no_longer(here, case):
    ask(case, by=here.anna.person)
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=case.opened_at)
    assert not waits_for(here.boss)


@pytest.mark.parametrize(("safe", "listed"), [(Answer.NO, True), (Answer.UNKNOWN, False), (Answer.YES, False)])
def test_child_who_is_not_safe_waits_until_the_case_is_reopened(here, case, safe, listed):
    task = Task.objects.filter(case=closed(here, case)).first()
    reviews.record_follow_up(task, FollowUpResult.SEEN, "Afraid", safe=safe, done_on=today(), by=here.anna.person)
    before = waits_for(here.boss, "desks.case_unsafe")
    Case.objects.filter(pk=case.pk).update(stage=Stage.IN_SUPPORT)
    assert before is listed
    assert not waits_for(here.boss, "desks.case_unsafe")


def test_table_of_items_is_what_the_declarations_say(here, case):
    ask(case, by=here.anna.person)
    assert OpenItem.objects.filter(kind="desks.case_plan").count() == 1
    assert find_differences() == {}
