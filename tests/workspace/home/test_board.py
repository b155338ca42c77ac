"""The coordinator's board: each number is that of the list behind it, and the queries do not grow with the rows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from model_bakery import baker

from desks.reports.models import Report
from desks.reports.oversight import FEWEST, desk_panel
from partners.agreements.states import AgreementState
from partners.help_lines.models import HelpLine
from partners.memberships.states import Role
from tests.desks.staffed_desks import staffed_desk
from tests.partners.agreements.signed_agreements import make_agreement
from tests.people import browser_of, organisation, person
from victor.accounts.models import User
from victor.mail.models import Message
from victor.todo.board import needs_of, panels_of
from victor.vault.keys.keyring import save_stamped
from victor.vault.keys.models import Key

pytestmark = pytest.mark.django_db
BOARD = "/en/admin/"


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


@pytest.fixture
def needs(coordinator) -> dict[str, int]:
    """Things of each kind that wait: by the address of their list, how many the board says."""
    here, other = organisation("one"), organisation("two")
    for _number in range(3):
        make_agreement(here, other, state=AgreementState.DRAFT)
    make_agreement(here, other)
    for number in range(2):
        baker.make(HelpLine, country=here.country, number=f"105{number}", dial="105", name_en="L", purpose="children")
    for recipient in ("a@partner.example", ""):
        baker.make(Message, state="failed", recipient=recipient, language="en")
    return {need.url: need.number for need in needs_of(coordinator)}


def test_board_counts_agreements_as_their_list_does(coordinator, needs):
    address = "/en/workspace/agreements/?shown=action"
    page = browser_of(coordinator).get(address).content.decode()
    assert needs[address] == len(re.findall('scope="row"', page))


def test_board_counts_helplines_as_their_list_does(coordinator, needs):
    address = "/en/workspace/help-lines/"
    page = browser_of(coordinator).get(address)
    assert needs[address] == len(page.context["lines"])


def test_board_counts_mails_as_their_list_does(coordinator, needs):
    address = "/en/admin/mail/message/?given_up=yes"
    assert needs[address] == browser_of(coordinator).get(address).context["cl"].result_count


def test_board_shows_each_need_with_a_link(coordinator, needs):
    page = browser_of(coordinator).get(BOARD).content.decode()
    assert all(address in page for address in needs)


def test_board_says_when_nothing_needs_anybody(coordinator):
    assert "Nothing needs you. Looked at" in browser_of(coordinator).get(BOARD).content.decode()


def test_board_takes_the_same_queries_for_one_and_for_many(coordinator, django_assert_max_num_queries):
    for number in range(6):
        desk = staffed_desk(f"desk{number}", at=organisation(f"desk{number}")).desk
        make_agreement(desk.organisation, organisation("two"), valid_to=timezone.localdate() + timedelta(days=9))
    with django_assert_max_num_queries(14):
        assert panels_of(User.objects.get(pk=coordinator.pk))


@pytest.mark.parametrize(("number", "shown"), [(FEWEST - 1, "not shown"), (FEWEST, "100\u00a0%")])
def test_share_of_few_reports_is_not_shown(coordinator, number, shown):
    desk = staffed_desk("smile", at=organisation("smile")).desk
    for count in range(number):
        given = {"reference": f"R{count:05d}", "key": baker.make(Key, kind="record"), "language": "el"}
        save_stamped(baker.prepare(Report, desk=desk, country=desk.country, assignee=None, duplicate_of=None, **given))
    assert shown in [entry.text for entry in desk_panel(coordinator).rows[0]]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_board_has_no_desk_for_another_role(role):
    assert "Desks" not in [str(panel.heading) for panel in panels_of(person(role, factor=False))]
