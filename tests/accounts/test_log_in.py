"""Logging in: with both factors, within limits, without telling who has an account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from django.urls import reverse
from django.utils.cache import has_vary_header

from partners.memberships.states import Role
from tests.people import PASSWORD, browser_of, current_code, link_in_mail, person, visitor
from victor.accounts.periodic import send_password_resets
from victor.audit.models import Entry
from victor.mail.models import Message

pytestmark = pytest.mark.django_db
LOGIN = "/en/accounts/login/"
START_OF_STEP = datetime(2030, 1, 1, tzinfo=UTC)  # of a code that an app shows for thirty seconds


def log_in(browser, email: str, password: str = PASSWORD):
    return browser.post(LOGIN, {"login": email, "password": password})


@pytest.mark.parametrize("address", ["/en/", "/uk/search/?q=lamp", "/healthz", "/robots.txt", "/en/no-such-page/"])
def test_public_page_reads_no_session(address):
    assert not has_vary_header(visitor().get(address), "Cookie")


def test_page_of_the_workspace_sends_a_visitor_to_the_log_in_page():
    answer = visitor().get(reverse("workspace:home"))
    assert answer["Location"] == f"{LOGIN}?next=/en/workspace/"


def test_log_in_asks_for_the_second_factor_before_anything_else():
    user = person(Role.WORKER)
    browser = visitor()
    assert log_in(browser, user.email)["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in browser.session
    assert browser.get(reverse("workspace:home"))["Location"].startswith(LOGIN)
    browser.post(reverse("mfa_authenticate"), {"code": current_code()})
    assert browser.get(reverse("workspace:home")).status_code == 200


def test_log_in_with_a_wrong_code_stays_outside():
    user = person(Role.WORKER)
    browser = visitor()
    log_in(browser, user.email)
    answer = browser.post(reverse("mfa_authenticate"), {"code": "000000" if current_code() != "000000" else "111111"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(("seconds", "entered"), [(-61, False), (-30, True), (30, True), (61, False)])
def test_log_in_with_a_code_of_a_clock_that_differs_works_for_one_step(seconds, entered):
    user = person(Role.WORKER)
    with time_machine.travel(START_OF_STEP, tick=False) as clock:
        browser = visitor()
        log_in(browser, user.email)
        code = current_code()
        clock.shift(timedelta(seconds=seconds))
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in browser.session) is entered


@pytest.mark.parametrize("seconds", [0, 29, 31])
def test_log_in_with_a_code_that_was_given_before_is_refused(seconds):
    user = person(Role.WORKER)
    entered = []
    with time_machine.travel(START_OF_STEP, tick=False) as clock:
        code = current_code()
        for written in (code, f"{code[:3]} {code[3:]}"):
            browser = visitor()
            log_in(browser, user.email)
            browser.post(reverse("mfa_authenticate"), {"code": written})
            entered.append("_auth_user_id" in browser.session)
            clock.shift(timedelta(seconds=seconds))
    assert entered == [True, False]


def test_log_in_with_a_recovery_code_works_once():
    user = person(Role.WORKER)
    recovery = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    entered = []
    for _ in range(2):
        browser = visitor()
        log_in(browser, user.email)
        browser.post(reverse("mfa_authenticate"), {"code": recovery})
        entered.append("_auth_user_id" in browser.session)
    assert entered == [True, False]


@pytest.mark.parametrize("language", ["en", "hu", "sr-latn"])
def test_log_in_keeps_the_language_of_its_page(language):
    user = person(Role.WORKER, language="el")
    browser = visitor()
    answer = browser.post(f"/{language}/accounts/login/", {"login": user.email, "password": PASSWORD})
    entered = browser.post(answer["Location"], {"code": current_code()})
    assert entered["Location"] == f"/{language}/workspace/"


def test_log_in_leads_where_the_person_was_going():
    user = person(Role.WORKER)
    browser = visitor()
    address = browser.get("/en/workspace/contacts/")["Location"]
    browser.post(address, {"login": user.email, "password": PASSWORD, "next": "/en/workspace/contacts/"})
    assert browser.post(reverse("mfa_authenticate"), {"code": current_code()})["Location"] == "/en/workspace/contacts/"


def test_log_in_of_a_closed_account_is_refused():
    user = person(Role.WORKER)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    browser = visitor()
    log_in(browser, user.email)
    assert "_auth_user_id" not in browser.session


def test_log_in_is_limited_in_a_cache_that_all_processes_share():
    user = person(Role.WORKER)
    browser = visitor()
    answers = [log_in(browser, user.email, "wrong").content.decode() for _ in range(6)]
    assert "not correct" in answers[0]
    assert "Too many failed login attempts" in answers[-1]
    assert isinstance(caches["default"], RedisCache)
    same_place = visitor()
    same_place.defaults["REMOTE_ADDR"] = browser.defaults["REMOTE_ADDR"]
    assert "Too many failed login attempts" in log_in(same_place, user.email).content.decode()


def test_log_in_says_the_same_of_unknown_and_known_addresses():
    user = person(Role.WORKER)
    known = log_in(visitor(), user.email, "wrong")
    unknown = log_in(visitor(), "nobody@partner.example", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_reset_says_the_same_of_unknown_and_known_addresses():
    user = person(Role.WORKER)
    asked = [
        visitor().post(reverse("account_reset_password"), {"email": each}) for each in (user.email, "no@no.example")
    ]
    assert asked[0].status_code == asked[1].status_code == 302
    assert asked[0]["Location"] == asked[1]["Location"]
    send_password_resets()
    assert [message.recipient for message in Message.objects.all()] == [user.email]


def test_reset_does_not_go_around_the_second_factor():
    user = person(Role.WORKER)
    browser = visitor()
    browser.post(reverse("account_reset_password"), {"email": user.email})
    send_password_resets()
    form = browser.get(link_in_mail("/en/accounts/password/reset/key/[^/]+/"))["Location"]
    chosen = {"password1": "a-bridge-between-shores", "password2": "a-bridge-between-shores"}
    assert browser.post(form, chosen).status_code == 302
    assert "_auth_user_id" not in browser.session
    assert log_in(browser, user.email, "a-bridge-between-shores")["Location"] == reverse("mfa_authenticate")


def test_sign_up_is_closed():
    browser = visitor()
    form = {"email": "new@partner.example", "password1": PASSWORD, "password2": PASSWORD}
    answers = [browser.get("/en/accounts/signup/"), browser.post("/en/accounts/signup/", form)]
    assert all("closed" in answer.content.decode() for answer in answers)
    assert not Message.objects.exists()


def test_change_of_password_ends_the_other_sessions():
    user = person(Role.WORKER)
    here, there = browser_of(user), browser_of(user)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    new = "a-bridge-between-shores"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert there.get(reverse("workspace:home")).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_change_of_password_and_of_factors_is_told_and_kept_in_the_log():
    user = person(Role.WORKER)
    browser = browser_of(user)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.post(reverse("mfa_generate_recovery_codes"))
    new = "a-bridge-between-shores"
    browser.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    expected = {"account.recovery_codes_generated", "account.password_changed"}
    assert expected <= set(Entry.objects.filter(actor=f"accounts.user:{user.pk}").values_list("action", flat=True))
    assert Message.objects.filter(recipient=user.email).count() == 2


def test_too_many_requests_are_answered_with_a_page_of_ours():
    browser = visitor()
    answers = [browser.post(reverse("account_reset_password"), {"email": f"no{n}@no.example"}) for n in range(21)]
    assert answers[-1].status_code == 429
    assert "Please wait a moment" in answers[-1].content.decode()


def test_sessions_are_listed_and_ended():
    user = person(Role.WORKER)
    browsers = [visitor(), visitor()]
    proofs = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    for browser, proof in zip(browsers, proofs, strict=False):
        log_in(browser, user.email)
        browser.post(reverse("mfa_authenticate"), {"code": proof})
    assert browsers[0].get(reverse("usersessions_list")).context["session_count"] == 2
    browsers[0].post(reverse("usersessions_list"))
    assert browsers[0].get(reverse("workspace:home")).status_code == 200
    assert browsers[1].get(reverse("workspace:home")).status_code == 302


def test_pages_of_the_logged_in_are_not_kept_by_the_browser():
    browser = browser_of(person(Role.WORKER))
    for address in ("/en/workspace/", "/en/accounts/email/", "/en/accounts/sessions/"):
        assert "no-store" in browser.get(address)["Cache-Control"]


def test_the_admins_own_log_in_leads_to_the_sites():
    answer = visitor().get("/en/admin/partners/organisation/", follow=True)
    assert answer.redirect_chain == [(f"{LOGIN}?next=/en/admin/partners/organisation/", 302)]


def test_the_admins_own_pages_for_passwords_and_leaving_are_the_sites():
    browser = browser_of(person(Role.COORDINATOR))
    assert browser.get("/en/admin/password_change/").status_code == 404
    assert browser.get("/en/admin/logout/")["Location"] == reverse("account_logout")


def test_the_admin_refuses_whoever_does_not_coordinate():
    answer = browser_of(person(Role.SUPERVISOR)).get("/en/admin/", follow=True)
    assert answer.status_code == 403
