"""Finding 6: roles for the whole site need two coordinators; whoever is second is independent, and not new."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from partners.directory.models import Organisation
from partners.memberships import actions, proposals
from partners.memberships.errors import (
    EnoughCoordinators,
    NeedsTwoCoordinators,
    NotSecondPerson,
    ProposalSettled,
    ReadOtherProposal,
)
from partners.memberships.models import Membership, Proposal
from partners.memberships.second_persons import second_person_fault, second_persons
from partners.memberships.states import SITE_ROLES, Role, SecondPersonFault
from tests.people import PASSWORD, browser_of, link_in_mail, organisation, person, visitor
from victor.access import System
from victor.accounts.actions import close_account
from victor.accounts.errors import InvitationNotOpen
from victor.accounts.models import Invitation, User
from victor.accounts.offboarding import close_or_propose
from victor.audit.models import Entry
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
FORM = {"name": "New", "password": PASSWORD, "repeated": PASSWORD}
PROPOSALS = "/en/workspace/proposals/"


@pytest.fixture
def smile() -> Organisation:
    return organisation("smile")


@pytest.fixture
def first() -> User:
    return person(Role.COORDINATOR, name="First Coordinator")


@pytest.fixture
def second() -> User:
    return person(Role.COORDINATOR, name="Second Coordinator")


def let_in(by: User, at: Organisation, email: str, role: Role = Role.WORKER) -> User:
    """Somebody whom one person alone has invited and who has accepted."""
    actions.invite_member(email=email, language="en", organisation=at, role=role, by=by)
    return actions.accept_membership(Invitation.objects.get(email=email).membership, name=email, password=PASSWORD)


def proposed(by: User, at: Organisation, role: Role = Role.EDITOR, email: str = "new@partner.example") -> Proposal:
    return actions.propose_role(email=email, language="en", organisation=at, role=role, by=by)


def confirm(proposal: Proposal, by: User) -> Proposal:
    return proposals.confirm_proposal(proposal, by=by, digest=proposal.digest)


def later() -> None:
    """Eight days have passed since everybody got their role."""
    Membership.objects.update(granted_at=timezone.now() - timedelta(days=8))


def test_invite_form_offers_a_supervisor_the_roles_of_the_desk_only(smile):
    shown = browser_of(person(Role.SUPERVISOR, smile)).get("/en/workspace/invitations/new/").content.decode()
    roles = re.findall(r'<option value="(\w+)"', shown.split('name="role"')[1].split("</select>")[0])
    assert set(roles) - {""} == {"worker", "supervisor"}


@pytest.mark.parametrize("role", sorted(SITE_ROLES))
def test_invite_by_a_supervisor_to_a_role_of_the_site_is_refused(smile, role):
    supervisor = person(Role.SUPERVISOR, smile)
    with pytest.raises(PermissionDenied):
        actions.invite_member(email="x@y.example", language="en", organisation=smile, role=role, by=supervisor)
    data = {"email": "x@y.example", "language": "en", "organisation": smile.pk, "role": role}
    browser_of(supervisor).post("/en/workspace/invitations/new/", data)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", sorted(SITE_ROLES))
def test_invite_by_one_coordinator_to_a_role_of_the_site_is_refused(smile, first, role):
    with pytest.raises(NeedsTwoCoordinators):
        actions.invite_member(email="x@y.example", language="en", organisation=smile, role=role, by=first)


def test_propose_over_the_page_sends_nothing_before_the_second_confirms(smile, first, second):
    data = {"email": "new@partner.example", "language": "en", "organisation": smile.pk, "role": "editor"}
    browser_of(first).post("/en/workspace/invitations/new/", data)
    assert not Message.objects.exists()
    browser = browser_of(second)
    shown = browser.get(PROPOSALS).content.decode()
    assert "new@partner.example" in shown
    digest = re.search(r'name="digest" value="(\w+)"', shown)[1]
    browser.post(f"{PROPOSALS}{Proposal.objects.get().pk}/confirm/", {"digest": digest})
    assert Message.objects.get().recipient == "new@partner.example"


def test_accept_tells_all_coordinators_and_names_who_gave_the_role(smile, first, second):
    confirm(proposed(first, smile), second)
    visitor().post(link_in_mail(r"/en/invitations/[\w-]+/"), FORM)
    granted = Entry.objects.get(action="membership.granted", details__contains='"confirmed_by"')
    assert granted.actor == f"accounts.user:{first.pk}"
    assert f'"confirmed_by": {second.pk}' in granted.details
    alerted = Message.objects.filter(subject="New role for the whole site").values_list("recipient", flat=True)
    assert set(alerted) == {first.email, second.email}


def test_confirm_of_ones_own_proposal_is_refused_and_names_who_can(smile, first, second):
    with pytest.raises(NotSecondPerson, match="These people can: Second Coordinator"):
        confirm(proposed(first, smile), first)


def test_confirm_by_a_new_coordinator_is_refused_for_seven_days(smile, first, second):
    Membership.objects.filter(user=second).update(founding=False, granted_at=timezone.now() - timedelta(days=6))
    with pytest.raises(NotSecondPerson) as refusal:
        confirm(proposed(first, smile), second)
    assert refusal.value.fault == SecondPersonFault.RECENT
    later()
    assert confirm(Proposal.objects.get(), second).confirmed_by == second


def test_confirm_by_a_coordinator_whom_the_proposer_proposed_is_refused(smile, first, second):
    confirm(proposed(first, smile, Role.COORDINATOR, "third@partner.example"), second)
    third = actions.accept_membership(Invitation.objects.get().membership, name="Third", password=PASSWORD)
    later()
    with pytest.raises(NotSecondPerson):
        confirm(proposed(first, smile, Role.EDITOR, "other@partner.example"), third)


def test_confirm_by_whoever_proposed_the_asker_is_refused(smile, first, second):
    """The other way round: the own mailbox asks, and its owner confirms."""
    confirm(proposed(first, smile, Role.COORDINATOR, "third@partner.example"), second)
    third = actions.accept_membership(Invitation.objects.get().membership, name="Third", password=PASSWORD)
    later()
    proposal = proposed(third, smile, Role.EDITOR, "other@partner.example")
    with pytest.raises(NotSecondPerson, match=r"These people can: Second Coordinator\.$"):
        confirm(proposal, first)


def test_confirm_of_another_proposal_than_was_read_is_refused(smile, first, second):
    """Finding 8: the confirmation names what was read."""
    proposal = proposed(first, smile)
    read = proposal.digest
    Proposal.objects.update(payload=proposal.payload | {"role": "coordinator"})
    with pytest.raises(ReadOtherProposal):
        proposals.confirm_proposal(proposal, by=second, digest=read)


def test_confirm_after_the_proposer_lost_the_role_is_refused(smile, first, second):
    proposal = proposed(first, smile)
    Membership.objects.filter(user=first).delete()
    with pytest.raises(ProposalSettled):
        confirm(proposal, second)


def test_confirm_after_the_proposers_account_was_closed_is_refused(smile, first, second):
    proposal = proposed(first, smile)
    close_account(first, by=System("test"))
    with pytest.raises(ProposalSettled):
        confirm(proposal, second)


def test_accept_after_the_inviters_account_was_closed_is_refused(smile, first):
    actions.invite_member(email="a@b.example", language="en", organisation=smile, role=Role.WORKER, by=first)
    close_account(first, by=System("test"))
    assert visitor().post(link_in_mail(r"/en/invitations/[\w-]+/"), FORM).status_code == 404
    assert not User.objects.filter(email="a@b.example").exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_confirm_by_a_colleague_is_refused(smile, first, role):
    with pytest.raises(PermissionDenied):
        confirm(proposed(first, smile), person(role, smile))


def test_accept_after_the_inviter_lost_the_role_is_refused(smile):
    supervisor = person(Role.SUPERVISOR, smile)
    actions.invite_member(email="a@b.example", language="en", organisation=smile, role=Role.WORKER, by=supervisor)
    Membership.objects.filter(user=supervisor).delete()
    with pytest.raises(InvitationNotOpen):
        actions.accept_membership(Invitation.objects.get().membership, name="A", password=PASSWORD)


def test_second_person_is_refused_along_every_way_of_one_hand(smile):
    """Who invited whom, both ways, two of one inviter, and over two steps."""
    supervisor = person(Role.SUPERVISOR, smile)
    one, two = let_in(supervisor, smile, "one@x.example", Role.SUPERVISOR), let_in(supervisor, smile, "two@x.example")
    three = let_in(one, smile, "three@x.example")
    later()
    hand = [supervisor, one, two, three]
    faults = {
        second_person_fault(b, asker=a, roles=[Role.WORKER, Role.SUPERVISOR]) for a in hand for b in hand if a != b
    }
    assert faults == {SecondPersonFault.INVITED}


def test_second_person_is_refused_along_a_hand_whose_middle_has_left(smile, first, second):
    """A coordinator lets a supervisor in, who lets a worker in. Then the supervisor's role ends, and the worker is to
    look like somebody else's."""
    supervisor = let_in(first, smile, "middle@x.example", Role.SUPERVISOR)
    worker = let_in(supervisor, smile, "end@x.example")
    actions.withdraw_role(supervisor.memberships.get(), by=first)
    later()
    assert second_person_fault(worker, asker=first, roles=[Role.WORKER]) == SecondPersonFault.INVITED
    with pytest.raises(NotSecondPerson):
        actions.vouch_for(worker.memberships.get(), by=first)
    assert actions.vouch_for(worker.memberships.get(), by=second).confirmed_by == second


def test_second_person_may_be_whom_a_coordinator_has_confirmed(smile, first):
    supervisor = person(Role.SUPERVISOR, smile)
    worker = let_in(supervisor, smile, "one@x.example")
    actions.vouch_for(worker.memberships.get(), by=first)
    assert second_persons(asker=supervisor, roles=[Role.WORKER]) == [worker]


def test_vouch_by_whoever_has_invited_is_refused(smile, first):
    worker = let_in(first, smile, "one@x.example")
    with pytest.raises(NotSecondPerson):
        actions.vouch_for(worker.memberships.get(), by=first)


def test_languages_of_a_translator_grow_only_by_two(first, second):
    membership = person(Role.TRANSLATOR).memberships.get()
    assert not actions.change_languages(membership, ["en", "el"], by=first)
    membership.refresh_from_db()
    assert membership.languages == ["en"]
    confirm(Proposal.objects.get(), second)
    membership.refresh_from_db()
    assert membership.languages == ["el", "en"]
    assert actions.change_languages(membership, ["el"], by=first)


# --- Accounts of coordinators


def test_close_of_a_coordinator_waits_for_another_who_is_not_concerned(first, second):
    third = person(Role.COORDINATOR)
    assert not close_or_propose(second, is_open=False, by=first)
    second.refresh_from_db()
    assert second.is_active
    with pytest.raises(NotSecondPerson) as refusal:
        confirm(Proposal.objects.get(), second)
    assert refusal.value.fault == SecondPersonFault.CONCERNED
    confirm(Proposal.objects.get(), third)
    second.refresh_from_db()
    assert not second.is_active


def test_close_and_reopen_in_the_admin_wait_for_a_second_coordinator(first, second):
    """Finding 7: one coordinator locked out the superuser and a colleague."""
    superuser = person()
    User.objects.filter(pk=superuser.pk).update(is_superuser=True, is_staff=True)
    for other in (second, superuser):
        data = {"name": "Renamed", "language": "en"}
        browser_of(first).post(f"/en/admin/accounts/user/{other.pk}/change/", data)
        other.refresh_from_db()
        assert other.is_active
        assert other.name != "Renamed"
    assert Proposal.objects.open().count() == 2


def test_end_of_the_role_of_another_coordinator_waits_for_a_second(first, second):
    membership = second.memberships.get()
    browser_of(first).post(f"/en/admin/partners/membership/{membership.pk}/delete/", {"post": "yes"})
    assert Membership.objects.filter(pk=membership.pk).exists()
    confirm(Proposal.objects.get(), person(Role.COORDINATOR))
    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_close_of_a_worker_ends_sessions_and_is_logged(first, smile):
    worker = person(Role.WORKER, smile)
    browser = browser_of(worker)
    browser_of(first).post(f"/en/admin/accounts/user/{worker.pk}/change/", {})
    assert browser.get("/en/workspace/").status_code == 302
    assert Entry.objects.filter(action="account.closed", object=f"accounts.user:{worker.pk}").exists()


def test_close_account_on_the_shell_where_one_other_is_left(first, second):
    call_command("close_account", second.email, stdout=StringIO())
    second.refresh_from_db()
    assert not second.is_active
    assert Entry.objects.get(action="account.closed").actor == "system:close_account"


def test_close_account_on_the_shell_is_refused_where_two_others_are_left(first, second):
    person(Role.COORDINATOR)
    with pytest.raises(CommandError):
        call_command("close_account", second.email)


def test_close_account_on_the_shell_where_neither_of_two_others_can_confirm(smile, first, second):
    confirm(proposed(first, smile, Role.COORDINATOR, "third@partner.example"), second)
    actions.accept_membership(Invitation.objects.get().membership, name="Third", password=PASSWORD)
    call_command("close_account", second.email, stdout=StringIO())
    second.refresh_from_db()
    assert not second.is_active


# --- The first two coordinators


def test_invite_coordinator_prints_a_link_until_two_are_active(smile, first):
    printed = StringIO()
    call_command("invite_coordinator", "two@partner.example", "smile", stdout=printed)
    path = printed.getvalue().strip().removeprefix("http://testserver")
    assert visitor().post(path, FORM).status_code == 302
    assert second_persons(asker=first, roles=[Role.COORDINATOR])[0].email == "two@partner.example"
    with pytest.raises(CommandError):
        call_command("invite_coordinator", "three@partner.example", "smile")


def test_invitation_of_a_first_coordinator_closes_once_two_are_active(smile, first):
    system = System("invite_coordinator")
    given = {"language": "en", "organisation": smile, "by": system}
    path = actions.invite_first_coordinator(email="late@partner.example", **given)
    person(Role.COORDINATOR)
    assert visitor().post(path, FORM).status_code == 404
    with pytest.raises(EnoughCoordinators):
        actions.invite_first_coordinator(email="later@partner.example", **given)
