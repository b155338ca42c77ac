"""Findings 20 and 21: nobody locks somebody else's account, and a reset of a password tells nothing by its work."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.memberships.states import Role
from tests.people import PASSWORD, current_code, person, visitor
from victor.accounts.models import PasswordReset
from victor.accounts.periodic import send_password_resets
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
LOGIN = "/en/accounts/login/"
LOCKED = "Too many failed login attempts"


def log_in(browser, email: str, password: str = PASSWORD):
    return browser.post(LOGIN, {"login": email, "password": password})


def test_wrong_passwords_lock_the_place_they_come_from():
    user, attacker = person(Role.WORKER), visitor()
    answers = [log_in(attacker, user.email, "wrong").content.decode() for _ in range(6)]
    assert LOCKED in answers[-1]
    assert LOCKED in log_in(attacker, user.email).content.decode()


def test_wrong_passwords_from_elsewhere_lock_nobody():
    user = person(Role.WORKER)
    for _ in range(4):
        attacker = visitor()
        for _ in range(6):
            log_in(attacker, user.email, "wrong")
    assert log_in(visitor(), user.email)["Location"] == reverse("mfa_authenticate")


def test_wrong_codes_from_elsewhere_lock_nobody():
    user, wrong = person(Role.WORKER), "000000" if current_code() != "000000" else "111111"
    attacker = visitor()
    log_in(attacker, user.email)
    answers = [attacker.post(reverse("mfa_authenticate"), {"code": wrong}).content.decode() for _ in range(7)]
    assert LOCKED in answers[-1]
    owner = visitor()
    log_in(owner, user.email)
    assert owner.post(reverse("mfa_authenticate"), {"code": current_code()}).status_code == 302


def test_wrong_codes_do_not_shut_out_a_passkey_of_the_same_place():
    user, wrong = person(Role.WORKER), "000000" if current_code() != "000000" else "111111"
    browser = visitor()
    log_in(browser, user.email)
    for _ in range(7):
        browser.post(reverse("mfa_authenticate"), {"code": wrong})
    answer = browser.post(reverse("mfa_authenticate"), {"credential": "{}"})
    assert "credential" in answer.context["webauthn_form"].errors
    assert LOCKED not in str(answer.context["webauthn_form"].errors)


def reset(email: str) -> list[str]:
    """What the database is asked for when a new password is asked for."""
    browser = visitor()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.post(reverse("account_reset_password"), {"email": email}).status_code == 302
    return [query["sql"].split()[0] for query in captured.captured_queries]


def test_reset_does_the_same_work_for_known_and_unknown_addresses():
    user = person(Role.WORKER)
    known, unknown = reset(user.email), reset("nobody@partner.example")
    assert known.count("INSERT") == unknown.count("INSERT") == 1
    assert abs(len(known) - len(unknown)) <= 2  # an account is loaded, and nothing is written or rendered


def test_reset_writes_no_email_before_the_worker_does():
    user = person(Role.WORKER)
    reset(user.email)
    reset("nobody@partner.example")
    assert not Message.objects.exists()
    assert send_password_resets() == 1
    assert Message.objects.get().recipient == user.email
    assert not PasswordReset.objects.exists()


def test_reset_of_an_unknown_address_stores_none():
    reset("nobody@partner.example")
    assert list(PasswordReset.objects.values_list("user", "email")) == [(None, "")]


@pytest.mark.parametrize("language", ["en", "el"])
def test_reset_mail_is_in_the_persons_language_and_leads_to_the_site(language):
    user = person(Role.WORKER, language=language)
    reset(user.email)
    send_password_resets()
    assert f"http://testserver/{language}/accounts/password/reset/key/" in Message.objects.get().text
