from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from model_bakery import baker

from partners.directory.models import Country, Organisation
from partners.help_lines import actions as help_lines_actions
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Confidence
from partners.memberships import actions as memberships_actions
from partners.memberships.models import Membership
from partners.memberships.states import Role
from victor.access import System
from victor.accounts.actions import create_user
from victor.accounts.errors import AlreadyHasAccount, InvitationNotOpen
from victor.accounts.models import Invitation, User
from victor.audit.models import Entry
from victor.mail.emails import content_of
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
SYSTEM = System("test")
PASSWORD = "a-lamp-in-the-doorway"


@pytest.fixture
def organisation() -> Organisation:
    country = baker.make(Country, code="GR", name_en="Greece", time_zone="Europe/Athens")
    return baker.make(
        Organisation, country=country, slug="smile", name_en="The Smile", name_el="Το Χαμόγελο", city_en="Athens"
    )


def person(organisation: Organisation, role: Role, email: str = "person@partner.example") -> User:
    user = create_user(email=email, name="Person", language="en", password=PASSWORD)
    memberships_actions.grant_role(user, organisation=organisation, role=role, by=SYSTEM)
    return user


def line(organisation: Organisation) -> HelpLine:
    return baker.make(HelpLine, country=organisation.country, name_en="Line", dial="1056", number="1056")


def invite(organisation: Organisation, by: User | System, role: Role = Role.WORKER) -> str:
    """Invite, and return the token from the mail."""
    memberships_actions.invite_member(
        email="New@partner.example", language="el", organisation=organisation, role=role, by=by
    )
    return re.search(r"/el/invitations/([\w-]+)/", content_of(Message.objects.latest("pk")).text)[1]


def test_confirm_help_line_notes_who_and_when(organisation, at):
    at(NOON)
    coordinator = person(organisation, Role.COORDINATOR)
    confirmed = help_lines_actions.confirm_help_line(line(organisation), by=coordinator)
    assert confirmed.checked_by == coordinator
    assert confirmed.last_checked == NOON.date()
    assert confirmed.confidence == Confidence.HIGH
    assert Entry.objects.filter(action="help_line.confirmed").count() == 1


def test_confirm_help_line_by_a_worker_is_refused(organisation):
    with pytest.raises(PermissionDenied):
        help_lines_actions.confirm_help_line(line(organisation), by=person(organisation, Role.WORKER))


def test_invite_member_sends_a_token_and_keeps_only_its_hash(organisation):
    token = invite(organisation, SYSTEM)
    invitation = Invitation.objects.get()
    assert invitation.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert invitation.email == "new@partner.example"
    assert Message.objects.get().language == "el"
    assert "Το Χαμόγελο" in content_of(Message.objects.get()).text


def test_invite_member_by_a_supervisor_holds_for_the_own_organisation_only(organisation):
    supervisor = person(organisation, Role.SUPERVISOR)
    elsewhere = baker.make(Organisation, country=organisation.country, slug="b", name_en="B", city_en="Sofia")
    invite(organisation, supervisor)
    with pytest.raises(PermissionDenied):
        invite(elsewhere, supervisor)


def test_invite_member_as_coordinator_by_a_supervisor_is_refused(organisation):
    with pytest.raises(PermissionDenied):
        invite(organisation, person(organisation, Role.SUPERVISOR), role=Role.COORDINATOR)


def test_invite_member_with_an_account_is_refused(organisation):
    person(organisation, Role.WORKER, email="new@partner.example")
    with pytest.raises(AlreadyHasAccount):
        invite(organisation, SYSTEM)


def test_invite_member_again_withdraws_the_first_invitation(organisation):
    invite(organisation, SYSTEM)
    invite(organisation, SYSTEM)
    assert [each.is_open for each in Invitation.objects.order_by("pk")] == [False, True]


def test_join_gives_the_account_its_place(organisation):
    invite(organisation, SYSTEM, role=Role.COORDINATOR)
    user = memberships_actions.accept_membership(organisation.invitations.get(), name="Νέα", password=PASSWORD)
    assert list(Membership.objects.values_list("user", "role")) == [(user.pk, "coordinator")]
    assert user.is_staff
    assert user.language == "el"
    assert user.check_password(PASSWORD)
    assert user.emailaddress_set.get().verified


def test_join_twice_is_refused(organisation):
    invite(organisation, SYSTEM)
    offer = organisation.invitations.get()
    memberships_actions.accept_membership(offer, name="A", password=PASSWORD)
    with pytest.raises(InvitationNotOpen):
        memberships_actions.accept_membership(offer, name="B", password=PASSWORD)


def test_join_after_seven_days_is_refused(organisation):
    invite(organisation, SYSTEM)
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(InvitationNotOpen):
        memberships_actions.accept_membership(organisation.invitations.get(), name="A", password=PASSWORD)


def test_revoke_invitation_closes_it(organisation):
    invite(organisation, SYSTEM)
    offer = organisation.invitations.get()
    memberships_actions.revoke_invitation(offer, by=person(organisation, Role.SUPERVISOR))
    with pytest.raises(InvitationNotOpen):
        memberships_actions.accept_membership(offer, name="A", password=PASSWORD)


def test_withdraw_the_last_coordinating_role_closes_the_admin(organisation):
    user = person(organisation, Role.COORDINATOR)
    other = person(organisation, Role.COORDINATOR, email="other@partner.example")
    memberships_actions.withdraw_role(user.memberships.get(), by=other)
    user.refresh_from_db()
    assert not user.is_staff
    assert user.memberships.count() == 0


def test_supervisor_ends_the_role_of_a_worker_of_the_same_organisation_alone(organisation):
    supervisor = person(organisation, Role.SUPERVISOR, "supervisor@partner.example")
    elsewhere = baker.make(Organisation, country=organisation.country, slug="lamp", name_en="The Lamp")
    worker, trainer = (person(organisation, role, f"{role}@partner.example") for role in (Role.WORKER, Role.TRAINER))
    stranger = person(elsewhere, Role.WORKER, "stranger@partner.example")
    for other in (trainer, stranger, supervisor):
        with pytest.raises(PermissionDenied):
            memberships_actions.withdraw_role(other.memberships.get(), by=supervisor)
    memberships_actions.withdraw_role(worker.memberships.get(), by=supervisor)
    assert not worker.memberships.exists()
