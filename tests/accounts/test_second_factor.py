"""Nobody who is logged in without a second factor sees anything but public pages and the set-up itself."""

from __future__ import annotations

import re
from itertools import product

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from model_bakery import baker

from partners.directory.models import Network
from partners.help_lines.models import HelpLine
from partners.memberships.models import ContactPoint, MembershipInvitation
from partners.memberships.states import Role
from tests.people import PASSWORD, SECRET, browser_of, current_code, organisation, person, visitor
from tests.routes import Route, routes
from tests.sampling import sampled
from victor.accounts.middleware import ENROLMENT
from victor.accounts.models import Invitation
from victor.accounts.rules import has_second_factor
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
METHODS = ["get", "post", "head", "options", "put", "delete"]
DAILY = [(Role.COORDINATOR, "get")]
LONG: list[tuple[Role, str]] = []  # the others are left to `make prove`


@pytest.fixture
def house() -> None:
    """One of everything that a route may lead to."""
    smile = organisation("smile")
    baker.make(HelpLine, pk=1, country=smile.country, number="1056", dial="1056", name_en="Line")
    baker.make(ContactPoint, organisation=smile)
    baker.make(Network, slug="seec", name_en="SEEC")
    baker.make(MembershipInvitation, pk=1, organisation=smile, role=Role.WORKER, invitation=baker.make(Invitation))
    baker.make(Message, recipient="person@partner.example", language="en")


def guarded() -> list[Route]:
    return [each for each in routes() if not (each.access and each.access.is_public) and each.name not in ENROLMENT]


@pytest.mark.parametrize(("role", "method"), sampled(product(Role, METHODS), daily=DAILY, long=LONG))
def test_without_a_factor_no_guarded_route_answers(house, role, method, figure):
    browser = browser_of(person(role, factor=False))
    addresses = [(each.name, each.address) for each in guarded()]
    entered = [name for name, address in addresses if getattr(browser, method)(address).status_code != 302]
    figure(f"guarded routes closed to a {role} without a second factor, by {method}", len(addresses), "")
    assert entered == []
    assert len(addresses) > 60


@pytest.mark.long
def test_without_a_factor_a_superuser_is_no_exception(house):
    user = person(factor=False)
    type(user).objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    answers = {browser_of(user).get(each.address)["Location"] for each in guarded()}
    assert answers == {reverse("mfa_index")}


@pytest.mark.long
def test_with_a_factor_the_same_routes_open(house):
    browser = browser_of(person(Role.COORDINATOR))
    entered = [each.name for each in guarded() if browser.get(each.address).status_code == 200]
    assert {"workspace:home", "partners:contacts", "admin:index", "admin:partners_organisation_changelist"} <= set(
        entered
    )


def test_a_route_outside_the_tree_is_closed_too():
    browser = browser_of(person(Role.COORDINATOR, factor=False))
    assert browser.get("/en/admin/nothing/at/all/").status_code == 302
    assert browser.get("/en/nothing/at/all/").status_code == 404


def test_recovery_codes_alone_are_no_factor():
    user = person(Role.WORKER, factor=False)
    RecoveryCodes.activate(user)
    assert not has_second_factor(user)
    assert browser_of(user).get(reverse("workspace:home")).status_code == 302


def test_enrolment_leads_into_the_workspace():
    user = person(Role.WORKER, factor=False)
    browser = browser_of(user)
    confirm = browser.get(reverse("mfa_activate_totp"))["Location"]
    assert confirm.startswith(reverse("account_reauthenticate"))
    browser.post(confirm, {"password": PASSWORD, "next": reverse("mfa_activate_totp")})
    assert "<svg" in browser.get(reverse("mfa_activate_totp")).content.decode()
    session = browser.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    shown = browser.post(reverse("mfa_activate_totp"), {"code": current_code()})
    assert shown["Location"] == reverse("mfa_view_recovery_codes")
    assert browser.get(reverse("workspace:home")).status_code == 200


def test_recovery_codes_are_shown_once():
    user = person(Role.WORKER)
    browser = browser_of(user)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    first = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    pages = [browser.get(reverse("mfa_view_recovery_codes")).content.decode() for _ in range(2)]
    assert [first in page for page in pages] == [True, False]
    assert browser.get(reverse("mfa_download_recovery_codes")).status_code == 403


def test_the_app_as_the_last_factor_stays():
    user = person(Role.WORKER)
    browser = browser_of(user)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.post(reverse("mfa_deactivate_totp"))
    assert has_second_factor(user)


@pytest.mark.parametrize(("other", "stays"), [(False, True), (True, False)])
def test_a_passkey_goes_only_where_another_factor_stays(other, stays):
    user = person(Role.WORKER, factor=False)
    passkey = baker.make(Authenticator, user=user, type="webauthn", data={"name": "Key", "credential": {}})
    if other:
        TOTP.activate(user, SECRET)
    browser = browser_of(user)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert Authenticator.objects.filter(pk=passkey.pk).exists() is stays


def test_somebody_elses_passkey_is_not_found():
    passkey = baker.make(Authenticator, user=person(), type="webauthn", data={"name": "Key", "credential": {}})
    browser = browser_of(person(Role.WORKER))
    assert browser.post(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code == 404


def test_a_passkey_asks_who_is_holding_it(settings):
    browser = browser_of(person(Role.WORKER))
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    options = browser.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"]["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    asked = visitor().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    assert asked["request_options"]["publicKey"]["userVerification"] == "required"


def test_code_of_the_second_factor_is_typed_in_digits(client):
    user = person()
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    shown = client.get("/en/accounts/2fa/authenticate/").content.decode()
    assert re.search(r'<input[^>]*name="code"[^>]*inputmode="numeric"', shown)
