"""Passkeys in the workspace: added with passphrase and second factor, used in one step, removed after a question."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from partners.memberships.states import Role
from tests.people import browser_of, current_code, organisation, person
from tests.vault.passkeys.devices import PASSKEYS, Device, add_to_vault, form_data, press
from tests.vault.people import PASSPHRASE, open_vault
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.keys.models import PasskeyLock, PassphraseTries

pytestmark = pytest.mark.django_db
VAULT = "/en/workspace/vault/"
UNLOCK = f"{VAULT}unlock/"
STATE = f"{VAULT}state.json"


@pytest.fixture
def anna() -> UnlockedVault:
    return open_vault(person(Role.WORKER, organisation("smile")))


@pytest.fixture
def device(anna) -> Device:
    """Anna's telephone, whose passkey opens her vault."""
    device = Device()
    add_to_vault(anna, device, device.register(anna.person))
    return device


@pytest.fixture
def browser(anna, device) -> Client:
    """Another browser of Anna's, in which her vault is locked."""
    return browser_of(anna.person)


def confirm(browser: Client) -> None:
    """Give the second factor again."""
    browser.post("/en/accounts/2fa/reauthenticate/", {"code": current_code()})


def add(browser: Client, device: Device, pk: int, passphrase: str = PASSPHRASE) -> Any:
    """Add a passkey as the page does."""
    confirm(browser)
    question = browser.post(f"{PASSKEYS}{pk}/add/ask/").json()
    return browser.post(f"{PASSKEYS}{pk}/add/", form_data(device.answer(question)) | {"passphrase": passphrase})


def is_open(browser: Client) -> bool:
    return browser.get(STATE).json()["seconds"] > 0


def test_passkey_opens_the_vault_and_leads_on(browser, device):
    assert b"Unlock with a passkey" in browser.get(UNLOCK).content
    answer = press(browser, device, next=f"{VAULT}passphrase/")
    assert answer.url == f"{VAULT}passphrase/"
    assert is_open(browser)


def test_vault_that_a_passkey_has_opened_locks_as_any_other(browser, device, at):
    began = timezone.now()
    press(browser, device)
    at(began + timedelta(minutes=14))
    assert is_open(browser)
    at(began + timedelta(minutes=30))
    assert not is_open(browser)


def test_question_of_one_session_is_not_answered_in_another(anna, browser, device):
    question = browser.post(f"{PASSKEYS}ask/").json()
    other = browser_of(anna.person)
    other.post(f"{PASSKEYS}ask/")
    shown = other.post(f"{PASSKEYS}unlock/", form_data(device.answer(question)))
    assert b"This passkey gave no valid answer." in shown.content
    assert not is_open(other)


def test_answer_that_is_sent_twice_opens_once(browser, device):
    sent = form_data(device.answer(browser.post(f"{PASSKEYS}ask/").json()))
    browser.post(f"{PASSKEYS}unlock/", sent)
    browser.post(f"{VAULT}lock/")
    assert b"The passkey took too long." in browser.post(f"{PASSKEYS}unlock/", sent).content
    assert not is_open(browser)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"proof": "[", "secret": "A"},
        {"proof": "[" * 9000, "secret": "A" * 43},
        {"proof": "[]", "secret": "A" * 43},
        {"proof": "{}", "secret": "A" * 43},
        {"proof": "{}", "secret": "é"},
    ],
)
def test_what_no_passkey_would_send_is_refused_with_the_passphrase_beside_it(browser, sent):
    browser.post(f"{PASSKEYS}ask/")
    shown = browser.post(f"{PASSKEYS}unlock/", sent | {"next": f"{VAULT}passphrase/"})
    assert shown.status_code == 200
    assert b"This passkey gave no valid answer. Please try again, or use your passphrase." in shown.content
    assert b'name="passphrase"' in shown.content
    assert b'name="next" value="/en/workspace/vault/passphrase/"' in shown.content


def test_wrong_secret_counts_and_is_shown_nowhere(browser, device):
    answer = device.answer(browser.post(f"{PASSKEYS}ask/").json())
    sent = form_data(answer._replace(secret=bytes(range(32))))
    shown = browser.post(f"{PASSKEYS}unlock/", sent)
    assert sent["secret"] not in shown.content.decode()
    assert PassphraseTries.objects.get(of_old_keys=False).failures == 1


def test_secret_is_in_no_session(browser, device):
    answer = device.answer(browser.post(f"{PASSKEYS}ask/").json())
    browser.post(f"{PASSKEYS}unlock/", form_data(answer))
    stored = "".join(repr(session.get_decoded()) for session in Session.objects.all())
    assert form_data(answer)["secret"] not in stored
    assert "vault_passkey" not in stored


def test_person_without_a_passkey_is_offered_none(anna):
    browser = browser_of(anna.person)
    shown = browser.get(UNLOCK).content
    assert b"Unlock with a passkey" not in shown
    assert b"vault-passkey.js" not in shown
    assert browser.post(f"{PASSKEYS}ask/").status_code == 404


def test_button_is_hidden_where_no_script_shows_it(browser):
    shown = browser.get(UNLOCK).content.decode()
    start = shown.index("data-passkey=")
    assert " hidden>" in shown[start : shown.index("</form>", start)].partition("\n")[0]


def test_add_without_the_second_factor_asks_for_it(anna):
    passkey = Device().register(anna.person)
    answer = browser_of(anna.person).get(f"{PASSKEYS}{passkey.pk}/add/")
    assert answer.url.startswith("/en/accounts/2fa/reauthenticate/")


def test_add_opens_the_vault_and_the_passkey_does_from_then_on(anna):
    browser, device = browser_of(anna.person), Device()
    assert add(browser, device, device.register(anna.person).pk).url == VAULT
    assert is_open(browser)
    assert press(browser_of(anna.person), device).url == VAULT


def test_add_with_a_wrong_passphrase_says_so_and_shows_no_answer(anna):
    device = Device()
    passkey = device.register(anna.person)
    shown = add(browser_of(anna.person), device, passkey.pk, "not the words")
    assert b"This is not your vault passphrase." in shown.content
    assert b'name="secret"' not in shown.content
    assert not PasskeyLock.objects.exists()


def test_add_without_an_answer_says_so(anna):
    browser, passkey = browser_of(anna.person), Device().register(anna.person)
    confirm(browser)
    browser.post(f"{PASSKEYS}{passkey.pk}/add/ask/")
    shown = browser.post(f"{PASSKEYS}{passkey.pk}/add/", {"passphrase": PASSPHRASE})
    assert b"This passkey gave no valid answer." in shown.content


def test_add_passkey_of_somebody_else_is_not_found(anna):
    browser, passkey = browser_of(anna.person), Device().register(open_vault().person)
    confirm(browser)
    assert browser.get(f"{PASSKEYS}{passkey.pk}/add/").status_code == 404
    assert browser.post(f"{PASSKEYS}{passkey.pk}/add/ask/").status_code == 404


def test_list_says_which_passkeys_open_the_vault(anna, device, browser):
    Device().register(anna.person, "Laptop")
    rows = browser.get(PASSKEYS).context["rows"]
    assert [(str(passkey), lock is not None) for passkey, lock in rows] == [("Telephone", True), ("Laptop", False)]
    assert b"since " in browser.get(PASSKEYS).content


def test_list_of_a_person_without_a_vault_leads_to_the_set_up():
    shown = browser_of(person(Role.WORKER, organisation("smile"))).get(PASSKEYS)
    assert b"You have not set a vault passphrase yet." in shown.content


def test_remove_asks_and_then_leaves_the_passphrase(browser, device):
    page = f"{PASSKEYS}{PasskeyLock.objects.get().passkey_id}/remove/"
    assert b"Remove the passkey" in browser.get(page).content
    browser.post(page)
    assert PasskeyLock.objects.exists()
    assert browser.post(page, {"confirmed": "yes"}).url == PASSKEYS
    assert not PasskeyLock.objects.exists()
    assert browser.post(UNLOCK, {"passphrase": PASSPHRASE}).url == VAULT


def test_remove_passkey_of_somebody_else_is_not_found(device):
    page = f"{PASSKEYS}{PasskeyLock.objects.get().passkey_id}/remove/"
    stranger = open_vault(person(Role.WORKER, organisation("smile")))
    assert browser_of(stranger.person).post(page, {"confirmed": "yes"}).status_code == 404
    assert PasskeyLock.objects.exists()


@pytest.mark.parametrize("page", ["forgotten/", "passphrase/known/"])
def test_page_that_gives_a_new_key_says_what_becomes_of_passkeys(page, browser, device):
    confirm(browser)
    assert b"Your passkeys then no longer open your vault." in browser.get(f"{VAULT}{page}").content


def test_after_five_wrong_passkeys_the_page_speaks_of_no_passphrase(browser, device):
    for _number in range(6):
        answer = device.answer(browser.post(f"{PASSKEYS}ask/").json())
        shown = browser.post(f"{PASSKEYS}unlock/", form_data(answer._replace(secret=bytes(32))))
    assert b"Too many wrong tries. Please wait a few minutes and try again." in shown.content
    assert b"wrong passphrases" not in shown.content
