"""Two cases side by side, and the request to merge them: what each page shows, and what it refuses."""

from __future__ import annotations

import pytest
from django.test import Client

from desks.cases import closures, notes, restrictions
from desks.cases.code_lists import Block
from desks.cases.models import Case
from desks.cases.requests import MoveRequest
from desks.cases.states import Stage
from tests.confirming import CONFIRMED
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.people import browser_of
from victor.audit.models import Entry
from victor.stored_names import stored_reference

pytestmark = pytest.mark.django_db
WHY = "Same birth date, same aunt"


@pytest.fixture
def case(here) -> Case:
    return here.case()


@pytest.fixture
def other(here) -> Case:
    return here.case(child={Block.IDENTITY: {"given": "Ioanna"}})


def content(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def both(here: CaseDesk, case: Case, other: Case) -> str:
    return here.page(case, f"merge/{other.reference}/")


def approved(here: CaseDesk, case: Case, other: Case) -> Case:
    closures.approve_move(closures.ask_to_merge(case, other, {"text": WHY}, by=here.anna.person), by=here.chief.person)
    return again(case)


@pytest.mark.parametrize("change", [str, str.lower, lambda text: text.replace("-", "")])
def test_choose_finds_the_other_case_however_it_is_typed(here, case, other, change):
    answer = browser_of(here.anna.person).post(here.page(case, "merge/"), {"other": change(other.reference)})
    assert answer.url.endswith(both(here, case, other))


def test_choose_a_case_that_is_not_there_says_so_and_keeps_what_was_typed(here, case):
    answer = browser_of(here.anna.person).post(here.page(case, "merge/"), {"other": "ZZZ-ZZZ"})
    assert answer.status_code == 422
    assert "No other open case of your desk has this reference." in answer.content.decode()
    assert 'value="ZZZ-ZZZ"' in answer.content.decode()


def test_choose_a_restricted_case_answers_as_for_one_that_is_not_there(here, case, other):
    restrictions.restrict_case(other, [here.anna.person, here.chief.person], by=here.chief)
    answer = browser_of(here.ben.person).post(here.page(case, "merge/"), {"other": other.reference})
    assert "No other open case of your desk has this reference." in answer.content.decode()


def test_both_cases_show_the_names_with_an_open_vault_alone(here, case, other):
    assert "Ioanna" in content(unlocked_browser_of(here.anna), both(here, case, other))
    assert "Ioanna" not in content(browser_of(here.anna.person), both(here, case, other))


def test_both_cases_read_with_an_open_vault_stand_in_the_log_of_each(here, case, other):
    content(unlocked_browser_of(here.anna), both(here, case, other))
    readings = Entry.objects.filter(action="case.read").values_list("object", flat=True)
    assert set(readings) == {f"desks.case:{case.pk}", f"desks.case:{other.pk}"}


def test_both_cases_are_not_there_for_a_stranger(here, case, other):
    content(browser_of(stranger()), both(here, case, other), 404)


def test_both_cases_name_what_has_to_be_settled(here, case, other):
    notes.add_task(case, "Call the school", by=here.anna.person)
    assert "To merge you need to settle:" in content(browser_of(here.anna.person), both(here, case, other))


def test_ask_from_the_page_writes_the_request(here, case, other):
    browser_of(here.anna.person).post(both(here, case, other), {"words": WHY})
    assert MoveRequest.objects.get(case=case).merge.into == other


def test_ask_without_a_reason_is_refused_beside_the_field(here, case, other):
    answer = browser_of(here.anna.person).post(both(here, case, other), {"words": ""})
    assert answer.status_code == 422


def test_ask_that_is_refused_keeps_the_reason(here, case, other):
    notes.add_task(case, "Call the school", by=here.anna.person)
    answer = browser_of(here.anna.person).post(both(here, case, other), {"words": WHY})
    assert answer.status_code == 409
    assert WHY in answer.content.decode()


def test_approve_asks_first_and_merges_after(here, case, other):
    request = closures.ask_to_merge(case, other, {"text": WHY}, by=here.anna.person)
    browser, address = browser_of(here.chief.person), here.page(case, f"requests/{request.pk}/approve/")
    assert other.reference in content(browser, address)
    browser.post(address, CONFIRMED)
    assert again(case).stage == Stage.MERGED


def test_merged_case_leads_to_the_other_and_back(here, case, other):
    approved(here, case, other)
    browser = browser_of(here.anna.person)
    assert here.page(other) in content(browser, here.page(case))
    assert here.page(case) in content(browser, here.page(other))


def test_timeline_of_the_other_shows_what_was_written_before(here, case, other):
    notes.write_note(case, "She likes to draw", by=here.anna.person)
    approved(here, case, other)
    assert "She likes to draw" in content(unlocked_browser_of(here.ben), here.page(other, "timeline/"))


def test_undo_is_offered_to_supervisors_alone(here, case, other):
    merged = approved(here, case, other)
    address = here.page(merged, "do/undo-merge/")
    assert address in content(browser_of(here.chief.person), here.page(merged))
    assert address not in content(browser_of(here.anna.person), here.page(merged))


def test_undo_from_the_page_makes_two_cases_of_it(here, case, other):
    merged = approved(here, case, other)
    browser_of(here.chief.person).post(here.page(merged, "do/undo-merge/"), {"words": "Two sisters"})
    assert again(case).stage == Stage.OPENED


def test_search_leads_to_the_case_in_which_the_work_goes_on(here, case, other):
    approved(here, case, other)
    typed = {"step": "1", "source": "own", "given": "Ioana", "family": "Zamfirescu", "go": "search"}
    answer = browser_of(here.anna.person).post(f"{here.url}cases/new/", typed)
    assert other.reference in answer.content.decode()
    assert case.reference not in answer.content.decode()


def test_lift_restriction_from_the_page_needs_a_reason(here, case):
    restrictions.restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    browser, address = unlocked_browser_of(here.chief), here.page(case, "restrict/lift/")
    assert browser.post(address, {"words": ""}).status_code == 422
    browser.post(address, {"words": "No longer needed"})
    assert not again(case).is_restricted


def test_timeline_that_shows_two_cases_is_a_reading_of_both(here, case, other):
    approved(here, case, other)
    content(unlocked_browser_of(here.ben), here.page(other, "timeline/"))
    assert Entry.objects.filter(action="case.read", object=stored_reference(case)).count() == 1


def test_other_case_that_was_restricted_meanwhile_is_not_named(here, case, other):
    closures.ask_to_merge(case, other, {"text": WHY}, by=here.anna.person)
    restrictions.restrict_case(other, [here.anna.person, here.chief.person], by=here.chief)
    assert other.reference in content(browser_of(here.anna.person), here.page(case))
    assert other.reference not in content(browser_of(here.ben.person), here.page(case))
