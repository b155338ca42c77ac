"""Findings 6 and 30: whoever agrees to an original, or decides on a report, holds the keys and is independent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from model_bakery import baker

from desks.desk.errors import NoDeskKey, NotIndependent
from desks.handovers.actions import accept_hand_over, agree_to_hand_over, ask_hand_over
from desks.inbox import actions, originals
from desks.inbox.models import OriginalAccess
from desks.reports.states import ReportMove, Risk, Voice
from desks.retention.retention_rules import approve_rule, propose_rule
from partners.memberships.models import Membership, MembershipInvitation
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import PORTAL, InboxDesk, add_attachment, unlocked_browser_of
from tests.people import browser_of, organisation, person
from tests.vault.people import open_vault
from victor.accounts.models import Invitation

pytestmark = pytest.mark.django_db
ELSEWHERE = "/en/workspace/originals/"


@pytest.fixture
def report(inbox):
    return inbox.report()


@pytest.fixture
def access(inbox, report) -> OriginalAccess:
    """Anna asks for an original."""
    return originals.request_original(add_attachment(report, "lamp.png"), "The police ask for it", by=inbox.anna.person)


def invite_by(inviter, *people) -> None:
    """The people were let in by this person alone, eight days ago."""
    ago = timezone.now() - timedelta(days=8)
    for membership in Membership.objects.filter(user__in=[vault.person.pk for vault in people]):
        given = {"role": membership.role, "organisation": membership.organisation, "accepted_by": membership.user}
        baker.make(MembershipInvitation, invitation=baker.make(Invitation, invited_by=inviter), **given)
        Membership.objects.filter(pk=membership.pk).update(founding=False, invited_by=inviter, granted_at=ago)


def test_approve_original_by_a_colleague_without_the_key_is_refused(inbox, access):
    keyless = person(Role.WORKER, inbox.organisation)
    with pytest.raises(NotIndependent, match="do not hold the keys"):
        originals.approve_original(access, by=keyless)


def test_approve_original_by_whom_the_asker_has_let_in_is_refused_and_names_who_can(inbox, access):
    invite_by(inbox.anna.person, inbox.ben)
    with pytest.raises(NotIndependent, match=inbox.chief.person.name):
        originals.approve_original(access, by=inbox.ben.person)


def test_approve_original_by_the_supervisor_who_let_the_asker_in_is_refused(inbox, access):
    """The supervisor of finding 6 asks with one mailbox and agrees with another."""
    invite_by(inbox.chief.person, inbox.anna, inbox.ben)
    for second in (inbox.chief, inbox.ben):
        with pytest.raises(NotIndependent):
            originals.approve_original(access, by=second.person)


def test_approve_original_by_a_new_colleague_is_refused(inbox, access):
    Membership.objects.filter(user=inbox.ben.person).update(founding=False, granted_at=timezone.now())
    with pytest.raises(NotIndependent, match="less than seven days"):
        originals.approve_original(access, by=inbox.ben.person)


def test_report_page_names_who_can_agree_to_whoever_cannot(inbox, report, access):
    invite_by(inbox.anna.person, inbox.ben)
    shown = unlocked_browser_of(inbox.ben).get(inbox.address(report)).content.decode()
    assert f"These people can: {inbox.chief.person.name}" in shown
    assert "/grant/" not in shown


def test_approve_original_where_nobody_else_is_entitled_falls_to_another_desk(inbox, report, access):
    invite_by(inbox.anna.person, inbox.ben, inbox.chief)
    other = person(Role.SUPERVISOR, organisation("elsewhere"))
    browser = browser_of(other)
    shown = browser.get(ELSEWHERE).content.decode()
    assert report.reference in shown
    assert "The police ask for it" not in shown
    browser.post(f"{ELSEWHERE}{access.pk}/grant/")
    access.refresh_from_db()
    assert access.granted_by == other
    assert unlocked_browser_of(open_vault(other)).get(inbox.address(report)).status_code == 404


def test_approve_original_by_another_desk_is_refused_where_a_colleague_can(inbox, access):
    other = person(Role.SUPERVISOR, organisation("elsewhere"))
    assert browser_of(other).post(f"{ELSEWHERE}{access.pk}/grant/").status_code == 404
    with pytest.raises(NotIndependent):
        originals.approve_original(access, by=other)


def test_open_original_by_the_asker_works_after_another_desk_agreed(inbox, access):
    invite_by(inbox.anna.person, inbox.ben, inbox.chief)
    originals.approve_original(access, by=person(Role.SUPERVISOR, organisation("elsewhere")))
    assert b"".join(originals.open_original(access, by=inbox.anna)[1]) == b"o"


# --- Finding 30


@pytest.mark.parametrize("leads", [False, True])
def test_decide_on_a_report_without_the_key_is_refused(inbox, report, leads):
    keyless = person(Role.SUPERVISOR if leads else Role.WORKER, inbox.organisation)
    acts = [
        lambda: actions.triage_report(report, risk=Risk.DANGER, reason="", by=keyless),
        lambda: actions.add_note(report, "a note", by=keyless),
        lambda: actions.assign_report(report, keyless, by=keyless),
        lambda: actions.conclude_report(report, ReportMove.INFORM, reason="r", by=keyless),
        lambda: actions.close_report(report, by=keyless),
        lambda: originals.request_original(add_attachment(report, "lamp.png"), "why", by=keyless),
    ]
    for act in acts:
        with pytest.raises(NoDeskKey, match=inbox.anna.person.name):
            act()


@pytest.mark.parametrize("rest", ["assign/", "move/triage/", "write/"])
def test_pages_of_a_report_refuse_a_colleague_without_the_key(inbox, report, rest):
    keyless = browser_of(person(Role.WORKER, inbox.organisation))
    data = {"take": "1", "risk": "danger", "voice": "note", "text": "a note"}
    assert keyless.post(inbox.address(report, rest), data).status_code in {302, 403, 409, 422}
    report.refresh_from_db()
    assert report.assignee is None
    assert report.risk == ""
    assert not report.messages.exclude(voice=Voice.REPORTER).exists()


def test_accept_hand_over_without_the_key_is_refused(inbox, report):
    other = InboxDesk("other")
    asked = ask_hand_over(report, other.desk, "May they?", language="el", by=inbox.anna)
    agree_to_hand_over(asked, by=PORTAL)
    with pytest.raises(NoDeskKey):
        accept_hand_over(asked, by=person(Role.WORKER, other.organisation))


# --- Retention rules


def test_approve_rule_by_a_new_coordinator_is_refused(inbox):
    first, second = person(Role.COORDINATOR), person(Role.COORDINATOR)
    rule = propose_rule(country=None, outcome="", days=400, starts=timezone.localdate(), by=first)
    Membership.objects.filter(user=second).update(founding=False, granted_at=timezone.now())
    with pytest.raises(NotIndependent, match="less than seven days"):
        approve_rule(rule, by=second)


def test_approve_rule_by_whoever_proposed_it_is_refused_and_names_who_can(inbox):
    first, second = person(Role.COORDINATOR), person(Role.COORDINATOR)
    rule = propose_rule(country=None, outcome="", days=400, starts=timezone.localdate(), by=first)
    with pytest.raises(NotIndependent, match=f"asked for this yourself.*{second.name}"):
        approve_rule(rule, by=first)
