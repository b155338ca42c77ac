"""The vault in the workspace: open in one browser, for a while, and for nobody who has half of what it takes."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from partners.memberships.states import Role
from tests.people import PASSWORD, browser_of, current_code, organisation, person, visitor
from tests.vault.people import PASSPHRASE, make_group, open_vault, reads, write_records
from victor.vault import crypto
from victor.vault.errors import Unopenable, VaultLocked
from victor.vault.groups import actions as groups_actions
from victor.vault.groups.models import KeyRotation, RecoveryRequest
from victor.vault.groups.states import RotationState
from victor.vault.keys.keyring import UnlockedVault, personal_key
from victor.vault.keys.models import PersonalKey
from victor.vault.passphrases import actions as passphrases_actions
from victor.vault.passphrases import sessions
from victor.vault.passphrases.forms import ChangePassphraseForm, NewPassphraseForm, UnlockForm

pytestmark = pytest.mark.django_db
VAULT = "/en/workspace/vault/"
UNLOCK = f"{VAULT}unlock/"
NEW = "another word for every river"
CHOSEN = {"new": NEW, "again": NEW}


@pytest.fixture
def anna() -> UnlockedVault:
    return open_vault(person(Role.WORKER, organisation("smile")))


@pytest.fixture
def browser(anna) -> Client:
    """Anna's browser, in which her vault is open."""
    browser = browser_of(anna.person)
    browser.post(UNLOCK, {"passphrase": PASSPHRASE})
    return browser


def confirmed(browser: Client) -> Client:
    """The same browser, in which the second factor has just been given again."""
    browser.post("/en/accounts/2fa/reauthenticate/", {"code": current_code()})
    return browser


def is_open(browser: Client) -> bool:
    return b"Vault open" in browser.get(VAULT).content


def unlocks(browser: Client, owner: UnlockedVault) -> bool:
    """Whether what the browser and its session hold opens the vault."""
    try:
        sessions.unlock_again(browser.session, browser.cookies["vault"].value, owner.person)
    except VaultLocked:
        return False
    return True


def test_passphrase_opens_the_vault_and_says_when_it_locks(anna, at):
    at(timezone.now().replace(hour=12, minute=20))
    browser = browser_of(anna.person)
    assert not is_open(browser)
    answer = browser.post(UNLOCK, {"passphrase": PASSPHRASE, "next": "/en/workspace/contacts/"})
    assert answer.status_code == 302
    assert answer.url == "/en/workspace/contacts/"
    local = timezone.localtime(timezone.now() + timedelta(minutes=15))
    assert f"locks at {local:%H}:35" in browser.get(VAULT).content.decode()


def test_cookie_is_of_this_session_and_no_script_reads_it(browser):
    morsel = browser.cookies["vault"]
    assert morsel["httponly"]
    assert morsel["samesite"] == "Strict"
    assert morsel["path"] == "/"
    assert morsel["max-age"] == ""
    assert len(base64.urlsafe_b64decode(morsel.value)) == crypto.KEY_BYTES


def test_neither_the_cookie_nor_the_database_opens_anything_alone(browser, anna):
    session, secret = browser.session, browser.cookies["vault"].value
    sealed = base64.b64decode(session["vault"]["sealed"])
    assert bytes(anna.private) not in sealed
    with pytest.raises(Unopenable):
        crypto.decrypt(sealed, bytes(32), context="")
    for pair in ((session, ""), (SessionStore(), secret), (browser_of(anna.person).session, secret)):
        with pytest.raises(VaultLocked):
            sessions.unlock_again(*pair, anna.person)
    assert sessions.unlock_again(session, secret, anna.person).private == anna.private


def test_what_is_kept_is_bound_to_session_and_person(browser, anna):
    other = browser_of(anna.person)
    other.get(VAULT)
    moved = other.session
    moved["vault"] = browser.session["vault"]
    moved.save()
    for session, user in ((moved, anna.person), (browser.session, open_vault().person)):
        with pytest.raises(VaultLocked):
            sessions.unlock_again(session, browser.cookies["vault"].value, user)


def test_vault_locks_when_nobody_has_worked_for_a_quarter_of_an_hour(browser, at):
    began = timezone.now()
    at(began + timedelta(minutes=14))
    assert is_open(browser)
    at(began + timedelta(minutes=28))
    assert is_open(browser)
    at(began + timedelta(minutes=44))
    assert not is_open(browser)
    assert "vault" not in browser.session


def test_lock_now_locks_and_forgets(browser):
    browser.post(f"{VAULT}lock/")
    assert not is_open(browser)
    assert "vault" not in browser.session
    assert browser.cookies["vault"].value == ""


def test_logging_out_and_a_changed_password_lock(browser, anna):
    browser.post("/en/accounts/logout/")
    browser.force_login(anna.person, backend="victor.accounts.backend.LogIn")
    assert not is_open(browser)


def test_changed_passphrase_locks_every_other_browser(browser, anna):
    other = browser_of(anna.person)
    other.post(UNLOCK, {"passphrase": PASSPHRASE})
    answer = browser.post(f"{VAULT}passphrase/", CHOSEN | {"passphrase": PASSPHRASE})
    assert answer.status_code == 302
    assert [unlocks(each, anna) for each in (browser, other)] == [True, False]


def test_page_that_needs_the_vault_sends_to_unlock_and_back(anna):
    answer = confirmed(browser_of(anna.person)).get(f"{VAULT}remember/")
    assert answer.url == f"{UNLOCK}?next=%2Fen%2Fworkspace%2Fvault%2Fremember%2F"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"])
def test_unlock_leads_to_no_other_site(anna, address):
    answer = browser_of(anna.person).post(UNLOCK, {"passphrase": PASSPHRASE, "next": address})
    assert answer.url == VAULT


def test_wrong_passphrase_says_so_and_does_not_open(anna):
    browser = browser_of(anna.person)
    answer = browser.post(UNLOCK, {"passphrase": "not the words"})
    assert b"This is not your vault passphrase." in answer.content
    assert not is_open(browser)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("short", "too short"),
        ("one two six", "too short"),
        ("aaaaaaaaaaaaaaaaaaaa", "too easy to guess"),
        (PASSWORD, "your login password"),
        ("person@partner.example", "too similar"),
    ],
)
def test_weak_passphrase_is_refused(new, said):
    user = person(Role.WORKER, organisation("smile"), email="person@partner.example")
    answer = browser_of(user).post(f"{VAULT}set-up/", {"new": new, "again": new})
    assert said in answer.content.decode()
    assert not PersonalKey.objects.exists()


def test_newcomer_is_led_to_the_set_up_and_has_an_open_vault_then():
    browser = browser_of(person(Role.WORKER, organisation("smile")))
    assert browser.get(UNLOCK).url == f"{VAULT}set-up/"
    assert b"The two entries do not match" in browser.post(f"{VAULT}set-up/", CHOSEN | {"again": "x"}).content
    assert browser.post(f"{VAULT}set-up/", CHOSEN).url == VAULT
    assert is_open(browser)


def test_access_is_restored_from_the_first_page_to_the_last(anna):
    officers = [open_vault(person(Role.SUPERVISOR, organisation("smile"))) for _ in range(2)]
    group = make_group(anna, officers=officers)
    [envelope] = write_records(group)
    confirmed(browser_of(anna.person)).post(f"{VAULT}forgotten/", CHOSEN)
    page = f"{VAULT}recovery/{RecoveryRequest.objects.get().pk}/"
    for officer, step in zip(officers, ("confirm", "complete"), strict=True):
        browser = browser_of(officer.person)
        assert b"1 vault recovery request" in browser.get("/en/workspace/").content
        assert browser.get(page).url.startswith(UNLOCK)
        browser.post(UNLOCK, {"passphrase": PASSPHRASE})
        assert b"Speak to this person" in browser.get(page).content
        assert browser.post(f"{page}{step}/").url == page
    assert reads(envelope, passphrases_actions.unlock_vault(anna.person, NEW))


def test_recovery_of_others_is_found_by_no_stranger(anna):
    make_group(anna, officers=[open_vault(), open_vault()])
    confirmed(browser_of(anna.person)).post(f"{VAULT}forgotten/", CHOSEN)
    page = f"{VAULT}recovery/{RecoveryRequest.objects.get().pk}/"
    stranger = open_vault(person(Role.WORKER, organisation("smile")))
    browser = browser_of(stranger.person)
    browser.post(UNLOCK, {"passphrase": PASSPHRASE})
    assert browser.get(page).status_code == 404
    assert browser.post(f"{page}confirm/").status_code == 404


def test_remembered_passphrase_takes_the_place_of_the_new(anna):
    browser = confirmed(browser_of(anna.person))
    browser.post(f"{VAULT}forgotten/", CHOSEN)
    assert b"I remember my old passphrase" in browser.get(VAULT).content
    assert browser.post(f"{VAULT}remember/", {"passphrase": PASSPHRASE}).url == VAULT
    assert passphrases_actions.unlock_vault(anna.person, PASSPHRASE).private == anna.private


def test_overview_says_what_waits_and_a_member_goes_on_with_it(anna):
    ben = open_vault()
    group = make_group(anna, ben)
    write_records(group, 2)
    browser = browser_of(anna.person)
    groups_actions.dismiss_member(group, ben.person, by=anna)
    shown = browser.get(VAULT).content.decode()
    assert "1 person can read its records." in shown
    assert "new key: 2" in shown
    assert "Continue re-encrypting" in shown
    assert "the group needs two recovery officers" in shown
    browser.post(UNLOCK, {"passphrase": PASSPHRASE})
    assert browser.post(f"{VAULT}tend/").url == VAULT
    assert KeyRotation.objects.get().state == RotationState.DONE


def test_any_request_with_an_unlocked_vault_moves_records(browser, anna):
    """Finding 1: no worker does it, so that nobody has to store a key."""
    ben = open_vault()
    group = make_group(anna, ben)
    write_records(group, 2)
    groups_actions.dismiss_member(group, ben.person, by=anna)
    confirmed(browser).get(f"{VAULT}remember/")
    assert KeyRotation.objects.get().state == RotationState.DONE


@pytest.mark.parametrize("page", ["forgotten", "remember"])
def test_set_aside_or_restore_without_the_second_factor_asks_for_it(page, browser, anna):
    """Finding 18: an unlocked browser alone neither sets a passphrase aside nor takes another into use."""
    answer = browser.post(f"{VAULT}{page}/", CHOSEN | {"passphrase": PASSPHRASE})
    assert answer.url == f"/en/accounts/2fa/reauthenticate/?next=%2Fen%2Fworkspace%2Fvault%2F{page}%2F"
    assert personal_key(anna.person).pk == anna.key_id
    assert NEW not in str(dict(browser.session))


def test_password_instead_of_the_second_factor_does_not_set_aside(browser, anna):
    """Finding 18: whoever has the password only is asked for the second factor all the same."""
    browser.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    assert "reauthenticate" in browser.post(f"{VAULT}forgotten/", CHOSEN).url
    assert personal_key(anna.person).pk == anna.key_id


def test_second_factor_of_long_ago_does_not_set_aside(browser, at):
    confirmed(browser)
    at(timezone.now() + timedelta(minutes=6))
    assert "reauthenticate" in browser.get(f"{VAULT}forgotten/").url


def test_passphrase_that_others_know_is_replaced_in_the_browser(browser, anna):
    """Finding 12: the page that makes it worthless, in one step."""
    [envelope] = write_records(make_group(anna))
    answer = browser.post(f"{VAULT}passphrase/known/", CHOSEN | {"passphrase": PASSPHRASE})
    assert answer.url == VAULT
    assert is_open(browser)
    assert not reads(envelope, anna)
    assert reads(envelope, passphrases_actions.unlock_vault(anna.person, NEW))


def test_passphrase_that_others_know_is_not_replaced_by_a_wrong_one(browser, anna):
    answer = browser.post(f"{VAULT}passphrase/known/", CHOSEN | {"passphrase": "not the words"})
    assert b"This is not your vault passphrase." in answer.content
    assert personal_key(anna.person).pk == anna.key_id


def work_for(browser: Client, at: Any, *, hours: float) -> None:
    """Somebody works without a pause, a request every ten minutes."""
    began = timezone.now()
    for minutes in range(0, int(hours * 60), 10):
        at(began + timedelta(minutes=minutes))
        browser.get(VAULT)


def test_vault_and_session_end_twelve_hours_after_the_log_in_in_spite_of_work(browser, at):
    """Finding 16: neither slides on with each request."""
    began = timezone.now()
    work_for(browser, at, hours=11.9)
    assert is_open(browser)
    at(began + timedelta(hours=12, seconds=5))
    assert browser.get(VAULT).url.startswith("/en/accounts/login/")
    assert not Session.objects.exists()


def test_vault_of_a_late_session_locks_before_the_session_ends(browser, at):
    """Finding 16: the page says when, and it is not a quarter of an hour later."""
    began = timezone.now()
    work_for(browser, at, hours=11.9)
    assert abs(sessions.locks_at(browser.session) - began - timedelta(hours=12)) < timedelta(seconds=5)


def test_log_in_again_in_the_same_session_does_not_prolong_it(browser, at):
    """Finding 16: giving the second factor again proves who is there, and starts no new twelve hours."""
    began = timezone.now()
    work_for(browser, at, hours=6)
    confirmed(browser)
    work_for(browser, at, hours=5.9)
    at(began + timedelta(hours=12, seconds=5))
    assert browser.get(VAULT).url.startswith("/en/accounts/login/")


def test_visitor_has_no_vault():
    assert visitor().get(VAULT).status_code == 302


@pytest.mark.parametrize("page", ["set-up/", "unlock/", "passphrase/"])
def test_passphrase_is_not_offered_to_programs_that_store_passwords(page):
    form = {"set-up/": NewPassphraseForm, "unlock/": UnlockForm, "passphrase/": ChangePassphraseForm}[page]
    fields = form.base_fields.values()
    assert {field.widget.attrs["autocomplete"] for field in fields} == {"one-time-code"}
    assert {field.widget.attrs["data-lpignore"] for field in fields} == {"true"}
