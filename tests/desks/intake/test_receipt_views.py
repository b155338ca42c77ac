"""Many receipts at once: an honest page that tries again, and no right receipt is refused in the end (finding 4)."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.test import Client

from desks.intake import proof_of_work, receipts
from desks.intake.proof_of_work import CHECK_THROTTLE, FREE_CHECKS_PER_HOUR, MAX_USES, new_ticket
from desks.intake.receipt_keys import (
    CHECK_THREADS,
    FOR_CHECKS,
    FOR_CROWDED_CHECKS,
    MAX_UNPROVEN_CHECKS,
    derive_typed_receipt_keys,
)
from desks.reports.models import Report
from tests.connections import another_connection
from tests.desks.intake.test_actions import receive
from tests.desks.intake.test_proof_of_work import solved
from tests.desks.intake.test_receipt_keys import busy, entered
from tests.desks.intake.test_refusals import take_all_turns
from tests.desks.intake.test_views import hidden
from tests.desks.staffed_desks import staffed_desk
from tests.people import visitor
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db
URL = "/el/report/return/"
DIGITS = "".join(receipts.receipt_digits(7))
OPENED = "Δεν το έχει διαβάσει ακόμη κανείς."


@pytest.fixture
def report() -> Report:
    return receive(staffed_desk())[0]


@pytest.fixture
def browser() -> Client:
    return visitor()


@pytest.fixture
def crowded_page(browser) -> Any:
    """What is answered while as many receipts are checked as may be without a proof of work."""
    with another_connection(MAX_UNPROVEN_CHECKS) as submit, busy(FOR_CHECKS, FOR_CROWDED_CHECKS, count=CHECK_THREADS):
        for number in range(MAX_UNPROVEN_CHECKS):
            submit(derive_typed_receipt_keys, number, is_proven=False)
        wait_until(lambda: entered() == MAX_UNPROVEN_CHECKS)
        return browser.post(URL, {"receipt": DIGITS, "do": "write", "text": "Again <today>"})


def test_crowded_page_is_in_the_language_of_the_reader(crowded_page):
    assert crowded_page.status_code == 503
    assert '<html lang="el"' in crowded_page.text
    assert "Περιμένετε" in crowded_page.text


def test_crowded_page_tries_again_by_itself(crowded_page):
    assert re.search(r'data-again="\d+"', crowded_page.text)
    assert crowded_page["Retry-After"]


def test_crowded_page_has_what_was_typed_and_no_address_has_it(crowded_page):
    typed = hidden(crowded_page.text)
    assert typed["receipt"] == [DIGITS]
    assert typed["text"] == ["Again &lt;today&gt;"]
    assert not re.search(rf'(href|src|action|content)="[^"]*{DIGITS}', crowded_page.text)


def test_crowded_page_opens_the_report_when_it_is_sent_again(report, crowded_page, browser):
    typed = {name: values[0] for name, values in hidden(crowded_page.text).items()}
    assert OPENED in browser.post(URL, typed | {"text": "Again"}).text
    assert report.messages.count() == 2


def test_receipt_with_a_proof_passes_where_many_come_from_its_place(report, browser):
    take_all_turns(CHECK_THROTTLE, browser)
    assert browser.post(URL, {"receipt": DIGITS}).status_code == 503
    ticket = new_ticket()
    assert OPENED in browser.post(URL, {"receipt": DIGITS, "ticket": ticket, "proof": solved(ticket)}).text


def test_receipts_from_one_place_wait_for_their_turn(report, browser, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    for _ in range(FREE_CHECKS_PER_HOUR + 2):
        page = browser.post(URL, {"receipt": DIGITS})
    assert len(waits) == 2
    assert OPENED in page.text


def test_each_page_has_a_ticket_of_its_own(browser):
    tickets = [hidden(browser.get(URL).text)["ticket"][0] for _ in range(2)]
    assert len(set(tickets)) == 2
    assert all(proof_of_work.receipt_of(ticket) is not None for ticket in tickets)


def test_proof_that_was_used_up_is_none(report, browser, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    ticket = new_ticket()
    proof = {"ticket": ticket, "proof": solved(ticket)}
    for _ in range(MAX_USES + FREE_CHECKS_PER_HOUR + 1):
        browser.post(URL, {"receipt": DIGITS} | proof)
    assert len(waits) == 1
