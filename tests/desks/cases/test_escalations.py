"""What is late is told once a level; what is no danger in the hours of the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from desks.cases import assignments, escalations, querysets
from desks.cases.models import Case, CaseEscalation
from desks.desk.models import OpeningHours
from desks.reports.states import Risk
from partners.memberships.states import Role
from tests.desks.cases.case_desks import CaseDesk, again, end_first_clock
from tests.people import organisation, person
from victor.accounts.models import User
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
Travel = Callable[[datetime], None]


@pytest.fixture
def here(at: Travel, here) -> CaseDesk:
    at(MONDAY)
    return here


def recipients() -> list[str]:
    return sorted(Mail.objects.values_list("recipient", flat=True))


def test_clock_that_runs_tells_nobody(here):
    here.case()
    assert escalations.escalate_cases() == 0


def test_clock_that_has_run_out_tells_the_worker(here, at):
    here.case()
    at(MONDAY + DAY + MINUTE)
    assert escalations.escalate_cases() == 1
    assert recipients() == [here.anna.person.email]


def test_clock_that_has_run_out_is_told_once_a_level(here, at):
    here.case()
    at(MONDAY + DAY + MINUTE)
    escalations.escalate_cases()
    assert escalations.escalate_cases() == 0
    at(MONDAY + DAY + 5 * HOUR)
    assert escalations.escalate_cases() == 1
    assert list(CaseEscalation.objects.order_by("pk").values_list("level", flat=True)) == ["worker", "lead"]


def test_late_case_is_told_to_the_lead_who_is_named(here, at):
    case = here.case()
    assignments.name_lead(case, here.boss.person, by=here.chief.person)
    at(MONDAY + DAY + 5 * HOUR)
    escalations.escalate_cases()
    assert recipients() == sorted([here.anna.person.email, here.boss.person.email])


def test_late_case_is_told_to_coordinators_in_the_end(here, at):
    coordinator = person(Role.COORDINATOR, organisation("head"))
    here.case()
    at(MONDAY + 3 * DAY)
    escalations.escalate_cases()
    assert coordinator.email in recipients()


def test_danger_is_told_after_an_hour(here, at):
    here.case(risk=Risk.DANGER)
    at(MONDAY + HOUR + MINUTE)
    assert escalations.escalate_cases() == 1


def test_outside_the_hours_only_danger_is_told(here, at):
    OpeningHours.objects.create(desk=here.desk, weekday=0, opens=time(9), closes=time(17))
    quiet, danger = here.case(), here.case(risk=Risk.DANGER)
    at(MONDAY + DAY + 2 * HOUR)
    escalations.escalate_cases()
    late = set(CaseEscalation.objects.values_list("case", flat=True))
    assert late == {danger.pk}
    assert quiet.pk not in late


def test_clock_that_was_ended_is_not_told(here, at):
    case = here.case()
    end_first_clock(case)
    at(MONDAY + 2 * DAY)
    assert escalations.escalate_cases() == 0


def test_mail_says_nothing_of_the_case(here, at):
    case = here.case()
    at(MONDAY + DAY + MINUTE)
    escalations.escalate_cases()
    mail = Mail.objects.get()
    assert case.reference not in mail.subject + mail.text + mail.html


def test_case_without_worker_is_told_to_the_supervisors_once(here):
    assignments.release_case(here.case(), here.anna.person, by=here.chief.person)
    escalations.escalate_cases()
    assert escalations.escalate_cases() == 0
    assert recipients() == sorted([here.chief.person.email, here.boss.person.email])


def test_case_of_somebody_whose_account_is_closed_has_no_worker(here):
    case = here.case()
    User.objects.filter(pk=here.anna.person.pk).update(is_active=False)
    assert escalations.release_cases_of_absent() == 1
    assert again(case).worker is None


def test_quiet_case_is_told_to_the_lead_after_sixty_days_and_again(here, at):
    case = here.case()
    end_first_clock(case)
    at(MONDAY + 61 * DAY)
    assert escalations.escalate_cases() == 1
    assert escalations.escalate_cases() == 0
    at(MONDAY + 121 * DAY)
    assert escalations.escalate_cases() == 1


def test_case_in_which_something_is_planned_is_not_quiet(here, at, monkeypatch):
    case = here.case()
    end_first_clock(case)
    at(MONDAY + 61 * DAY)
    monkeypatch.setattr(querysets, "PLANS", [lambda _day: Case.objects.filter(pk=case.pk).values("pk")])
    assert escalations.escalate_cases() == 0
