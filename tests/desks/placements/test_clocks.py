"""A missed check-in and a missing child are told at any hour, once a level."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from desks.cases import escalations
from desks.cases.case_page import case_rows
from desks.cases.models import Case, CaseClock, CaseEscalation
from desks.cases.querysets import CaseQuerySet
from desks.desk.models import OpeningHours
from desks.placements import check_ins
from desks.placements.models import CheckIn
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.placements.placement_desks import HOUR, missed, placed, told

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 30, 22, tzinfo=UTC)


@pytest.fixture
def here(at, here) -> CaseDesk:
    """A desk that is open by day."""
    at(NIGHT)
    for weekday in range(7):
        OpeningHours.objects.create(desk=here.desk, weekday=weekday, opens=time(9), closes=time(17))
    return here


def levels(kind: str) -> list[str]:
    """Who was told of a clock, the first first."""
    return list(CaseEscalation.objects.filter(kind=kind).order_by("pk").values_list("level", flat=True))


def sweep(at, *hours: float) -> None:
    """What the clock does after so many hours."""
    for number in hours:
        at(NIGHT + number * HOUR)
        escalations.escalate_cases()


def test_check_in_that_is_missed_is_told_once_a_level_while_the_desk_is_closed(here, at):
    placed(here.case(), by=here.anna.person, since=NIGHT - 9 * HOUR)
    sweep(at, 3.1, 3.2, 4.1, 4.2, 8)
    assert levels("check_in") == ["worker", "lead"]


def test_check_in_that_was_done_is_not_told(here, at):
    placed(here.case(), by=here.anna.person, since=NIGHT - 9 * HOUR)
    check_ins.confirm_presence(CheckIn.objects.get(), by=here.anna.person)
    sweep(at, 3.1, 8)
    assert levels("check_in") == []


def test_missing_child_whom_nobody_reports_is_told_up_to_the_coordinators(here, at):
    missed(here.case(), by=here.anna.person)
    sweep(at, 0.6, 0.7, 1.6, 1.7, 24.6, 24.7)
    assert levels("missing") == ["worker", "lead", "coordinators"]


def test_call_of_the_police_that_is_due_again_is_told_again(here, at):
    row = missed(here.case(), by=here.anna.person)
    sweep(at, 0.6)
    told(row, by=here.anna.person)
    sweep(at, 24.5, 24.7)
    assert levels("missing") == ["worker", "worker"]


def test_case_that_is_closed_stops_the_clock_of_a_missing_child(here):
    case = here.case()
    told(missed(case, by=here.anna.person), by=here.anna.person)
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=NIGHT)
    before = CaseClock.objects.filter(kind="missing").count()
    Case.objects.filter(pk=case.pk).update(stage="in_support", closed_at=None)
    assert before == 0
    assert CaseClock.objects.filter(kind="missing").count() == 1


def flags(cases: CaseQuerySet) -> list[list[str]]:
    """What the list of cases shows at once."""
    return [row.flags for row in case_rows(list(cases), {}, NIGHT)]


def test_list_of_cases_shows_a_watch_and_a_missing_child(here):
    watched, gone = here.case(), here.case()
    placed(watched, by=here.anna.person)
    missed(gone, by=here.anna.person)
    assert flags(Case.objects.filter(pk=watched.pk)) == [["72-hour watch"]]
    assert flags(Case.objects.filter(pk=gone.pk)) == [["Missing"]]
