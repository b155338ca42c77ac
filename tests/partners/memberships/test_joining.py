"""The way in for somebody who was invited: once, for seven days, and for nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.memberships.actions import invite_member, revoke_invitation
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.connections import call_at_once
from tests.people import PASSWORD, browser_of, link_in_mail, organisation, person, visitor
from victor.access import System
from victor.accounts.models import Invitation, User

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
FORM = {"name": "Ευγενία", "password": PASSWORD, "repeated": PASSWORD}


def invited(role: Role = Role.WORKER) -> str:
    """Invite somebody; return the address in the mail."""
    place = organisation("smile", name_en="The Smile", name_el="Το Χαμόγελο")
    invite_member(email="new@partner.example", language="el", organisation=place, role=role, by=System("test"))
    return link_in_mail(r"/el/invitations/[\w-]+/")


def closed_page(address: str) -> str:
    answer = visitor().get(address)
    assert answer.status_code == 404
    return answer.content.decode().replace(address.split("/")[-2], "TOKEN")


def test_accept_shows_who_invites_whom_and_where():
    page = visitor().get(invited()).content.decode()
    assert all(text in page for text in ('<html lang="el">', "Το Χαμόγελο", "new@partner.example"))


def test_accept_makes_the_account_and_leads_to_the_second_factor():
    browser = visitor()
    answer = browser.post(invited(), FORM, follow=True)
    user = User.objects.get(email="new@partner.example")
    assert user.name == "Ευγενία"
    assert user.language == "el"
    assert not user.is_staff
    assert Membership.objects.get(user=user).role == Role.WORKER
    assert answer.redirect_chain == [("/el/accounts/2fa/", 302)]
    assert browser.get("/el/workspace/")["Location"] == "/el/accounts/2fa/"


def test_accept_spares_the_password_in_the_set_up_that_follows():
    browser = visitor()
    browser.post(invited(), FORM)
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 200


def test_accept_by_a_coordinator_opens_the_coordination_pages():
    visitor().post(invited(Role.COORDINATOR), FORM)
    assert User.objects.get(email="new@partner.example").is_staff


def test_accept_leaves_the_account_of_whoever_used_the_browser_before():
    browser = browser_of(person(Role.COORDINATOR))
    browser.post(invited(), FORM)
    assert browser.session["_auth_user_id"] == str(User.objects.get(email="new@partner.example").pk)
    assert browser.get("/en/admin/").status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [{"repeated": "another-sentence"}, {"password": "short", "repeated": "short"}, {"name": ""}, {"password": ""}],
)
def test_accept_keeps_the_name_that_was_typed_and_never_the_password(wrong):
    form = FORM | wrong
    answer = visitor().post(invited(), form)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert form["name"] in page
    assert PASSWORD not in page
    assert not User.objects.filter(email="new@partner.example").exists()


def test_closed_invitations_cannot_be_told_apart():
    unknown = closed_page("/el/invitations/there-is-no-such-token/")
    used = invited()
    visitor().post(used, FORM)
    pages = {unknown, closed_page(used)}
    User.objects.all().delete()
    expired = invited()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    pages.add(closed_page(expired))
    assert len(pages) == 1


def test_accept_after_it_was_withdrawn_is_refused():
    address = invited()
    revoke_invitation(Invitation.objects.get().membership, by=person(Role.COORDINATOR))
    assert visitor().post(address, FORM).status_code == 404


def test_accept_works_for_seven_days(at):
    at(NOON)
    address = invited()
    assert Invitation.objects.get().expires_at == NOON + timedelta(days=7)
    at(NOON + timedelta(days=7, seconds=-1))
    assert visitor().get(address).status_code == 200


def test_accept_refuses_another_method():
    assert visitor().put(invited()).status_code == 405


def test_accept_is_not_kept_by_the_browser_and_tells_no_other_site():
    answer = visitor().get(invited())
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db(transaction=True)
def test_accept_twice_at_once_makes_one_account(figure):
    address = invited()

    def accept(number: int) -> int:
        return visitor().post(address, FORM | {"name": f"Person {number}"}).status_code

    answers = call_at_once(accept, range(8))
    figure("accounts from one invitation accepted eight times at once", User.objects.count())
    assert answers.count(302) == 1
    assert User.objects.count() == Membership.objects.count() == 1
