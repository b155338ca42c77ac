"""A passkey opens the vault with one touch; where it gives no secret the page says so. Both ways back still work."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import SIZES, faults_of
from tests.journeys.browsing import follow
from tests.journeys.test_sign_in import KEY
from tests.people import current_code
from tests.vault.people import PASSPHRASE

DESK = """
import json
from tests.desks.inbox.inbox_desks import InboxDesk
from victor.vault.groups.actions import add_recovery_officer
place = InboxDesk("{slug}")
for officer in (place.ben, place.chief):
    add_recovery_officer(place.desk.group, officer.person, by=place.anna)
print(json.dumps([place.anna.person.email, place.address(place.report(reference="{reference}"))]))
"""
RESTORE = """
from tests.vault.people import PASSPHRASE
from victor.vault.groups import recovery
from victor.vault.groups.models import RecoveryRequest
from victor.vault.passphrases.actions import unlock_vault
asked = RecoveryRequest.objects.get(user__email="{email}")
first, second = (unlock_vault(officer.user, PASSPHRASE) for officer in asked.group.officers.all())
recovery.confirm_recovery(asked, by=first)
recovery.complete_recovery(asked, by=second)
"""
VAULT = "/en/workspace/vault/"
NEW = "another word for every river"
NO_SECRET = "This passkey cannot open the vault in this browser. Please use your passphrase."


@dataclass
class Owner:
    """Somebody at a desk with a passkey, in a browser of their own."""

    page: Page
    faults: list[str]
    email: str
    report: str
    device: str = ""  # Chromium's virtual authenticator

    def __post_init__(self) -> None:
        self.chromium = self.page.context.new_cdp_session(self.page)
        self.chromium.send("WebAuthn.enable")

    def plug_in(self, *, gives_secrets: bool) -> None:
        """A device with the passkeys of the one before, in its place."""
        passkeys = []
        if self.device:
            own = {"authenticatorId": self.device}
            passkeys = self.chromium.send("WebAuthn.getCredentials", own)["credentials"]
            self.chromium.send("WebAuthn.removeVirtualAuthenticator", own)
        added = self.chromium.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | {"hasPrf": gives_secrets}})
        self.device = added["authenticatorId"]
        for passkey in passkeys:
            given = {"authenticatorId": self.device, "credential": passkey}
            self.chromium.send("WebAuthn.addCredential", given)

    def set_up_passkey(self) -> None:
        """Set it up for the log-in, and go to the page that adds it to the vault."""
        self.page.goto("/en/accounts/2fa/webauthn/add/")
        self.page.locator("#mfa_webauthn_add").click()
        expect(self.page).to_have_url(re.compile("/2fa/$"))
        self.page.goto(f"{VAULT}passkeys/")
        follow(self.page.get_by_role("link", name="Add to the vault"))
        self.page.locator("input[name=code]").fill(current_code())
        follow(self.page.locator("main form button[type=submit]").first)

    def add_passkey(self) -> None:
        """Add it to the vault, which is unlocked then."""
        self.set_up_passkey()
        self.page.get_by_label("Vault passphrase").fill(PASSPHRASE)
        follow(self.page.get_by_role("button", name="Add the passkey"))
        expect(self.page.get_by_role("status").first).to_contain_text("The passkey now opens your vault.")

    def lock(self) -> None:
        follow(self.page.get_by_role("button", name="Lock now"))

    def give_passphrase(self, passphrase: str = PASSPHRASE) -> None:
        self.page.get_by_label("Vault passphrase").fill(passphrase)
        follow(self.page.get_by_role("button", name="Unlock the vault"))


@pytest.fixture
def at_work(watch, portal, session_of) -> Callable[..., Owner]:
    """Somebody of a desk of this name is logged in."""

    def enter(slug: str, **options: object) -> Owner:
        printed = portal.manage("shell", "--no-imports", "-c", DESK.format(slug=slug, reference=slug.upper()[:8]))
        email, report = json.loads(printed.splitlines()[-1])
        watched = watch(**options)
        watched.page.context.add_cookies([session_of(email)])
        return Owner(watched.page, watched.faults, email, report)

    return enter


def test_vault_is_opened_by_one_touch(at_work):
    owner = at_work("one-touch", viewport=SIZES["phone"])
    owner.plug_in(gives_secrets=True)
    owner.add_passkey()
    owner.lock()
    owner.page.goto(owner.report)
    button = owner.page.get_by_role("button", name="Unlock with a passkey")
    expect(button).to_be_focused()
    assert faults_of(owner.page) == []
    follow(button)
    assert owner.page.url.endswith(owner.report)
    expect(owner.page.locator("[data-secret]").first).to_be_visible()
    owner.lock()
    owner.page.goto(f"{VAULT}unlock/")
    owner.give_passphrase()
    assert owner.page.url.endswith(VAULT)
    assert owner.faults == []


def test_passkey_that_gives_no_secret_is_told_and_the_passphrase_opens(at_work):
    owner = at_work("no-secret")
    owner.plug_in(gives_secrets=True)
    owner.add_passkey()
    owner.lock()
    owner.plug_in(gives_secrets=False)
    owner.page.goto(f"{VAULT}unlock/")
    owner.page.get_by_role("button", name="Unlock with a passkey").click()
    expect(owner.page.get_by_role("alert").filter(has_text=NO_SECRET)).to_be_visible()
    expect(owner.page.get_by_label("Vault passphrase")).to_be_focused()
    assert faults_of(owner.page) == []
    owner.give_passphrase()
    assert owner.page.url.endswith(VAULT)
    assert owner.faults == []


def test_passkey_without_secrets_is_not_added(at_work):
    owner = at_work("never-secret")
    owner.plug_in(gives_secrets=False)
    owner.set_up_passkey()
    assert faults_of(owner.page) == []
    owner.page.get_by_label("Vault passphrase").fill(PASSPHRASE)
    owner.page.get_by_role("button", name="Add the passkey").click()
    expect(owner.page.get_by_role("alert").filter(has_text=NO_SECRET)).to_be_visible()
    owner.page.goto(f"{VAULT}passkeys/")
    expect(owner.page.get_by_role("link", name="Add to the vault")).to_be_visible()
    assert faults_of(owner.page) == []


def test_covered_page_is_opened_in_place_by_one_touch(at_work):
    owner = at_work("in-place")
    owner.plug_in(gives_secrets=True)
    owner.add_passkey()
    page = owner.page
    page.clock.install()
    page.goto(owner.report)
    page.fill("#id_text", "Half a note")
    page.context.clear_cookies(name="vault")  # as if it had locked by itself
    page.clock.run_for(3_600_000)
    expect(page.locator("[data-secret]").first).to_be_hidden()
    page.get_by_role("button", name="Unlock with a passkey").click()
    expect(page.locator("#id_text")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("Half a note")
    expect(page.get_by_role("button", name="Unlock with a passkey")).to_be_hidden()
    assert owner.faults == []


def test_two_officers_restore_access_and_the_passkey_opens_nothing_old(at_work, portal):
    owner = at_work("two-officers")
    owner.plug_in(gives_secrets=True)
    owner.add_passkey()
    page = owner.page
    page.goto(f"{VAULT}forgotten/")
    expect(page.get_by_text("Your passkeys then no longer open your vault.")).to_be_visible()
    for field in page.locator("main input[type=password]").all():
        field.fill(NEW)
    follow(page.get_by_role("button", name="Request recovery"))
    portal.manage("shell", "--no-imports", "-c", RESTORE.format(email=owner.email))
    owner.lock()
    page.goto(owner.report)
    expect(page.get_by_role("button", name="Unlock with a passkey")).to_have_count(0)
    owner.give_passphrase(NEW)
    expect(page.locator("[data-secret]").first).to_be_visible()
    page.goto(f"{VAULT}passkeys/")
    expect(page.get_by_role("link", name="Add to the vault")).to_be_visible()
    assert owner.faults == []
