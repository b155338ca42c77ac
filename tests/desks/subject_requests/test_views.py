"""The pages of requests: guided steps at the desk, and codes and days for the data protection officer."""

from __future__ import annotations

import pytest

from desks.cases.models import Case
from desks.cases.readings import note_reading
from desks.subject_requests.models import SubjectRequest
from desks.subject_requests.readings import read_log
from partners.memberships.states import Role
from tests.desks.cases.case_desks import again
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.desks.subject_requests.sample_requests import WORDS, granted, received
from tests.people import browser_of, organisation, person

pytestmark = pytest.mark.django_db
SENT = {"kind": "access", "requester": "child", "received_on": "2026-01-14", "text": "May I read it?"}


@pytest.fixture
def case(here) -> Case:
    return here.case()


def step_of(here, row: SubjectRequest, step: str) -> str:
    return here.page(row.case, f"rights/{row.pk}/{step}/")


def test_request_is_saved_with_a_locked_vault(here, case):
    assert browser_of(here.anna.person).post(here.page(case, "do/rights/"), SENT).status_code == 302
    assert SubjectRequest.objects.get(case=case).kind == "access"


def test_section_shows_the_words_with_an_open_vault_alone(here, case):
    received(here, case)
    pages = [
        browser.get(here.page(case, "rights/")).content.decode()
        for browser in (unlocked_browser_of(here.ben), browser_of(here.ben.person))
    ]
    assert [WORDS["text"] in page for page in pages] == [True, False]


def test_steps_lead_a_request_to_its_decision(here, case):
    row = received(here, case)
    browser_of(here.anna.person).post(step_of(here, row, "identity"), {"words": "Known for a year"})
    answer = browser_of(here.chief.person).post(
        step_of(here, row, "decide"), {"decision": "granted", "words": "It is disputed"}
    )
    assert answer.status_code == 302
    assert again(case).is_blocked
    assert b"Nobody writes in it." in browser_of(here.anna.person).get(here.page(case, "people/")).content


def test_decision_that_is_refused_keeps_its_words(here, case):
    row = received(here, case)
    answer = browser_of(here.chief.person).post(
        step_of(here, row, "decide"), {"decision": "granted", "words": "It is disputed"}
    )
    assert answer.status_code == 409
    assert b"It is disputed" in answer.content


def test_worker_does_not_open_the_page_of_the_decision(here, case):
    assert browser_of(here.ben.person).get(step_of(here, received(here, case), "decide")).status_code == 302


def test_request_is_not_there_for_a_stranger_nor_a_step_that_does_not_exist(here, case):
    row = received(here, case)
    assert browser_of(stranger()).get(step_of(here, row, "identity")).status_code == 404
    assert browser_of(here.anna.person).get(step_of(here, row, "nonsense")).status_code == 404


def test_officer_sees_codes_and_days_of_all_desks_and_no_word(here, case):
    received(here, case)
    officer = browser_of(person(Role.PRIVACY, organisation("privacy")))
    content = officer.get("/en/workspace/privacy/requests/").content.decode()
    assert case.reference in content
    assert WORDS["text"] not in content
    assert WORDS["name"] not in content


def test_log_of_readings_names_the_organisation_and_no_colleague(here, case):
    for _number in range(2):
        note_reading(case, "child", by=here.anna.person)
    lines = read_log(case, None)()
    assert len(lines) == 1
    assert lines[0][1].endswith("2 times")
    assert here.anna.person.name not in lines[0][1]


def test_page_of_a_record_that_is_not_used_offers_no_writing(here, case):
    case = granted(here, case)
    page = browser_of(here.anna.person).get(here.page(case)).content.decode()
    assert "Save the note" not in page
    assert "do/rights/" in page
