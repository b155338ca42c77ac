"""The browser keeps this site apart from others, and forgets it when somebody logs out or leaves (finding 28)."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone

from partners.memberships.states import Role
from tests.people import browser_of, organisation, person, visitor
from tests.plugins.production import manage

pytestmark = pytest.mark.django_db
NAMES = "import json; from django.conf import settings as s; from victor.vault.passphrases.middleware import COOKIE; "
NAMES += "print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, COOKIE, s.SESSION_COOKIE_PATH, "
NAMES += "s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE]))"


def in_production() -> list[object]:
    done: subprocess.CompletedProcess[str] = manage("shell", "--no-imports", "-c", NAMES)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_start_in_production_names_cookies_that_no_other_host_can_set():
    """Finding 28: with the prefix a browser demands HTTPS, the path `/` and no domain."""
    *names, path, domain, session_secure, csrf_secure = in_production()
    assert names == ["__Host-sessionid", "__Host-csrftoken", "__Host-vault"]
    assert path == "/"
    assert domain is None
    assert session_secure
    assert csrf_secure


@pytest.mark.parametrize(
    "address", ["/en/", "/healthz", "/robots.txt", "/en/no-such-page/", "/sitemap.xml", "/en/accounts/login/"]
)
def test_any_answer_says_that_no_other_site_loads_it(address):
    """Finding 28."""
    assert visitor().get(address).headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_log_out_lets_the_browser_delete_what_it_has_stored():
    """Finding 28."""
    browser = browser_of(person(Role.WORKER, organisation("smile")))
    browser.get("/en/workspace/")
    answer = browser.post("/en/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_session_that_ends_by_the_clock_lets_the_browser_delete_what_it_has_stored(at):
    """Findings 16 and 28."""
    browser = browser_of(person(Role.WORKER, organisation("smile")))
    browser.get("/en/workspace/")
    at(timezone.now() + timedelta(hours=11, minutes=50))
    session = browser.session
    session["used"] = True
    session.save()
    at(timezone.now() + timedelta(minutes=11))
    assert "Clear-Site-Data" in browser.get("/en/").headers


def test_page_of_somebody_who_stays_deletes_nothing():
    browser = browser_of(person(Role.WORKER, organisation("smile")))
    assert "Clear-Site-Data" not in browser.get("/en/workspace/").headers


def test_quick_exit_lets_the_browser_delete_all_of_this_site():
    """Finding 28."""
    answer = visitor().post("/leave", HTTP_SEC_FETCH_SITE="same-origin")
    assert answer.status_code == 204
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_quick_exit_that_another_site_asks_for_deletes_nothing(site):
    """Otherwise any page could log a colleague out."""
    assert "Clear-Site-Data" not in visitor().post("/leave", HTTP_SEC_FETCH_SITE=site).headers


def test_every_page_names_where_the_quick_exit_asks():
    assert b'data-quick-exit="/leave"' in visitor().get("/en/").content
