"""What the page of a report says of handing it over."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.desks.inbox.inbox_desks import InboxDesk, unlocked_browser_of

pytestmark = pytest.mark.django_db
NOWHERE = "No other desk can receive reports yet."


def page(inbox: InboxDesk) -> str:
    report = inbox.report(received_at=timezone.now())
    return unlocked_browser_of(inbox.anna).get(inbox.address(report)).text


def test_report_that_can_go_nowhere_says_so():
    assert NOWHERE in page(InboxDesk())


def test_report_that_can_go_elsewhere_offers_it():
    InboxDesk("other-desk", title_en="Desk of Sofia")
    shown = page(InboxDesk())
    assert NOWHERE not in shown
    assert "Desk of Sofia" in shown
