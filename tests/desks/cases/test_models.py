"""The clocks of a case are the database's: what they count moves them, and nothing else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.cases import actions, assignments, decisions, guardians, notes
from desks.cases.code_lists import Answer
from desks.cases.models import Case, CaseClock
from desks.cases.states import GuardianState, TaskState, VictimStatus
from desks.reports.states import Risk
from tests.desks.cases.case_desks import again, end_first_clock, in_days
from victor.vault.errors import Unopenable
from victor.vault.groups.models import Group

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def due(case: Case, kind: str) -> object:
    """When a clock of the case runs out; None where it does not run."""
    return CaseClock.objects.filter(case=case, kind=kind).values_list("due_at", flat=True).first()


def test_open_case_starts_the_clock_of_a_day(here):
    case = here.case()
    assert due(case, "risk") == case.opened_at + DAY


def test_open_case_in_danger_starts_the_clock_of_an_hour(here):
    case = here.case(risk=Risk.DANGER)
    assert due(case, "risk") == case.opened_at + HOUR


def test_open_case_shows_its_soonest_clock(here):
    case = here.case()
    assert case.due_at == case.opened_at + DAY


def test_first_clock_ends_with_an_assessment(here):
    case = here.case()
    end_first_clock(case)
    assert due(case, "risk") is None
    assert again(case).due_at is None


def test_set_risk_leaves_the_first_clock_running(here):
    case = here.case()
    actions.set_risk(case, Risk.HIGH, "A man waits outside", by=here.anna.person)
    assert due(case, "risk") == case.opened_at + DAY


def test_assign_case_moves_no_clock(here, at):
    case = here.case()
    before = due(case, "risk")
    at(timezone.now() + 5 * HOUR)
    assignments.assign_case(case, here.ben.person, by=here.chief.person)
    assert due(case, "risk") == before


def test_presume_victim_who_is_alone_starts_the_clock_of_the_guardian(here):
    case = here.case(unaccompanied=Answer.YES)
    decisions.record_status(case, VictimStatus.PRESUMED, "Signs", by=here.chief.person)
    assert due(case, "guardian") == again(case).presumed_at + DAY


def test_presume_victim_with_parents_who_are_not_involved_starts_none(here):
    case = here.case(unaccompanied=Answer.NO, family_may_be_involved=Answer.NO)
    decisions.record_status(case, VictimStatus.PRESUMED, "Signs", by=here.chief.person)
    assert due(case, "guardian") is None


def test_request_guardian_asks_again_after_a_week(here):
    case = here.case()
    decisions.record_status(case, VictimStatus.PRESUMED, "Signs", by=here.chief.person)
    today = timezone.localdate()
    guardians.record_guardian(case, GuardianState.REQUESTED, {"name": "Court"}, happened_on=today, by=here.anna.person)
    assert due(case, "guardian") == again(case).guardian_at + 7 * DAY


def test_appoint_guardian_ends_the_clock(here):
    case = here.case()
    decisions.record_status(case, VictimStatus.PRESUMED, "Signs", by=here.chief.person)
    today = timezone.localdate()
    guardians.record_guardian(case, GuardianState.APPOINTED, {"name": "Lawyer"}, happened_on=today, by=here.anna.person)
    assert due(case, "guardian") is None


def test_add_task_with_a_day_is_a_clock_of_the_case(here):
    case, tomorrow = here.case(), in_days(1)
    end_first_clock(case)
    notes.add_task(case, "Call the school", due_at=tomorrow, by=here.anna.person)
    assert again(case).due_at == tomorrow


def test_settle_task_ends_its_clock(here):
    case = here.case()
    task = notes.add_task(case, "Call the school", due_at=in_days(1), by=here.anna.person)
    notes.settle_task(task, TaskState.DONE, by=here.anna.person)
    assert due(case, "task") is None


def test_change_named_people_in_the_database_is_found_where_the_case_is_locked(here):
    case = here.case()
    Case.objects.filter(pk=case.pk).update(restricted_group=Group.objects.get(pk=here.desk.group_id))
    with pytest.raises(Unopenable):
        notes.write_note(case, "Hello", by=here.anna.person)
