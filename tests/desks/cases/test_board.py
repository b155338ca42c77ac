"""The supervisor's board: each number is the length of its list, who works on how many, and what is restricted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desks.assessments.states import AssessmentKind
from desks.cases import assignments, closures, decisions, restrictions
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import ClosureOutcome, ClosureReason
from desks.cases.models import Case, today
from desks.cases.states import CaseMove, Stage
from desks.plans.casework import Review
from desks.reports.states import Risk
from tests.desks.assessments.assessment_desks import finish
from tests.desks.cases.case_desks import CaseDesk, again, end_first_clock
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.placements.placement_desks import placed
from tests.people import browser_of
from victor.accounts.models import User

pytestmark = pytest.mark.django_db
FACTS = ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)


def quiet_case(here: CaseDesk) -> Case:
    """A case in which nothing has happened for sixty days, and nothing is late."""
    case = here.case()
    end_first_clock(case)
    Case.objects.filter(pk=case.pk).update(last_event_on=today() - timedelta(days=60))
    return again(case)


def cases_of_every_kind(here: CaseDesk) -> None:
    """For each number of the board another number of cases, of two workers."""
    assignments.release_case(here.case(), here.anna.person, by=here.chief.person)
    placed(here.case(), by=here.anna.person)
    closures.ask_to_move(here.case(by=here.ben), CaseMove.CLOSE, {"text": "x"}, closure=FACTS, by=here.ben.person)
    quiet_case(here)
    Case.objects.filter(pk=here.case().pk).update(presumed_at=timezone.now() - timedelta(days=2))


def board_page(here: CaseDesk, who: User) -> tuple[Client, str]:
    browser = browser_of(who)
    return browser, browser.get(f"{here.url}cases/board/").content.decode()


def figures_of(here: CaseDesk, browser: Client):
    board = browser.get(f"{here.url}cases/board/").context["board"]
    return [*board.figures, *(figure for load in board.loads for figure in (load.cases, load.late))]


@pytest.mark.parametrize("who", ["chief", "boss"])
def test_number_of_the_board_is_the_length_of_its_list(here, who):
    cases_of_every_kind(here)
    browser = browser_of(getattr(here, who).person)
    figures = figures_of(here, browser)
    lists = [browser.get(figure.url).context["page_obj"].paginator.count for figure in figures]
    assert [figure.value for figure in figures] == lists
    assert [figure.value for figure in figures[:7]] == [1, 1, 1, 1, 0, 1, 1]


@pytest.mark.parametrize("who", ["anna", "ben", "chief", "boss"])
def test_number_on_the_first_page_is_the_length_of_its_list_for_each_role(here, who):
    cases_of_every_kind(here)
    browser = browser_of(getattr(here, who).person)
    strips = browser.get("/en/workspace/").context["page"].strips
    figures = [figure for strip in strips for figure in strip.figures if "/cases/" in figure.url]
    lists = [browser.get(figure.url).context["page_obj"].paginator.count for figure in figures]
    assert [figure.value for figure in figures] == lists
    assert len(figures) >= 2


def test_board_names_everybody_with_their_load(here):
    cases_of_every_kind(here)
    board = browser_of(here.chief.person).get(f"{here.url}cases/board/").context["board"]
    loads = {load.name: load.cases.value for load in board.loads}
    assert loads == {here.anna.person.name: 3, here.ben.person.name: 1, here.chief.person.name: 0} | {
        here.boss.person.name: 0
    }


def test_worker_who_has_left_is_on_the_board_while_there_are_cases(here):
    here.case()
    here.anna.person.memberships.all().delete()
    browser = browser_of(here.chief.person)
    [load] = [load for load in browser.get(f"{here.url}cases/board/").context["board"].loads if load.cases.value]
    assert load.name == here.anna.person.name
    assert browser.get(load.cases.url).context["page_obj"].paginator.count == 1


def test_quiet_case_with_a_review_that_is_planned_is_in_no_number(here):
    case = quiet_case(here)
    Review.objects.update_or_create(case=case, held_on=None, defaults={"planned_on": today() + timedelta(days=80)})
    board = browser_of(here.chief.person).get(f"{here.url}cases/board/").context["board"]
    assert board.figures[-1].value == 0


@pytest.mark.parametrize(("who", "number"), [("chief", 0), ("boss", 1)])
def test_assessment_to_approve_counts_for_those_who_have_not_signed_it(here, who, number):
    finish(here.case(), AssessmentKind.RISK, by=here.chief.person, risk=Risk.LOW)
    board = browser_of(getattr(here, who).person).get(f"{here.url}cases/board/").context["board"]
    assert board.figures[-2].value == number


def test_restricted_case_is_in_no_number_and_a_line_without_a_link_for_a_supervisor_who_is_not_named(here):
    case = here.case()
    restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    browser, content = board_page(here, here.boss.person)
    assert case.reference in content
    assert "First assessment of the risk · due in" in content
    assert here.page(case) not in content
    assert not any(figure.value for figure in figures_of(here, browser))


def test_queries_of_the_board_do_not_grow_with_cases_and_workers(here):
    browser = browser_of(here.chief.person)
    here.case()
    numbers = []
    for more in (1, 5):
        for _number in range(more):
            here.case(by=here.ben)
            restrictions.restrict_case(here.case(), [here.anna.person, here.boss.person], by=here.boss)
        browser.get(f"{here.url}cases/board/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"{here.url}cases/board/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("who", ["anna", "ben"])
def test_board_is_refused_to_workers(here, who):
    assert browser_of(getattr(here, who).person).get(f"{here.url}cases/board/").status_code == 403


def test_board_of_a_desk_is_refused_to_strangers(here):
    assert browser_of(stranger()).get(f"{here.url}cases/board/").status_code == 403


def test_list_narrowed_by_a_flag_leaves_the_others_out(here):
    watched, other = here.case(), here.case()
    placed(watched, by=here.anna.person)
    content = browser_of(here.anna.person).get(f"{here.url}cases/?flag=check_in").content.decode()
    assert watched.reference in content
    assert other.reference not in content


def numbers_to_approve(here: CaseDesk) -> int:
    board = browser_of(here.chief.person).get(f"{here.url}cases/board/").context["board"]
    return next(figure.value for figure in board.figures if figure.url.endswith("show=approve"))


def test_request_about_the_status_is_counted_as_one_to_approve(here):
    decisions.ask_to_presume(here.case(), by=here.anna.person)
    assert numbers_to_approve(here) == 1


def test_assessment_of_an_ended_case_is_not_counted_as_one_to_approve(here):
    case = here.case()
    finish(case, AssessmentKind.BID, by=here.anna.person)
    assert numbers_to_approve(here) == 1
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=timezone.now())
    assert numbers_to_approve(here) == 0
