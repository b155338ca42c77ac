"""What cases leave to do: each clock for whom it waits, requests for those who may decide, numbers with a list."""

from __future__ import annotations

import pytest

from desks.cases import assignments, closures, decisions, restrictions
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import ClosureOutcome, ClosureReason
from desks.cases.states import CaseMove, VictimStatus
from desks.reports.states import Risk
from tests.desks.cases.case_desks import CaseDesk, end_first_clock
from tests.desks.inbox.inbox_desks import unlocked_browser_of
from tests.people import browser_of
from victor.todo.actions import find_differences
from victor.todo.models import OpenItem
from victor.todo.presenters import worklist_of
from victor.workspace.home.presenters import home_page

pytestmark = pytest.mark.django_db


def kinds_of(user) -> list[str]:
    return [item.kind for item in worklist_of(user).items if item.kind.startswith("desks.case")]


def test_clock_of_a_case_waits_for_its_worker(here):
    here.case()
    assert kinds_of(here.anna.person) == ["desks.case_clock"]
    assert kinds_of(here.ben.person) == []


def test_clock_goes_with_the_case_to_the_new_worker(here):
    assignments.assign_case(here.case(), here.ben.person, by=here.chief.person)
    assert kinds_of(here.ben.person) == ["desks.case_clock"]


def test_danger_is_pressing(here):
    case = here.case(risk=Risk.DANGER)
    [line] = worklist_of(here.anna.person).pressing
    assert line.title == f"{case.reference} · Danger now"


def test_risk_that_is_assessed_leaves_the_list(here):
    end_first_clock(here.case())
    assert kinds_of(here.anna.person) == []


def ask(here: CaseDesk, case):
    facts = ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)
    return closures.ask_to_move(case, CaseMove.CLOSE, {"text": "Safe"}, closure=facts, by=here.chief.person)


def test_request_waits_for_the_other_supervisor_alone(here):
    ask(here, here.case())
    assert "desks.case_request" in kinds_of(here.boss.person)
    assert "desks.case_request" not in kinds_of(here.chief.person)


def test_request_of_a_restricted_case_waits_for_the_named_alone(here):
    case = here.case()
    restricted = restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    ask(here, restricted)
    assert "desks.case_request" not in kinds_of(here.boss.person)


def test_table_of_items_is_what_the_declarations_say(here):
    ask(here, here.case())
    assignments.release_case(here.case(risk=Risk.DANGER), here.anna.person, by=here.chief.person)
    assert OpenItem.objects.filter(kind__startswith="desks.case").count() >= 4
    assert find_differences() == {}


@pytest.mark.parametrize("who", ["anna", "chief"])
def test_number_on_the_first_page_is_the_length_of_its_list(here, who):
    here.case()
    assignments.release_case(here.case(), here.anna.person, by=here.chief.person)
    ask(here, here.case())
    browser = browser_of(getattr(here, who).person)
    strips = browser.get("/en/workspace/").context["page"].strips
    figures = [figure for strip in strips for figure in strip.figures if "/cases/" in figure.url]
    lists = [browser.get(figure.url).context["page_obj"].paginator.count for figure in figures]
    assert [figure.value for figure in figures] == lists
    assert figures


def test_case_is_called_by_its_reference_where_it_is_told_what_has_happened(here):
    case = here.case()
    assignments.release_case(case, here.anna.person, by=here.chief.person)
    assert {event.title for event in home_page(here.chief.person).happened} == {case.reference}


def test_case_that_was_read_three_times_is_told_once(here):
    case, browser = here.case(), unlocked_browser_of(here.anna)
    for _time in range(3):
        browser.get(here.page(case))
    deeds = [event.deed for event in home_page(here.anna.person).happened]
    assert len(deeds) == len(set(deeds)) > 1


@pytest.mark.parametrize(("who", "listed"), [("anna", False), ("ben", False), ("chief", True), ("boss", True)])
def test_request_about_the_status_waits_for_supervisors_by_its_reference(here, who, listed):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    user = getattr(here, who).person
    assert ("desks.case_status" in kinds_of(user)) is listed
    titles = {line.title for line in worklist_of(user).waiting}
    assert (f"{case.reference}: decide about the status" in titles) is listed


@pytest.mark.parametrize("answer", ["presume", "decline"])
def test_request_about_the_status_that_is_decided_waits_no_longer(here, answer):
    case = here.case()
    decisions.ask_to_presume(case, by=here.anna.person)
    if answer == "presume":
        decisions.record_status(case, VictimStatus.PRESUMED, "Signs", by=here.chief.person)
    else:
        decisions.decline_status(case, "Look again", by=here.chief.person)
    assert "desks.case_status" not in kinds_of(here.boss.person)
    assert find_differences() == {}


def test_request_about_the_status_of_a_restricted_case_waits_for_the_named_alone(here):
    case = here.case()
    restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    decisions.ask_to_presume(case, by=here.anna.person)
    assert "desks.case_status" in kinds_of(here.chief.person)
    assert "desks.case_status" not in kinds_of(here.boss.person)
