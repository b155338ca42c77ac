"""The page of a reporter's wish that their report is deleted: what it says to whom, and what a press does."""

from __future__ import annotations

import pytest
from django.test import Client

from desks.inbox.actions import open_report
from desks.reports.models import Message, Report
from desks.reports.states import ReportState, Voice
from desks.retention.models import DeletionProposal
from tests.desks.inbox.inbox_desks import InboxDesk, unlocked_browser_of
from tests.people import browser_of
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
ANSWER = {"text": "Θα το κρατήσουμε"}


@pytest.fixture
def report(inbox) -> Report:
    made = inbox.report(state=ReportState.TRIAGED)
    open_report(made, by=inbox.chief)
    Report.objects.update(deletion_asked_at=made.received_at)
    return made


@pytest.fixture
def chief(inbox) -> Client:
    return browser_of(inbox.chief.person)


def page_of(inbox: InboxDesk, report: Report, rest: str = "erase/") -> str:
    return f"{inbox.url}retention/{report.reference}/{rest}"


def sent(report: Report, **fields: str) -> dict[str, str]:
    return {"confirmed": "yes", "reference": report.reference, "reason": "wish"} | fields


def test_press_on_decide_deletes_nothing_and_shows_what_will_happen(inbox, report, chief):
    page = chief.post(page_of(inbox, report)).text
    assert Report.objects.exists()
    assert "All messages, notes, files and keys of this report are deleted at once" in page
    assert f'href="{inbox.address(report)}"' in page
    assert "button--danger" in page


@pytest.mark.parametrize("fields", [{"reference": ""}, {"reference": "R99999"}, {"reason": ""}, {"reason": "because"}])
def test_report_is_not_deleted_without_its_reference_and_a_reason(inbox, report, chief, fields):
    assert chief.post(page_of(inbox, report), sent(report, **fields)).status_code == 422
    assert Report.objects.exists()


def test_supervisor_deletes_with_reference_and_reason(inbox, report, chief):
    answer = chief.post(page_of(inbox, report), sent(report, reference=f" {report.reference.lower()} "), follow=True)
    assert not Report.objects.exists()
    assert f"Report {report.reference} has been deleted." in answer.text


def test_supervisor_who_has_not_read_it_gets_the_link_and_no_button(inbox, report):
    Report.objects.get().readings.all().delete()
    page = browser_of(inbox.chief.person).get(page_of(inbox, report)).text
    assert "You have not read this report" in page
    assert "button--danger" not in page


def test_worker_reads_who_decides(inbox, report):
    page = browser_of(inbox.anna.person).get(page_of(inbox, report)).text
    assert "A supervisor decides." in page
    assert inbox.chief.person.name in page
    assert "button--danger" not in page


def test_danger_needs_a_second_person_who_has_read_it(inbox, report, chief):
    Report.objects.update(danger=True)
    assert "a second person" in chief.get(page_of(inbox, report)).text
    chief.post(page_of(inbox, report), sent(report))
    assert Report.objects.exists()
    assert inbox.ben.person.name in chief.get(page_of(inbox, report)).text
    open_report(report, by=inbox.anna)
    browser_of(inbox.anna.person).post(page_of(inbox, report), sent(report))
    assert not Report.objects.exists()


def test_second_person_finds_the_deletion_among_their_tasks(inbox, report, chief):
    Report.objects.update(danger=True)
    chief.post(page_of(inbox, report), sent(report))
    assert page_of(inbox, report) in browser_of(inbox.anna.person).get("/en/workspace/").text


def test_keep_answers_the_reporter_and_settles_the_request(inbox, report):
    DeletionProposal.objects.all().delete()
    browser = unlocked_browser_of(inbox.chief)
    answer = browser.post(page_of(inbox, report, "keep/"), ANSWER, follow=True)
    assert Report.objects.get().deletion_asked_at is None
    assert Message.objects.filter(voice=Voice.ANSWER).count() == 1
    assert Entry.objects.filter(action="report.deletion_declined").count() == 1
    assert f"Report {report.reference} is kept." in answer.text


def test_keep_without_an_answer_is_refused(inbox, report):
    answer = unlocked_browser_of(inbox.chief).post(page_of(inbox, report, "keep/"), {"text": " "})
    assert answer.status_code == 422
    assert Report.objects.get().deletion_asked_at is not None


def test_keep_with_a_locked_vault_keeps_the_answer_on_the_screen(inbox, report, chief):
    answer = chief.post(page_of(inbox, report, "keep/"), ANSWER)
    assert answer.status_code == 409
    assert ANSWER["text"] in answer.text


def test_keep_is_not_for_workers(inbox, report):
    assert unlocked_browser_of(inbox.anna).post(page_of(inbox, report, "keep/"), ANSWER).status_code == 403


def test_worker_is_not_sent_to_what_only_a_supervisor_decides(inbox, report):
    task = f"{report.reference}: decide about the deletion"
    assert task not in browser_of(inbox.anna.person).get("/en/workspace/").text
    assert task in browser_of(inbox.chief.person).get("/en/workspace/").text


def test_report_says_to_a_worker_who_decides(inbox, report):
    page = unlocked_browser_of(inbox.anna).get(inbox.address(report)).text
    assert f"Decided by a supervisor: {inbox.chief.person.name}" in page
