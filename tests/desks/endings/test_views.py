"""Pages of retention of cases: who sees what, by reference and date alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desks.cases import decisions, holds, notes, restrictions
from desks.cases.code_lists import Phase
from desks.cases.models import Case
from desks.endings.periodic import retain_cases
from partners.memberships.states import Role
from tests.desks.cases.case_desks import NAME, CaseDesk, again
from tests.desks.endings.closed_cases import ADULT, LAST_DAY, closed
from tests.desks.retention.deletable_reports import noon
from tests.people import browser_of, organisation, person

pytestmark = pytest.mark.django_db
ALL = "/en/workspace/retention/cases/"
RULES = "/en/workspace/retention/"


@pytest.fixture
def here(at, here) -> CaseDesk:
    at(noon())
    return here


def page_of(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def privacy_officer() -> Client:
    return browser_of(person(Role.PRIVACY, organisation("coordinator")))


def test_supervisor_sees_what_is_deleted_soon(here, at):
    case = closed(here)
    at(noon(LAST_DAY - 10))
    page = page_of(browser_of(here.chief.person), f"{here.url}case-retention/")
    assert case.reference in page
    assert NAME["family"] not in page


def test_worker_is_refused(here):
    assert browser_of(here.anna.person).get(f"{here.url}case-retention/").status_code == 403


def test_supervisor_of_another_desk_finds_nothing(here):
    other = CaseDesk("lamp")
    assert browser_of(other.chief.person).get(f"{here.url}case-retention/").status_code == 404


def test_restricted_case_shows_reference_and_day_and_no_way_in(here, at):
    case = here.case(**ADULT)
    restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    case = closed(here, again(case))
    at(noon(LAST_DAY - 10))
    page = page_of(browser_of(here.boss.person), f"{here.url}case-retention/")
    assert case.reference in page
    assert f"cases/{case.reference}/" not in page


def case_that_is_kept(here: CaseDesk) -> None:
    """A closed case that is deleted soon, and what stands in the way: proceedings, and a task."""
    case = here.case(**ADULT)
    decisions.begin_phase(case, Phase.PROCEEDINGS, "The court has begun", by=here.anna.person)
    notes.add_task(case, "Call the school", by=here.anna.person)
    Case.objects.filter(pk=case.pk).update(stage="closed", closed_at=timezone.now(), erase_on=timezone.localdate())


def queries_of_retention(here: CaseDesk) -> int:
    with CaptureQueriesContext(connection) as queries:
        rows = browser_of(here.chief.person).get(f"{here.url}case-retention/").context["soon"]
    assert {len(row.obstacles) for row in rows} == {2}
    return len(queries)


def test_queries_of_retention_do_not_grow_with_the_cases(here):
    numbers = []
    for more in (5, 20):
        for _number in range(more):
            case_that_is_kept(here)
        numbers.append(queries_of_retention(here))
    assert numbers[0] == numbers[1]


def test_what_is_deleted_soon_comes_in_pages(here, monkeypatch):
    monkeypatch.setattr("desks.endings.views.PAGE_LENGTH", 2)
    for _number in range(3):
        case_that_is_kept(here)
    browser = browser_of(here.chief.person)
    pages = [browser.get(f"{here.url}case-retention/?page=1&soon={number}") for number in (1, 2)]
    assert [len(page.context["soon"]) for page in pages] == [2, 1]
    assert "?page=1&amp;soon=2" in pages[0].content.decode()
    assert len(privacy_officer().get(f"{ALL}?soon=2").context["soon"]) == 1


def test_supervisor_sees_what_was_deleted(here, at):
    case = closed(here)
    at(noon(LAST_DAY))
    retain_cases()
    page = page_of(browser_of(here.chief.person), f"{here.url}case-retention/")
    assert case.reference in page
    assert "Reunited with the family" in page


def test_privacy_officer_sees_all_desks(here, at):
    other = CaseDesk("lamp")
    cases = [closed(here), closed(other)]
    holds.hold_case(here.case(), "The court asks", by=here.chief.person)
    at(noon(LAST_DAY - 10))
    page = page_of(privacy_officer(), ALL)
    assert all(case.reference in page for case in cases)
    assert "No case is under legal hold" not in page


def test_coordinator_proposes_a_rule_for_cases(here):
    browser = browser_of(person(Role.COORDINATOR, organisation("coordinator")))
    rule = {"outcome": "died", "country": "", "days": 2000, "starts": "2027-02-01"}
    page = browser.post(RULES, rule, follow=True).content.decode()
    assert "Another coordinator has to approve it" in page
    assert "The child has died" in page


def test_rule_for_cases_of_less_than_a_year_is_refused(here):
    browser = browser_of(person(Role.COORDINATOR, organisation("coordinator")))
    rule = {"outcome": "died", "country": "", "days": 90, "starts": "2027-02-01"}
    page = browser.post(RULES, rule).content.decode()
    assert "Closed cases: from 365 to 10958 days." in page


def test_closed_case_says_when_it_is_deleted(here):
    case = closed(here)
    assert "Everything in it will be deleted on" in page_of(browser_of(here.anna.person), here.page(case))
