"""The list of cases: codes and clocks, names where somebody asks, and numbers that are the length of their list."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desks.cases import assignments, closures, restrictions
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import Block, ClosureOutcome, ClosureReason
from desks.cases.querysets import SHOWN
from desks.cases.states import CaseMove
from desks.reports.states import Risk
from tests.desks.cases.case_desks import NAME, CaseDesk, again
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.people import browser_of
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db


def page(browser: Client, here: CaseDesk, query: str = "") -> str:
    return browser.get(f"{here.url}cases/{query}").content.decode()


def test_list_shows_reference_and_clock(here):
    case = here.case()
    content = page(browser_of(here.anna.person), here)
    assert case.reference in content
    assert "First assessment of the risk" in content


def test_list_holds_no_name(here):
    here.case()
    assert NAME["family"] not in page(unlocked_browser_of(here.anna), here)


def test_list_of_a_desk_is_not_there_for_strangers(here):
    assert browser_of(stranger()).get(f"{here.url}cases/").status_code == 404


def test_show_names_adds_them_and_one_row_of_the_log(here):
    here.case()
    content = unlocked_browser_of(here.anna).post(f"{here.url}cases/", {"names": "1"}).content.decode()
    assert f"{NAME['given']} {NAME['family']}" in content
    assert Entry.objects.filter(action="case.names_read").count() == 1


def test_show_names_with_a_locked_vault_shows_none(here):
    here.case()
    content = browser_of(here.anna.person).post(f"{here.url}cases/", {"names": "1"}).content.decode()
    assert NAME["family"] not in content


def test_danger_stands_first(here):
    calm, danger = here.case(), here.case(risk=Risk.DANGER)
    content = page(browser_of(here.anna.person), here)
    assert content.index(danger.reference) < content.index(calm.reference)


def cases_of_every_kind(here: CaseDesk) -> None:
    """One case for each view of the list."""
    here.case()
    assignments.release_case(here.case(), here.anna.person, by=here.chief.person)
    facts = ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)
    asked = [
        closures.ask_to_move(here.case(), CaseMove.CLOSE, {"text": "x"}, closure=facts, by=here.anna.person)
        for _number in range(2)
    ]
    closures.approve_move(asked[0], by=here.chief.person)


@pytest.mark.parametrize("name", SHOWN)
def test_number_of_a_view_is_the_length_of_its_list(here, name):
    cases_of_every_kind(here)
    answer = browser_of(here.chief.person).get(f"{here.url}cases/?show={name}")
    numbers = {view: number for view, _words, number in answer.context["numbers"]}
    assert numbers[name] == answer.context["page_obj"].paginator.count


def queries_of(browser: Client, here: CaseDesk) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(browser, here)
    return len(queries)


def test_queries_of_the_list_do_not_grow_with_the_cases(here):
    here.case()
    browser = browser_of(here.anna.person)
    queries_of(browser, here)
    few = queries_of(browser, here)
    for _number in range(5):
        here.case()
    assert queries_of(browser, here) == few


def test_filter_by_risk_leaves_the_others_out(here):
    calm, danger = here.case(), here.case(risk=Risk.DANGER)
    content = page(browser_of(here.anna.person), here, "?risk=danger")
    assert danger.reference in content
    assert calm.reference not in content


def test_restricted_case_is_in_no_list_of_a_worker_who_is_not_named(here):
    case = here.case()
    restrictions.restrict_case(case, [here.chief.person, here.boss.person], by=here.chief)
    assert case.reference not in page(browser_of(here.ben.person), here, "?show=all")


def test_restricted_case_is_one_line_without_a_link_for_a_supervisor_who_is_not_named(here):
    case = here.case()
    restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    content = page(browser_of(here.boss.person), here)
    assert case.reference in content
    assert here.page(case) not in content


def test_assign_ticked_cases_gives_them_to_one(here):
    cases = [here.case(), here.case()]
    sent = {"cases": [case.reference for case in cases], "to": here.ben.person.pk}
    browser_of(here.chief.person).post(f"{here.url}cases/assign/", sent)
    assert [again(case).worker for case in cases] == [here.ben.person] * 2


def test_assign_ticked_cases_by_a_worker_is_refused(here):
    case = here.case()
    sent = {"cases": [case.reference], "to": here.ben.person.pk}
    assert browser_of(here.anna.person).post(f"{here.url}cases/assign/", sent).status_code == 403


def test_damaged_name_is_called_damaged(here):
    case = here.case()
    block = case.blocks.get(block=Block.IDENTITY)
    type(block.envelope).objects.filter(pk=block.envelope_id).update(content=b"x")
    content = unlocked_browser_of(here.anna).post(f"{here.url}cases/", {"names": "1"}).content.decode()
    assert "Damaged" in content


def test_cases_of_one_desk_open_from_the_menu(here):
    answer = browser_of(here.anna.person).get("/en/workspace/cases/")
    assert answer.url == f"{here.url}cases/"
