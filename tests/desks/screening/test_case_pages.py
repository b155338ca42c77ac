"""The pages of a screening: usable with a locked vault, saved by themselves, and not there for strangers."""

from __future__ import annotations

import pytest
from django.test import Client

from desks.cases.models import Case
from desks.screening.actions import begin_screening
from desks.screening.models import Screening
from desks.screening.states import ScreeningOrigin, ScreeningState
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.people import browser_of

pytestmark = pytest.mark.django_db
SEEN = {"sign_G5": "yes", "sign_G12": "yes", "note_G5": "two towns in a week", "from_G5": ["seen"]}


@pytest.fixture
def case(here) -> Case:
    return here.case()


@pytest.fixture
def draft(here, case) -> Screening:
    return begin_screening(case, by=here.anna.person)


@pytest.fixture
def browser(here) -> Client:
    return unlocked_browser_of(here.anna)


def edit(here: CaseDesk, draft: Screening) -> str:
    return here.page(draft.case, f"screenings/{draft.pk}/edit/")


def send(client: Client, address: str, press: str, seen: int = 1, **more: object):
    return client.post(address, {"do": press, "seen": seen, **SEEN, **more})


def test_section_offers_to_begin(here, case, browser):
    page = browser.get(here.page(case, "screening/")).text
    assert "Begin a screening" in page
    assert "Enter from paper" in page


def test_begin_leads_to_the_form_with_55_signs(here, case, browser):
    page = browser.post(here.page(case, "screenings/begin/"), follow=True).text
    assert page.count("data-sign>") == 55
    assert "Not asked" in page


def test_begin_from_paper_asks_who_filled_it_in(here, case, browser):
    page = browser.post(here.page(case, "screenings/begin/"), {"origin": "paper"}, follow=True).text
    assert 'name="function"' in page
    assert Screening.objects.get().origin == ScreeningOrigin.PAPER


def test_save_draft_shows_what_was_typed_again(here, draft, browser):
    page = send(browser, edit(here, draft), "save").headers["Location"]
    assert "two towns in a week" in browser.get(page).text


def test_save_by_itself_answers_with_what_follows(here, draft, browser):
    facts = send(browser, edit(here, draft), "auto").json()
    assert facts["seen"] == 2
    assert facts["follows"][0] == "Refer within 24 hours as a presumed victim."


def test_save_with_a_locked_vault_works(here, draft):
    assert send(browser_of(here.anna.person), edit(here, draft), "auto").status_code == 200


def test_draft_with_a_locked_vault_is_covered(here, draft, browser):
    send(browser, edit(here, draft), "auto")
    page = browser_of(here.anna.person).get(edit(here, draft)).text
    assert "two towns" not in page
    assert "Your draft is locked" in page


def test_save_over_a_later_version_keeps_what_was_typed(here, draft, browser):
    send(browser, edit(here, draft), "auto")
    answer = send(browser, edit(here, draft), "save", note_G5="three towns")
    assert answer.status_code == 409
    assert "three towns" in answer.text


def test_save_by_itself_over_a_later_version_says_so(here, draft, browser):
    send(browser, edit(here, draft), "auto")
    answer = send(browser, edit(here, draft), "auto")
    assert answer.status_code == 409
    assert "another page" in answer.json()["error"]


def test_finish_shows_the_result_in_words(here, draft, browser):
    page = browser.get(send(browser, edit(here, draft), "finish").headers["Location"]).text
    assert "Refer within 24 hours as a presumed victim." in page
    assert "two towns in a week" in page


def test_finish_lower_without_a_reason_keeps_what_was_typed(here, draft, browser):
    answer = send(browser, edit(here, draft), "finish", own_level="advice")
    assert answer.status_code == 409
    assert "Say why you lower it." in answer.text
    assert "two towns in a week" in answer.text


def test_finished_screening_with_a_locked_vault_shows_no_answer(here, draft, browser):
    page = send(browser, edit(here, draft), "finish").headers["Location"]
    shown = browser_of(here.ben.person).get(page).text
    assert "two towns" not in shown
    assert Screening.objects.get().state == ScreeningState.DONE


def test_finished_screening_is_read_by_a_colleague(here, draft, browser):
    page = send(browser, edit(here, draft), "finish").headers["Location"]
    assert "two towns" in unlocked_browser_of(here.ben).get(page).text


def test_draft_of_a_colleague_is_not_there(here, draft):
    assert unlocked_browser_of(here.ben).get(edit(here, draft)).status_code == 404


def test_screening_is_not_there_for_a_stranger(here, draft):
    assert browser_of(stranger()).get(edit(here, draft)).status_code == 404


def test_choice_that_does_not_exist_is_refused_with_what_was_typed(here, draft, browser):
    answer = send(browser, edit(here, draft), "save", sign_G1="perhaps")
    assert answer.status_code == 422
    assert "two towns in a week" in answer.text


def test_title_and_addresses_name_no_sign_and_no_child(here, draft, browser):
    page = browser.get(edit(here, draft)).text
    title = page[page.index("<title>") : page.index("</title>")]
    assert draft.case.reference in title
    assert "traffick" not in title.lower()


def test_ask_now_stands_on_the_result_until_it_was_pressed(here, draft, browser):
    page = send(browser, edit(here, draft), "finish").headers["Location"]
    before, address = browser.get(page).text, here.page(draft.case, "screenings/ask/")
    shown = browser.post(address, follow=True).text
    assert f'action="{address}"' in before
    assert f'action="{address}"' not in shown
    assert "The supervisors of your desk are asked." in shown


def test_ask_now_is_not_offered_where_nothing_points_to_it(here, draft, browser):
    send(browser, edit(here, draft), "finish", sign_G5="", sign_G12="")
    assert "screenings/ask/" not in browser.get(here.page(draft.case, "screening/")).text


def test_ask_now_that_is_pressed_twice_says_so(here, draft, browser):
    send(browser, edit(here, draft), "finish")
    browser.post(here.page(draft.case, "screenings/ask/"))
    shown = browser.post(here.page(draft.case, "screenings/ask/"), follow=True).text
    assert "The case has moved on since you opened this page." in shown


def test_ask_now_is_not_there_for_a_stranger(here, draft):
    assert browser_of(stranger()).post(here.page(draft.case, "screenings/ask/")).status_code == 404


def test_supervisor_decides_on_the_page_of_the_case(here, draft, browser):
    send(browser, edit(here, draft), "finish")
    browser.post(here.page(draft.case, "screenings/ask/"))
    chief, decline = browser_of(here.chief.person), here.page(draft.case, "do/decline-status/")
    pages = [each.get(here.page(draft.case)).text for each in (chief, browser)]
    assert [decline in page for page in pages] == [True, False]
    chief.post(decline, {"words": "Look again"})
    assert decline not in chief.get(here.page(draft.case)).text
