"""A report that cannot be received now says so, keeps every word, and names whom to call (findings 24 and 26)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from desks.intake.proof_of_work import THROTTLE, new_ticket
from desks.reports.models import Report
from tests.desks.intake.test_proof_of_work import solved
from tests.desks.intake.test_views import LAST, URL, hidden
from tests.desks.staffed_desks import StaffedDesk, make_emergency_line, staffed_desk
from tests.people import visitor
from victor.throttling import Throttle
from victor.vault.keys.models import Key
from victor.vault.keys.states import KeyKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def intake() -> StaffedDesk:
    desk = staffed_desk()
    make_emergency_line(desk)
    return desk


@pytest.fixture
def browser() -> Client:
    return visitor()


def take_all_turns(throttle: Throttle, browser: Client) -> None:
    """Others at the address of a browser have taken all turns of the next minutes."""
    for _ in range(throttle.free + 1):
        throttle.take_turn(browser.defaults["REMOTE_ADDR"])
    for place in throttle.turns:
        throttle.turns[place] += 600


@pytest.fixture
def crowd(browser) -> None:
    """So many reports came from this place that no turn is given."""
    take_all_turns(THROTTLE, browser)


@pytest.fixture
def broken_key(intake) -> None:
    """Somebody who owns the database has put another key in the place of the desk's."""
    Key.objects.filter(kind=KeyKind.GROUP).update(public=bytes(32))


def send(browser: Client, **changes: Any) -> Any:
    return browser.post(URL, {"ticket": new_ticket(), **LAST, **changes})


def test_report_among_many_from_its_place_is_asked_to_come_again(intake, crowd, browser):
    page = send(browser)
    assert page.status_code == 429
    assert "Please wait a few seconds and press the button again." in page.text
    assert Report.objects.count() == 0


def test_report_that_is_asked_to_come_again_keeps_every_word(intake, crowd, browser):
    fields = hidden(send(browser, how="", name="Maria").text)
    assert fields["story"] == ["She begs\nat the station"]
    assert fields["ages"] == ["6-11", "12-14"]
    assert 'value="Maria"' in send(browser, name="Maria").text


def test_report_with_a_proof_of_work_passes_a_crowd(intake, crowd, browser):
    """Finding 24: whoever computes need not wait."""
    ticket = new_ticket()
    page = browser.post(URL, LAST | {"ticket": ticket, "proof": solved(ticket)})
    assert "Your report has arrived." in page.text
    assert not Report.objects.get().suspected_spam


def test_visitor_of_a_desk_whose_key_is_broken_learns_whom_to_call(broken_key, browser):
    """Finding 26: this was an error without a word."""
    page = send(browser)
    assert page.status_code == 503
    assert "something is broken on our side" in page.text
    assert 'href="tel:112"' in page.text


def test_visitor_of_a_desk_whose_key_is_broken_keeps_every_word(broken_key, browser):
    assert hidden(send(browser).text)["story"] == ["She begs\nat the station"]
    assert Report.objects.count() == 0


def test_child_is_spoken_to_as_a_child(broken_key, browser):
    assert "Your message has not been sent" in send(browser, reporter="child").text
