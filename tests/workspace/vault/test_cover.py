"""How long the vault stays unlocked, for pages that cover what is secret at the minute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.desks.inbox.inbox_desks import InboxDesk, unlocked_browser_of
from tests.people import browser_of
from victor.vault.passphrases.middleware import UNATTENDED

pytestmark = pytest.mark.django_db
STATE = "/en/workspace/vault/state.json"
BY_ITSELF = {f"HTTP_{UNATTENDED.upper().replace('-', '_')}": "1"}


@pytest.fixture
def inbox() -> InboxDesk:
    return InboxDesk()


def test_locked_vault_has_no_seconds_left(inbox):
    assert browser_of(inbox.anna.person).get(STATE).json() == {"seconds": 0}


def test_question_by_itself_is_no_work_and_typing_is(inbox, at):
    begin = timezone.now()
    at(begin)
    browser, idle = unlocked_browser_of(inbox.anna), settings.VAULT_IDLE
    at(begin + timedelta(minutes=2))
    assert browser.get(STATE, **BY_ITSELF).json()["seconds"] == (idle - timedelta(minutes=2)).total_seconds()
    assert browser.get(STATE).json()["seconds"] == idle.total_seconds()


def test_page_of_a_report_knows_how_long_it_may_be_read(inbox):
    report = inbox.report()
    page = unlocked_browser_of(inbox.anna).get(inbox.address(report)).text
    assert f'data-state="{STATE}"' in page
    assert 'data-seconds="' in page
    assert "data-secret" in page
