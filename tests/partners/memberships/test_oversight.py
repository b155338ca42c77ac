"""Auditor and data protection officer: two coordinators give these roles, which see what they oversee and no more."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from model_bakery import baker

from desks.reports.models import Report
from desks.retention.models import Hold
from partners.memberships.actions import invite_member, propose_role
from partners.memberships.errors import NeedsTwoCoordinators
from partners.memberships.models import MembershipInvitation, Proposal
from partners.memberships.proposals import confirm_proposal
from partners.memberships.states import OVERSIGHT_ROLES, Role
from tests.desks.staffed_desks import staffed_desk
from tests.people import browser_of, organisation, person
from victor.vault.keys.keyring import save_stamped
from victor.vault.keys.models import Key
from victor.vault.passphrases.actions import set_up_vault
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
ROLES = sorted(OVERSIGHT_ROLES)
RULES = "/en/workspace/retention/"
DELETIONS = f"{RULES}deletions/"
CLOSED = [
    "/en/workspace/contacts/",
    "/en/workspace/responsibilities/",
    "/en/workspace/desks/",
    "/en/workspace/vault/",
    "/en/workspace/texts/",
    "/en/workspace/invitations/",
    "/en/workspace/proposals/",
    "/en/workspace/help-lines/",
]


def held_report() -> Report:
    """A report that the law holds and that would be deleted tomorrow."""
    desk, worker = staffed_desk("smile", at=organisation("smile")).desk, person(Role.WORKER)
    key = baker.make(Key, kind="record")
    given = {"reference": "R77777", "key": key, "language": "el", "erase_on": timezone.localdate()}
    report = baker.prepare(Report, desk=desk, country=desk.country, assignee=None, duplicate_of=None, **given)
    save_stamped(report)
    baker.make(Hold, report=report, by=worker, reason=baker.make(Envelope, key=key))
    return report


@pytest.mark.parametrize("role", ROLES)
def test_role_that_oversees_is_given_by_two_coordinators(role):
    first, second = person(Role.COORDINATOR), person(Role.COORDINATOR)
    given = {"email": "eye@partner.example", "language": "en", "organisation": organisation("smile"), "role": role}
    with pytest.raises(NeedsTwoCoordinators):
        invite_member(**given, by=first)
    propose_role(**given, by=first)
    proposal = Proposal.objects.open().get()
    confirm_proposal(proposal, by=second, digest=proposal.digest)
    assert MembershipInvitation.objects.get().role == role


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("address", CLOSED)
def test_role_that_oversees_opens_no_page_of_the_work(role, address):
    assert browser_of(person(role)).get(address).status_code in {403, 404}


@pytest.mark.parametrize("role", ROLES)
def test_role_that_oversees_has_no_vault(role):
    with pytest.raises(PermissionDenied):
        set_up_vault(person(role), "a long enough passphrase of words")


@pytest.mark.parametrize("role", ROLES)
def test_role_that_oversees_stays_out_of_the_admin(role):
    assert browser_of(person(role)).get("/en/admin/").status_code == 302


def test_privacy_officer_reads_the_rules_and_proposes_none():
    browser = browser_of(person(Role.PRIVACY))
    page = browser.get(RULES).content.decode()
    assert "Retention periods in force" in page
    assert "Propose a rule" not in page
    assert browser.post(RULES, {"days": "5"}).status_code == 403


def test_privacy_officer_reads_deletions_and_holds_by_reference():
    held_report()
    page = browser_of(person(Role.PRIVACY)).get(DELETIONS).content.decode()
    assert page.count("R77777") == 2


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PRIVACY])
def test_deletions_of_all_desks_are_shown_to_nobody_else(role):
    assert browser_of(person(role)).get(DELETIONS).status_code == 403


def test_deletions_take_the_same_queries_for_one_and_for_many(django_assert_max_num_queries):
    browser = browser_of(person(Role.PRIVACY))
    first = held_report()
    for number in range(9):
        key = baker.make(Key, kind="record")
        given = {"reference": f"R9999{number}", "key": key, "language": "el", "erase_on": timezone.localdate()}
        row = baker.prepare(Report, desk=first.desk, country=first.country, assignee=None, duplicate_of=None, **given)
        save_stamped(row)
    with django_assert_max_num_queries(12):
        browser.get(DELETIONS)
