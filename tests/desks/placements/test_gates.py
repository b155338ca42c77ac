"""What follow-up and closing ask of the place where a child lives."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desks.cases.code_lists import ClosureOutcome
from desks.cases.gates import gate_of, is_possible_outcome
from desks.cases.models import Case
from desks.cases.obstacles import Ending, obstacles_to
from desks.cases.states import CaseMove
from desks.placements import check_ins
from desks.placements.models import CheckIn
from desks.placements.states import PlaceKind
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.placements.placement_desks import HOUR, missed, placed, returned, told

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
LONG_AGO = MONDAY - 100 * HOUR


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(MONDAY)
    return here


@pytest.fixture
def case(here) -> Case:
    return here.case()


def is_stable(case: Case) -> bool:
    """Whether the gate of follow-up has the place that it needs."""
    gate = gate_of(case, CaseMove.FOLLOW_UP)
    return next(is_met for needed, is_met in gate.requirements if needed.name == "placement_stable")


def in_the_way(case: Case) -> list[str]:
    """Where the things stand that have to be settled before the case is closed."""
    return [obstacle.anchor for obstacle in obstacles_to(Ending.CLOSE, case) if obstacle.section == "places"]


def test_case_without_a_place_is_not_stable(case):
    assert not is_stable(case)


def test_place_under_watch_is_not_stable(here, case):
    placed(case, by=here.anna.person)
    assert not is_stable(case)


def test_place_after_its_watch_is_stable(here, case):
    placed(case, by=here.anna.person, since=LONG_AGO)
    assert is_stable(case)


def test_place_after_its_watch_with_a_check_in_that_nobody_did_is_not_stable(here, case, at):
    placed(case, by=here.anna.person)
    at(MONDAY + 80 * HOUR)
    assert not is_stable(case)


@pytest.mark.parametrize("kind", [PlaceKind.HOSPITAL, PlaceKind.CUSTODY, PlaceKind.NO_PLACE])
def test_place_where_nobody_stays_is_not_stable(here, case, kind):
    placed(case, by=here.anna.person, kind=kind, since=LONG_AGO)
    assert not is_stable(case)


def test_place_of_a_missing_child_is_not_stable(here, case):
    placed(case, by=here.anna.person, since=LONG_AGO)
    missed(case, by=here.anna.person)
    assert not is_stable(case)


def test_check_in_that_waits_stands_in_the_way_of_closing_until_it_is_done(here, case, at):
    placed(case, by=here.anna.person, since=MONDAY - 60 * HOUR)
    before = in_the_way(case)
    at(MONDAY + 12 * HOUR)
    check_ins.confirm_presence(CheckIn.objects.get(), by=here.anna.person)
    assert before == ["place"]
    assert in_the_way(case) == []


def test_missing_child_stands_in_the_way_of_closing_until_the_police_knows(here, case):
    row = missed(case, by=here.anna.person)
    before = in_the_way(case)
    told(row, by=here.anna.person)
    assert before == [f"missing-{row.pk}"]
    assert in_the_way(case) == []


def test_outcome_missing_needs_a_report_to_the_police(here, case):
    possible = [is_possible_outcome(case, ClosureOutcome.MISSING_REPORTED)]
    row = missed(case, by=here.anna.person)
    possible.append(is_possible_outcome(case, ClosureOutcome.MISSING_REPORTED))
    told(row, by=here.anna.person)
    possible.append(is_possible_outcome(case, ClosureOutcome.MISSING_REPORTED))
    returned(row, by=here.anna.person)
    possible.append(is_possible_outcome(case, ClosureOutcome.MISSING_REPORTED))
    assert possible == [False, False, True, False]
