"""Finding 14: the audit log knows log-ins, failures, lock-outs, log-outs, ended sessions and refusals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse
from django.utils import timezone

from partners.memberships.states import Role
from tests.people import PASSWORD, browser_of, current_code, person, visitor
from victor.accounts.models import User
from victor.audit.models import Entry, EventCount
from victor.audit.periodic import record_hourly_counts

pytestmark = pytest.mark.django_db
LOGIN = "/en/accounts/login/"


@pytest.fixture
def worker() -> User:
    return person(Role.WORKER)


def log_in(browser, email: str, password: str = PASSWORD):
    return browser.post(LOGIN, {"login": email, "password": password})


def actions_of(user: User) -> list[str]:
    return list(Entry.objects.filter(object=f"accounts.user:{user.pk}").values_list("action", flat=True))


def test_log_in_and_log_out_are_recorded(worker):
    browser = visitor()
    log_in(browser, worker.email)
    assert "account.logged_in" not in actions_of(worker)
    browser.post(reverse("mfa_authenticate"), {"code": current_code()})
    browser.post(reverse("account_logout"))
    assert actions_of(worker)[-2:] == ["account.logged_in", "account.logged_out"]


def test_wrong_password_is_recorded_with_the_account_and_no_address(worker):
    log_in(visitor(), worker.email, "wrong")
    entry = Entry.objects.get(action="account.login_failed")
    assert entry.object == f"accounts.user:{worker.pk}"
    assert worker.email not in entry.details


def test_wrong_password_of_an_unknown_address_is_recorded_without_it():
    log_in(visitor(), "nobody@partner.example", "wrong")
    entry = Entry.objects.get(action="account.login_failed")
    assert entry.object == "accounts.user:unknown"
    assert "nobody" not in entry.details


def test_wrong_second_factor_is_recorded(worker):
    browser = visitor()
    log_in(browser, worker.email)
    browser.post(reverse("mfa_authenticate"), {"code": "000000" if current_code() != "000000" else "111111"})
    assert '"second"' in Entry.objects.get(action="account.login_failed").details


def test_lock_out_is_recorded(worker):
    browser = visitor()
    for _ in range(7):
        log_in(browser, worker.email, "wrong")
    assert actions_of(worker).count("account.locked") == 1


def test_refused_page_is_recorded(worker):
    assert browser_of(worker).get("/en/workspace/invitations/").status_code == 403
    entry = Entry.objects.get(action="access.refused")
    assert entry.actor == f"accounts.user:{worker.pk}"
    assert "partners:invitations" in entry.details


def test_ended_sessions_are_recorded(worker, at):
    here, there, began = visitor(), visitor(), timezone.now()
    for minutes, browser in enumerate((here, there)):
        at(began + timedelta(minutes=minutes))  # a code counts once
        log_in(browser, worker.email)
        browser.post(reverse("mfa_authenticate"), {"code": current_code()})
        browser.get(reverse("workspace:home"))
    assert UserSession.objects.filter(user=worker).exists()
    here.post(reverse("usersessions_list"))
    assert "account.sessions_ended" in actions_of(worker)


def test_flood_of_failures_does_not_fill_the_log(worker, at):
    """Two entries an hour and account: the first time at once, the others as one number when the hour is over."""
    began = timezone.now().replace(minute=5)
    at(began)
    for _ in range(30):
        log_in(visitor(), worker.email, "wrong")
    assert actions_of(worker).count("account.login_failed") == 1
    assert record_hourly_counts() == 0
    at(began + timedelta(hours=1))
    assert record_hourly_counts() == 1
    assert '"number": 29' in Entry.objects.get(action="account.login_failed.more").details
    assert not EventCount.objects.exists()
