"""Supervisors are told of coming deletions among their tasks, and nobody else."""

from __future__ import annotations

import pytest

from tests.desks.cases.case_desks import CaseDesk
from tests.desks.endings.closed_cases import LAST_DAY, closed, reopened
from tests.desks.retention.deletable_reports import noon
from victor.todo.actions import find_differences
from victor.todo.presenters import worklist_of

pytestmark = pytest.mark.django_db
KIND = "desks.case_deletion_soon"


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(noon())
    return here


def kinds_of(user) -> list[str]:
    return [item.kind for item in worklist_of(user).items if item.kind == KIND]


def test_deletion_of_the_next_thirty_days_waits_for_supervisors(here, at):
    closed(here)
    at(noon(LAST_DAY - 29))
    assert [len(kinds_of(person.person)) for person in (here.chief, here.boss, here.anna)] == [1, 1, 0]


def test_deletion_that_is_further_away_is_not_listed(here, at):
    closed(here)
    at(noon(LAST_DAY - 40))
    assert kinds_of(here.chief.person) == []


def test_reopened_case_leaves_the_list(here, at):
    case = closed(here)
    at(noon(LAST_DAY - 29))
    reopened(here, case)
    assert kinds_of(here.chief.person) == []
    assert find_differences() == {}
