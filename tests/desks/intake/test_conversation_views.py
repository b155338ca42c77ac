"""The way back: in words or digits, with nothing in the address, and nothing to be learnt from a wrong receipt."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from desks.handovers.actions import ask_hand_over, withdraw_hand_over
from desks.intake import receipts
from desks.referrals.models import Referral
from desks.referrals.states import ReferralState
from desks.reports.models import Attachment, Report
from tests.desks.intake.test_actions import receive
from tests.desks.intake.test_conversation import answer, file
from tests.desks.staffed_desks import StaffedDesk, staffed_desk
from tests.people import organisation, visitor
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
URL = "/en/report/return/"
DIGITS = "".join(receipts.receipt_digits(7))


@pytest.fixture
def intake() -> StaffedDesk:
    return staffed_desk()


@pytest.fixture
def report(intake) -> Report:
    return receive(intake)[0]


@pytest.fixture
def browser() -> Client:
    return visitor()


def test_words_of_another_language_open_the_thread(intake, report, browser):
    answer(intake, report)
    page = browser.post(URL, {"receipt": " ".join(receipts.receipt_words(7, "bg"))}).text
    assert "We have spoken to the school" in page
    assert "We have received your message. Nobody has read it yet." in page
    assert "begs" not in page
    assert browser.cookies == {}


def test_receipt_of_a_report_that_was_changed_in_the_database_opens_nothing(intake, report, browser):
    """Finding 9."""
    answer(intake, report)
    Report.objects.update(channel="telephone")
    page = browser.post(URL, {"receipt": DIGITS})
    assert page.status_code == 200
    assert "This cannot be opened" in page.text
    assert "We have spoken to the school" not in page.text


def test_unknown_and_erased_receipts_get_the_same_page(report, browser):
    Report.objects.update(receipt_digest=None)
    pages = [browser.post(URL, {"receipt": "".join(receipts.receipt_digits(number))}) for number in (7, 8)]
    bare = [re.sub(r'\d{21}|name="ticket" value="[^"]*"', "", page.text) for page in pages]
    assert bare[0] == bare[1]
    assert [page.status_code for page in pages] == [200, 200]
    assert "There is nothing for this code" in bare[0]


def test_code_for_which_there_is_nothing_is_no_error(browser):
    page = browser.post(URL, {"receipt": DIGITS}).text
    assert "<title>Your note</title>" in page
    assert "error-summary--calm" in page
    assert "notice--error" not in page


def test_mistyped_receipt_says_what_may_be_wrong_and_stays(browser):
    page = browser.post(URL, {"receipt": "zebra lamppost"}).text
    assert "“lamppost” is not one of the words we use in receipt codes." in page
    assert "zebra lamppost</textarea>" in page


def test_words_and_files_are_added(report, browser):
    page = browser.post(URL, {"receipt": DIGITS, "do": "write", "text": "Again today", "files": [file()]}).text
    assert "The desk has received your message." in page
    assert "Again today" not in page
    assert report.messages.count() == 2
    assert Attachment.objects.count() == 1


def test_nothing_is_added_by_an_empty_press(report, browser):
    assert (
        "Please write something, even if it is only a few words"
        in browser.post(URL, {"receipt": DIGITS, "do": "write", "text": ""}).text
    )
    assert report.messages.count() == 1


def test_notice_is_set_and_erased_with_one_press(report, browser):
    page = browser.post(URL, {"receipt": DIGITS, "do": "notice", "notice": "me@mail.example"}).text
    assert "We will email you when there is a reply." in page
    assert "me@mail.example" not in page
    browser.post(URL, {"receipt": DIGITS, "do": "forget"})
    assert Envelope.objects.filter(purpose="notice").count() == 0


def test_wrong_address_for_a_notice_stays_with_the_reason(report, browser):
    page = browser.post(URL, {"receipt": DIGITS, "do": "notice", "notice": "me@"}).text
    assert "Enter a valid email address." in page
    assert 'value="me@"' in page


def test_deletion_needs_a_tick_and_is_asked_once(report, browser):
    browser.post(URL, {"receipt": DIGITS, "do": "delete"})
    assert Report.objects.get().deletion_asked_at is None
    page = browser.post(URL, {"receipt": DIGITS, "do": "delete", "sure": "on"}).text
    assert "The desk will see that you have asked for deletion." in page
    assert Report.objects.get().deletion_asked_at is not None


def check_note(browser, number: int) -> str:
    typed = " ".join(receipts.receipt_words(number, "en"))
    return browser.post("/en/report/receipt/", {"shown": DIGITS, "typed": typed}).text


def test_note_that_differs_says_so_and_shows_the_receipt_again(browser):
    page = check_note(browser, 8)
    assert "<title>Error: Your note</title>" in page
    assert "This is a different code" in page
    assert "<li>acorn</li>" in page


def test_note_that_is_right_hides_the_words_and_says_how_to_come_back(browser, settings):
    settings.SITE_URL = "https://victor.example"
    page = check_note(browser, 7)
    assert "Your note is correct." in page
    assert "<li>acorn</li>" not in page
    assert "victor.example/code</bdi>" in page


@pytest.mark.parametrize("address", ["/code", "/code/"])
def test_short_address_leads_to_the_way_back_in_the_language_of_the_browser(browser, address):
    answer = browser.get(address, headers={"Accept-Language": "bg"})
    assert answer.status_code == 302
    assert answer["Location"] == "/bg/report/return/"
    assert answer["Cache-Control"] == "no-store"


def test_note_is_shown_in_another_language_with_buttons_for_the_others(browser):
    page = browser.post("/bg/report/receipt/", {"shown": DIGITS, "typed": "", "go": "language"}).text
    assert re.findall("<li>([^<]+)</li>", page)[:9] == receipts.receipt_words(7, "bg")
    offered = re.findall(r'formaction="/([\w-]+)/report/receipt/"', page)
    assert offered == [code for code, _name in settings.LANGUAGES]
    assert "is-invalid" not in page and 'role="alert"' not in page


def test_note_without_a_receipt_leads_to_the_way_back(browser):
    assert browser.post("/en/report/receipt/", {"shown": "1"})["Location"] == URL


def test_answer_for_another_desk_than_was_read_does_not_count(intake, report, browser):
    """Finding 8: the desk withdrew its question, and asks for another desk while the reporter's page is open."""
    receipt = " ".join(receipts.receipt_words(7, "en"))
    withdrawn = ask_hand_over(
        report, staffed_desk("second", at=organisation("second")).desk, "May they?", language="en", by=intake.worker
    )
    read = re.search(r'name="hand_over" value="([\w-]+)"', browser.post(URL, {"receipt": receipt}).text)[1]
    withdraw_hand_over(withdrawn, by=intake.worker.person)
    ask_hand_over(
        report, staffed_desk("third", at=organisation("third")).desk, "May they?", language="en", by=intake.worker
    )
    page = browser.post(URL, {"receipt": receipt, "do": "agree", "hand_over": read}).text
    assert "This question is new" in page
    assert Referral.objects.open().get().state == ReferralState.READY


def test_answer_for_the_desk_that_was_read_counts(intake, report, browser):
    receipt = " ".join(receipts.receipt_words(7, "en"))
    asked = ask_hand_over(
        report, staffed_desk("second", at=organisation("second")).desk, "May they?", language="en", by=intake.worker
    )
    browser.post(URL, {"receipt": receipt, "do": "agree", "hand_over": asked.reference})
    assert Referral.objects.get().state == ReferralState.SENT
