"""A colleague writes down what somebody says, and reads out the receipt."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from desks import proof, receipts
from desks.models import Report
from partners.states import Role
from tests.desks.places import Place, place
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
URL = "/en/workspace/desks/desk/reports/new/"
TOLD = {"way": "telephone", "danger": "no", "story": "A call", "contact": "no", "speaks": "el"}


@pytest.fixture
def where() -> Place:
    return place()


@pytest.fixture
def browser(where) -> Client:
    return browser_of(where.worker.person)


def test_caller_gets_a_receipt_in_their_language(where, browser):
    ticket = re.search(r'name="ticket" value="([^"]+)"', browser.get(URL).text)[1]
    pages = [browser.post(URL, TOLD | {"ticket": ticket}).text for _ in range(2)]
    words = receipts.words(proof.receipt_of(ticket), "el")
    assert [[word in page for word in words] for page in pages] == [[True] * 9] * 2
    report = Report.objects.get()
    assert (report.channel, report.language, report.messages.get().author) == ("telephone", "el", where.worker.person)


def test_what_is_missing_is_said_and_what_was_typed_stays(browser):
    page = browser.post(URL, TOLD | {"danger": "", "ticket": proof.new_ticket()}).text
    assert "Please choose yes or no." in page
    assert "A call</textarea>" in page
    assert Report.objects.count() == 0


def test_stranger_finds_no_desk_and_a_coordinator_may_not(where):
    assert browser_of(person(Role.WORKER)).get(URL).status_code == 404
    assert browser_of(person(Role.COORDINATOR)).get(URL).status_code == 403
