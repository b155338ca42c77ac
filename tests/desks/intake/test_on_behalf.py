"""A colleague writes down what somebody says, and reads out the receipt."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desks.desk.models import Desk
from desks.intake import proof_of_work, receipts
from desks.reports.models import Attachment, Report
from partners.memberships.states import Role
from tests.desks.staffed_desks import StaffedDesk, staffed_desk
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
URL = "/en/workspace/desks/desk/reports/new/"
FORM = {"way": "telephone", "danger": "no", "story": "A call", "contact": "no", "speaks": "el"}


@pytest.fixture
def intake() -> StaffedDesk:
    return staffed_desk()


@pytest.fixture
def browser(intake) -> Client:
    return browser_of(intake.worker.person)


def test_caller_gets_a_receipt_in_their_language(intake, browser):
    ticket = re.search(r'name="ticket" value="([^"]+)"', browser.get(URL).text)[1]
    pages = [browser.post(URL, FORM | {"ticket": ticket}).text for _ in range(2)]
    words = receipts.receipt_words(proof_of_work.receipt_of(ticket), "el")
    assert [[word in page for word in words] for page in pages] == [[True] * 9] * 2
    report = Report.objects.get()
    assert report.channel == "telephone"
    assert report.language == "el"
    assert report.messages.get().author == intake.worker.person


def test_what_is_missing_is_said_and_what_was_typed_stays(browser):
    page = browser.post(URL, FORM | {"danger": "", "ticket": proof_of_work.new_ticket()}).text
    assert "Please choose yes or no." in page
    assert "A call</textarea>" in page
    assert Report.objects.count() == 0


def send(browser: Client, *sizes: int) -> str:
    files = [SimpleUploadedFile(f"{number}.bin", bytes(size)) for number, size in enumerate(sizes)]
    return browser.post(URL, FORM | {"ticket": proof_of_work.new_ticket(), "files": files}).text


def test_files_arrive_with_the_words_and_one_that_does_not_is_named(browser, monkeypatch):
    monkeypatch.setattr("victor.files.upload_handlers.MAX_FILE_BYTES", 1000)
    page = send(browser, 10, 2000)
    assert "Report" in page
    assert "These files were not received" in page
    assert "0.bin" not in page
    assert "1.bin" in page
    assert Report.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_second_press_keeps_no_file_twice(browser):
    ticket = proof_of_work.new_ticket()
    for _ in range(2):
        browser.post(URL, FORM | {"ticket": ticket, "files": [SimpleUploadedFile("a.bin", b"a")]})
    assert Report.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_send_on_a_full_disk_names_the_file_and_keeps_the_report(browser, full_disk):
    page = send(browser, 10)
    assert "Report" in page
    assert "0.bin" in page
    assert Report.objects.count() == 1
    assert Attachment.objects.count() == 0


def test_desk_that_takes_no_files_asks_for_none_and_keeps_none(intake, browser):
    assert 'type="file"' in browser.get(URL).text
    Desk.objects.update(takes_files=False)
    assert 'type="file"' not in browser.get(URL).text
    assert "0.bin" in send(browser, 10)
    assert Report.objects.count() == 1
    assert Attachment.objects.count() == 0


def test_files_are_asked_for_again_where_something_is_missing(browser):
    given = FORM | {"danger": "", "ticket": proof_of_work.new_ticket(), "files": [SimpleUploadedFile("a.bin", b"a")]}
    assert "Please choose your files again." in browser.post(URL, given).text


def test_other_sites_cannot_send_one(intake):
    browser = browser_of(intake.worker.person)
    browser.handler.enforce_csrf_checks = True
    assert browser.post(URL, FORM | {"ticket": proof_of_work.new_ticket()}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(URL).text)[1]
    assert (
        "Report" in browser.post(URL, FORM | {"ticket": proof_of_work.new_ticket(), "csrfmiddlewaretoken": token}).text
    )


def test_stranger_finds_no_desk_and_a_coordinator_may_not(intake):
    assert browser_of(person(Role.WORKER)).get(URL).status_code == 404
    assert browser_of(person(Role.COORDINATOR)).get(URL).status_code == 403


def test_form_asks_the_colleague_about_the_caller(browser):
    page = browser.get(URL).text
    assert all(words in page for words in ("Who is calling or visiting?", "Not stated", "May we contact them?"))
    assert not any(words in page for words in ("Who are you?", "I would rather not say", "May we contact you?"))
