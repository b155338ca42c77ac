"""A passkey opens the vault beside the passphrase: its own secret alone, freshly asked for, and as long as it may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.utils import timezone
from fido2.utils import websafe_decode

from partners.memberships.actions import withdraw_role
from partners.memberships.models import Membership
from tests.vault.conftest import take_queued
from tests.vault.passkeys.devices import FLAG, Device, add_to_vault, asked
from tests.vault.people import PASSPHRASE, open_vault
from victor.access import System
from victor.accounts.actions import close_account
from victor.accounts.models import User
from victor.audit.models import Entry
from victor.field_encryption import decrypt_value
from victor.mail.emails import content_of
from victor.mail.models import Message
from victor.vault.errors import NotAsked, TooManyTries, WrongPasskey, WrongPassphrase
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.keys.models import PasskeyLock, PassphraseTries, PersonalKey
from victor.vault.passkeys import actions
from victor.vault.passkeys.assertions import Answer, Question, ask_passkeys, take_question
from victor.vault.passkeys.periodic import forget_passkeys
from victor.vault.passkeys.states import Purpose
from victor.vault.passphrases import actions as passphrases_actions

pytestmark = pytest.mark.django_db
NEW = "another word for every river"


@pytest.fixture(autouse=True)
def at_our_site(rf: RequestFactory) -> Iterator[None]:
    """Passkeys are of a site: that of the request."""
    with context.request_context(rf.get("/")):
        yield


@pytest.fixture
def anna() -> UnlockedVault:
    return open_vault()


@pytest.fixture
def device(anna) -> Device:
    """Anna's telephone, whose passkey opens her vault."""
    device = Device()
    add_to_vault(anna, device, device.register(anna.person))
    return device


def ask_to_unlock(vault: UnlockedVault, device: Device) -> tuple[Answer, Question]:
    locks = PasskeyLock.objects.visible_to(vault.person)
    return asked(device, {lock.passkey: bytes(lock.salt) for lock in locks}, Purpose.UNLOCK)


def unlock(vault: UnlockedVault, device: Device) -> UnlockedVault:
    answer, question = ask_to_unlock(vault, device)
    return actions.unlock_with_passkey(vault.person, answer, question=question)


def last_actions(count: int) -> list[str]:
    return list(Entry.objects.order_by("-sequence").values_list("action", flat=True)[:count])[::-1]


def test_passkey_opens_the_same_key_as_the_passphrase(anna, device):
    assert unlock(anna, device).private == anna.private
    assert passphrases_actions.unlock_vault(anna.person, PASSPHRASE).private == anna.private
    assert last_actions(4) == ["vault.opened", "vault.passkey_added", "vault.passkey_opened", "vault.opened"]


def test_copy_of_the_key_needs_secret_and_setting(anna, device, settings):
    lock = PasskeyLock.objects.get()
    assert bytes(anna.private) not in websafe_decode(decrypt_value(lock.locked))
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(WrongPasskey):
        unlock(anna, device)


def test_copy_is_read_after_the_setting_was_changed(anna, device, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert unlock(anna, device).private == anna.private


def test_add_with_a_wrong_passphrase_adds_none(anna):
    device = Device()
    passkey = device.register(anna.person)
    with pytest.raises(WrongPassphrase):
        add_to_vault(anna, device, passkey, passphrase="not the words")
    assert not PasskeyLock.objects.exists()


def test_add_passkey_of_somebody_else_is_refused(anna):
    device = Device()
    passkey = device.register(open_vault().person)
    with pytest.raises(WrongPasskey):
        add_to_vault(anna, device, passkey)
    assert not PasskeyLock.objects.exists()


def test_add_another_passkey_of_mine_than_was_asked_is_refused(anna):
    first, second = Device(), Device()
    asked_one = first.register(anna.person)
    second.register(anna.person)
    with pytest.raises(WrongPasskey):
        add_to_vault(anna, second, asked_one)


def test_add_again_takes_the_place_of_the_first(anna, device):
    add_to_vault(anna, device, Authenticator.objects.get(type="webauthn"))
    assert PasskeyLock.objects.count() == 1
    assert unlock(anna, device).private == anna.private


@pytest.mark.parametrize(
    "change",
    [
        lambda device, answer: answer._replace(secret=bytes(32)),
        lambda device, answer: answer._replace(secret=b""),
        lambda device, answer: answer._replace(proof={}),
        lambda device, answer: answer._replace(proof=answer.proof | {"response": 5}),
        lambda device, answer: answer._replace(proof=answer.proof | {"id": "AAAA", "rawId": "AAAA"}),
        lambda device, answer: answer._replace(
            proof=answer.proof | {"response": answer.proof["response"] | {"signature": "AAAA"}}
        ),
    ],
    ids=["another secret", "no secret", "no proof", "no response", "another passkey", "no signature"],
)
def test_forged_answer_is_refused_and_counts_as_a_wrong_passphrase(anna, device, change):
    answer, question = ask_to_unlock(anna, device)
    with pytest.raises(WrongPasskey):
        actions.unlock_with_passkey(anna.person, change(device, answer), question=question)
    assert PassphraseTries.objects.get(of_old_keys=False).failures == 1
    assert last_actions(1) == ["vault.passkey_wrong"]
    assert Entry.objects.latest("sequence").details == "{}"


def test_answer_from_another_site_is_refused(anna, device):
    salts = {lock.passkey: bytes(lock.salt) for lock in PasskeyLock.objects.all()}
    session = SessionStore()
    answer = device.answer(ask_passkeys(session, salts, purpose=Purpose.UNLOCK), origin="https://evil.example")
    with pytest.raises(WrongPasskey):
        actions.unlock_with_passkey(anna.person, answer, question=take_question(session, purpose=Purpose.UNLOCK))


def test_answer_of_a_touch_alone_is_refused(anna, device):
    salts = {lock.passkey: bytes(lock.salt) for lock in PasskeyLock.objects.all()}
    session = SessionStore()
    answer = device.answer(ask_passkeys(session, salts, purpose=Purpose.UNLOCK), flags=FLAG.UP)
    with pytest.raises(WrongPasskey):
        actions.unlock_with_passkey(anna.person, answer, question=take_question(session, purpose=Purpose.UNLOCK))


def test_answer_to_an_earlier_question_is_refused(anna, device):
    earlier, _question = ask_to_unlock(anna, device)
    _answer, question = ask_to_unlock(anna, device)
    with pytest.raises(WrongPasskey):
        actions.unlock_with_passkey(anna.person, earlier, question=question)


def test_question_is_answered_once_in_time_and_for_its_purpose(anna, device, at):
    salts = {lock.passkey: bytes(lock.salt) for lock in PasskeyLock.objects.all()}
    session = SessionStore()
    ask_passkeys(session, salts, purpose=Purpose.ADD)
    with pytest.raises(NotAsked):
        take_question(session, purpose=Purpose.UNLOCK)
    with pytest.raises(NotAsked):
        take_question(session, purpose=Purpose.ADD)
    ask_passkeys(session, salts, purpose=Purpose.UNLOCK)
    at(timezone.now() + timedelta(minutes=6))
    with pytest.raises(NotAsked):
        take_question(session, purpose=Purpose.UNLOCK)


def test_passkey_waits_after_wrong_passphrases_too(anna, device):
    PassphraseTries.objects.update_or_create(
        user=anna.person, of_old_keys=False, defaults={"failures": 5, "failed_at": timezone.now()}
    )
    with pytest.raises(TooManyTries):
        unlock(anna, device)


def test_passkey_of_another_person_does_not_open_mine(anna, device):
    ben, other = open_vault(), Device()
    add_to_vault(ben, other, other.register(ben.person))
    answer, question = ask_to_unlock(ben, other)
    with pytest.raises(WrongPasskey):
        actions.unlock_with_passkey(anna.person, answer, question=question)


@pytest.mark.parametrize("column", ["credential", "salt", "locked", "personal"])
def test_row_that_somebody_else_has_changed_opens_nothing(anna, device, column):
    answer, question = ask_to_unlock(anna, device)
    other = {"credential": b"x", "salt": bytes(32), "locked": "x", "personal": open_vault().key_id}
    PasskeyLock.objects.update(**{column: other[column]})
    with pytest.raises(WrongPasskey):
        actions.unlock_with_passkey(anna.person, answer, question=question)


def test_passkey_put_in_the_place_of_another_opens_nothing(anna, device):
    """Who owns the database gives the row of the passkey another public part."""
    thief = Device()
    foreign = thief.register(open_vault().person)
    data = foreign.data
    foreign.delete()
    Authenticator.objects.filter(user=anna.person).update(data=data)
    with pytest.raises(WrongPasskey):
        unlock(anna, thief)


def test_forgotten_passphrase_ends_the_passkey(anna, device):
    passphrases_actions.replace_forgotten_passphrase(anna.person, NEW)
    assert not PasskeyLock.objects.exists()


def test_remembered_passphrase_ends_the_passkey_of_the_new_key(anna):
    fresh = passphrases_actions.replace_forgotten_passphrase(anna.person, NEW)
    device = Device()
    add_to_vault(anna, device, device.register(anna.person), passphrase=NEW)
    passphrases_actions.restore_old_passphrase(PASSPHRASE, by=fresh)
    assert not PasskeyLock.objects.exists()


def test_known_passphrase_ends_the_passkey(anna, device):
    passphrases_actions.replace_known_passphrase(anna.person, PASSPHRASE, new=NEW)
    assert not PasskeyLock.objects.exists()


def test_changed_passphrase_leaves_the_passkey(anna, device):
    passphrases_actions.change_passphrase(anna.person, PASSPHRASE, new=NEW)
    assert unlock(anna, device).private == anna.private


def test_passkey_that_is_set_up_no_longer_takes_its_copy_with_it(anna, device):
    Authenticator.objects.filter(type="webauthn").delete()
    assert not PasskeyLock.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_removed_passkey_opens_nothing_and_leaves_no_bytes(anna, device):
    answer, question = ask_to_unlock(anna, device)
    list(take_queued())
    actions.remove_passkey(PasskeyLock.objects.get(), by=anna.person)
    assert "victor.vault.tasks.clean_tables" in {task for task, _arguments in take_queued()}
    assert last_actions(1) == ["vault.passkey_removed"]
    with pytest.raises(WrongPasskey):
        actions.unlock_with_passkey(anna.person, answer, question=question)


def test_remove_passkey_of_somebody_else_removes_nothing(anna, device):
    actions.remove_passkey(PasskeyLock.objects.get(), by=open_vault().person)
    assert PasskeyLock.objects.exists()


def test_role_that_ends_takes_the_passkey_and_leaves_the_key(anna, device):
    answer, question = ask_to_unlock(anna, device)
    withdraw_role(Membership.objects.get(user=anna.person), by=System("test"))
    with pytest.raises(PermissionDenied):
        actions.unlock_with_passkey(User.objects.get(pk=anna.person.pk), answer, question=question)
    assert forget_passkeys() == 1
    assert not PasskeyLock.objects.exists()
    assert PersonalKey.objects.exists()


def test_closed_account_opens_nothing_and_its_passkey_goes(anna, device):
    answer, question = ask_to_unlock(anna, device)
    anna.person.refresh_from_db()
    closed = close_account(anna.person, by=System("test"))
    with pytest.raises(PermissionDenied):
        actions.unlock_with_passkey(closed, answer, question=question)
    assert forget_passkeys() == 1
    assert not PasskeyLock.objects.exists()


def test_clock_leaves_the_passkeys_of_those_who_work(anna, device):
    assert forget_passkeys() == 0
    assert PasskeyLock.objects.exists()


def mails_to(vault: UnlockedVault) -> list[tuple[str, dict[str, object]]]:
    return list(Message.objects.filter(recipient=vault.person.email).order_by("pk").values_list("subject", "facts"))


def test_owner_is_told_that_a_passkey_was_added_and_not_which(anna, device):
    [(subject, facts)] = mails_to(anna)
    assert subject == "A passkey was added to your vault"
    assert "Telephone" not in str(facts)


def test_owner_is_told_that_a_passkey_was_removed(anna, device):
    actions.remove_passkey(PasskeyLock.objects.get(), by=anna.person)
    assert [subject for subject, _facts in mails_to(anna)][1:] == ["A passkey was removed from your vault"]


def test_passkey_that_was_not_added_is_told_to_nobody(anna):
    device = Device()
    passkey = device.register(anna.person)
    with pytest.raises(WrongPassphrase):
        add_to_vault(anna, device, passkey, passphrase="not the words")
    assert mails_to(anna) == []


def test_mail_about_a_passkey_says_what_to_do(anna, device):
    text = content_of(Message.objects.get(recipient=anna.person.email)).text
    assert "If you did not expect this, please speak to your colleagues today." in text
    assert "/workspace/vault/" in text
