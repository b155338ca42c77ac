"""Accounts of the demo: one a role, printed on request, never outside a demo."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.bundled import with_partnership
from tests.people import visitor
from victor.accounts import demo
from victor.accounts.models import User

pytestmark = [pytest.mark.django_db, with_partnership]
SECOND_DESK = ("worker-bg", "supervisor-bg")


@pytest.fixture
def loaded() -> None:
    call_command("load_demo_accounts")


def printed() -> dict[str, tuple[str, str]]:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return {
        email: (password, code) for email, password, code in re.findall(r"(\S+@\S+) +(\S+) +(\d{6})", out.getvalue())
    }


def test_load_demo_accounts_makes_one_for_each_role(loaded):
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role)
    names = {*Role, *SECOND_DESK}
    assert {user.email for user in demo.demo_accounts()} == {f"{name}@demo.victor.example" for name in names}
    assert Authenticator.objects.filter(type="recovery_codes").count() == len(names)


def test_load_demo_accounts_twice_changes_nothing(loaded):
    before = list(Authenticator.objects.order_by("pk").values("pk", "data"))
    passwords = list(User.objects.order_by("pk").values_list("password", flat=True))
    call_command("load_demo_accounts")
    assert list(Authenticator.objects.order_by("pk").values("pk", "data")) == before
    assert list(User.objects.order_by("pk").values_list("password", flat=True)) == passwords
    assert Membership.objects.count() == len(Role) + len(SECOND_DESK)


def test_load_demo_accounts_brings_a_changed_password_back(loaded):
    user = demo.demo_accounts().first()
    user.set_password("something-else-entirely")
    user.save()
    call_command("load_demo_accounts")
    user.refresh_from_db()
    assert user.check_password(demo.password_of(user.email))


@pytest.mark.parametrize("role", Role)
def test_demo_accounts_prints_what_lets_one_in(loaded, role):
    email = f"{role}@demo.victor.example"
    password, _ = printed()[email]
    browser = visitor()
    browser.post(reverse("account_login"), {"login": email, "password": password})
    answer = browser.post(reverse("mfa_authenticate"), {"code": printed()[email][1]})
    assert answer["Location"] == "/en/workspace/"  # the language of the log-in page


def test_passwords_are_functions_of_the_installations_secret(settings):
    here = demo.password_of("worker@demo.victor.example")
    settings.SECRET_KEY = "another-secret-" * 5
    assert demo.password_of("worker@demo.victor.example") != here


@pytest.mark.parametrize("command", ["load_demo_accounts", "demo_accounts", "load_demo_desk"])
def test_outside_a_demo_every_command_refuses(loaded, settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO is not set"):
        call_command(command)


@pytest.mark.loaded()
def test_load_demo_accounts_without_the_partnership_makes_none():
    with pytest.raises(CommandError):
        call_command("load_demo_accounts")
    assert not User.objects.exists()
