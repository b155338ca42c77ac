"""A password is hashed before anything is locked, and an invitation is rendered when it is sent."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from partners.memberships.actions import accept_membership, invite_member
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.free_rows import rows_free_before, rows_free_while_rendering
from tests.people import PASSWORD, organisation
from victor.access import System
from victor.accounts.models import Invitation, User
from victor.mail.tasks import send_due

pytestmark = pytest.mark.django_db(transaction=True)


def invite() -> None:
    """Invite the same person, which revokes an open invitation."""
    invite_member(
        email="new@partner.example", language="el", organisation=organisation("smile"), role=Role.WORKER, by=System("t")
    )


def test_accept_hashes_the_password_while_all_rows_are_free():
    invite()
    invitation = organisation("smile").invitations.get()
    with rows_free_before("Argon2", Invitation.objects.all()) as free:
        accept_membership(invitation, name="Ana", password=PASSWORD)
    assert free == [True]


@pytest.mark.long
def test_load_demo_accounts_hashes_each_password_while_the_log_is_free():
    call_command("load_partnership", verbosity=0)
    with rows_free_before("Argon2", User.objects.all()) as free:
        call_command("load_demo_accounts")
    assert free == [True] * Membership.objects.count()


def test_invitation_is_rendered_while_all_rows_are_free(sink):
    invite()
    send_due()
    with rows_free_while_rendering(Invitation.objects.all()) as free:
        invite()
        send_due()
    assert free
    assert all(free)
    assert sink.recipients == ["new@partner.example"] * 2
