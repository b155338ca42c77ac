"""From an invitation to the desk, in a real browser: both factors, the passkey, the coordination pages."""

from __future__ import annotations

import re
import time

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import SIZES, faults_of
from tests.journeys.browsing import follow
from tests.waiting import wait_until

PASSWORD = "a-lamp-in-the-doorway"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
INVITE = """
from partners.memberships.actions import invite_member
from partners.directory.models import Organisation
from victor.access import System
from victor.mail.emails import content_of
from victor.mail.models import Message
place = Organisation.objects.get(slug="smile-of-the-child")
invite_member(email="{email}", language="el", organisation=place, role="{role}", by=System("test"))
print(content_of(Message.objects.latest("pk")).text)
"""


@pytest.fixture
def invited(portal):
    """Invite an address; return the way in that stands in the mail."""

    def invite(email: str, role: str) -> str:
        mail = portal.manage("shell", "--no-imports", "-c", INVITE.format(email=email, role=role))
        return re.search(r"http://\S+/el/invitations/\S+", mail)[0]

    return invite


def within_reach(page: Page) -> None:
    assert faults_of(page) == []


def accept(page: Page, address: str) -> None:
    page.goto(address)
    within_reach(page)
    page.locator("input[name=name]").fill("Ευγενία")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("/el/accounts/2fa/$"))


def enrol_app(page: Page) -> str:
    """Set up an authenticator app as a person does; return its key."""
    page.goto("/el/accounts/2fa/totp/activate/")
    expect(page.locator(".qr svg path")).to_be_visible()
    key = page.locator(".qr__key code").inner_text()
    page.locator("input[name=code]").fill(current_code(key))
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("/el/accounts/2fa/recovery-codes/$"))
    expect(page.locator(".codes li")).to_have_count(10)
    within_reach(page)
    return key


def current_code(key: str) -> str:
    """A code that holds for some seconds yet: a new one is due every 30 seconds."""
    wait_until(lambda: time.time() % 30 < 26)
    return pyotp.TOTP(key).now()


def log_out(page: Page) -> None:
    page.locator(".account-menu summary").click()
    page.locator(".account-menu form button").click()
    expect(page).to_have_url(re.compile("/el/$"))


def enter_password(page: Page, email: str) -> None:
    page.goto("/el/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    follow(page.locator("main form.form button[type=submit]"))


def test_invited_person_sets_up_an_app_and_logs_in_with_it(watch, invited):
    watched = watch(viewport=SIZES["phone"])
    page, email = watched.page, "app@partner.example"
    accept(page, invited(email, "worker"))
    page.goto("/el/workspace/")
    expect(page).to_have_url(re.compile("/el/accounts/2fa/$"))
    key = enrol_app(page)
    page.goto("/el/workspace/")
    expect(page.locator(".account-menu__name")).to_contain_text("Ευγενία")
    log_out(page)
    enter_password(page, email)
    expect(page).to_have_url(re.compile("/el/accounts/2fa/authenticate/$"))
    within_reach(page)
    page.locator("input[name=code]").fill(current_code(key))
    page.locator("main form.form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/el/workspace/$"))
    assert watched.faults == []


def test_coordinator_sets_up_a_passkey_and_logs_in_with_it_alone(watch, invited):
    watched = watch()
    page = watched.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    accept(page, invited("passkey@partner.example", "coordinator"))
    page.goto("/el/accounts/2fa/webauthn/add/")
    page.locator("#mfa_webauthn_add").click()
    expect(page).to_have_url(re.compile("/el/accounts/2fa/recovery-codes/$"))
    page.goto("/el/workspace/")
    log_out(page)
    page.goto("/el/accounts/login/?next=/el/admin/")
    page.locator("#passkey_login").click()
    expect(page).to_have_url(re.compile("^[^?]+/el/admin/$"))
    expect(page.locator("#site-name")).to_be_visible()
    assert watched.faults == []


@pytest.mark.long
def test_passkey_takes_the_place_of_the_app_after_the_password(watch, invited):
    watched = watch()
    page, email = watched.page, "both@partner.example"
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    accept(page, invited(email, "worker"))
    page.goto("/el/accounts/2fa/webauthn/add/")
    page.locator("input[name=passwordless]").uncheck()
    page.locator("#mfa_webauthn_add").click()
    expect(page).to_have_url(re.compile("/el/accounts/2fa/recovery-codes/$"))
    page.goto("/el/workspace/")
    log_out(page)
    enter_password(page, email)
    page.locator("#mfa_webauthn_authenticate").click()
    expect(page).to_have_url(re.compile("/el/workspace/$"))
    assert watched.faults == []


def test_passkey_that_is_refused_is_told_in_words(watch):
    page = watch().page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto("/en/accounts/login/")
    page.locator("#passkey_login").click()
    expect(page.get_by_role("alert")).to_contain_text("did not work")


@pytest.mark.long
def test_log_in_works_without_scripts(watch, invited):
    page, email = watch().page, "plain@partner.example"
    accept(page, invited(email, "worker"))
    key = enrol_app(page)
    plain = watch(java_script_enabled=False).page
    enter_password(plain, email)
    plain.locator("input[name=code]").fill(current_code(key))
    plain.locator("main form.form button[type=submit]").first.click()
    expect(plain).to_have_url(re.compile("/el/workspace/$"))
