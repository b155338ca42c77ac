"""A person's own vault: the passphrase alone opens it, wrong ones cost time, forgotten ones may be remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.people import person
from tests.vault.people import PASSPHRASE, open_vault
from victor.access import System
from victor.audit.models import Entry
from victor.vault.errors import AlreadySetUp, NoGrant, NoVault, TooManyTries, WrongPassphrase
from victor.vault.groups import actions as groups_actions
from victor.vault.keys.keyring import personal_key
from victor.vault.keys.models import PersonalKey
from victor.vault.passphrases import actions as passphrases_actions
from victor.vault.records import actions as records_actions

pytestmark = pytest.mark.django_db
NEW = "another word for every river"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PORTAL = System("portal")


def test_passphrase_opens_the_key_that_was_made_and_nothing_of_it_is_kept():
    user = open_vault().actor
    again = passphrases_actions.unlock_vault(user, PASSPHRASE)
    assert again.private.public == bytes(personal_key(user).public)
    personal = PersonalKey.objects.get()
    assert bytes(again.private) not in bytes(personal.locked)


def test_set_up_locks_with_the_passphrase_once(settings):
    settings.VAULT_COST = (1, 64 * 1024 * 1024)
    user = open_vault().actor
    PersonalKey.objects.update(set_aside_at=NOON)
    made = passphrases_actions.set_up_vault(user, NEW)
    assert passphrases_actions.unlock_vault(user, f" {NEW.replace(' ', '  ')} ").private == made.private
    with pytest.raises(AlreadySetUp):
        passphrases_actions.set_up_vault(user, NEW)


def test_wrong_passphrase_is_refused_and_noted_without_it():
    user = open_vault().actor
    with pytest.raises(WrongPassphrase):
        passphrases_actions.unlock_vault(user, "not the words")
    entry = Entry.objects.latest("sequence")
    assert entry.action == "vault.passphrase_wrong"
    assert entry.details == "{}"


def test_after_five_wrong_ones_even_the_right_one_has_to_wait(at):
    user = open_vault().actor
    at(NOON)
    PersonalKey.objects.update(failures=5, failed_at=NOON)
    with pytest.raises(TooManyTries) as refusal:
        passphrases_actions.unlock_vault(user, PASSPHRASE)
    assert refusal.value.until == NOON + timedelta(seconds=30)
    at(NOON + timedelta(seconds=31))
    passphrases_actions.unlock_vault(user, PASSPHRASE)
    assert PersonalKey.objects.get().failures == 0


def test_the_wait_doubles_up_to_an_hour(at):
    user = open_vault().actor
    at(NOON)
    for failures, wait in ((6, 60), (8, 240), (50, 3600)):
        PersonalKey.objects.update(failures=failures, failed_at=NOON)
        with pytest.raises(TooManyTries) as refusal:
            passphrases_actions.unlock_vault(user, PASSPHRASE)
        assert refusal.value.until == NOON + timedelta(seconds=wait)


def test_changed_passphrase_opens_the_same_key_and_the_old_one_none():
    user = open_vault().actor
    before = bytes(personal_key(user).public)
    passphrases_actions.change_passphrase(user, PASSPHRASE, new=NEW)
    assert passphrases_actions.unlock_vault(user, NEW).private.public == before
    with pytest.raises(WrongPassphrase):
        passphrases_actions.unlock_vault(user, PASSPHRASE)


def test_key_locked_at_a_lower_cost_is_locked_anew_at_todays(settings):
    user = open_vault().actor
    settings.VAULT_COST = (4, 256 * 1024 * 1024)
    passphrases_actions.unlock_vault(user, PASSPHRASE)
    personal = PersonalKey.objects.get()
    assert (personal.passes, personal.memory) == settings.VAULT_COST
    passphrases_actions.unlock_vault(user, PASSPHRASE)


def test_forgotten_passphrase_is_remembered_with_all_that_was_opened_meanwhile():
    anna = open_vault()
    user, ben = anna.actor, open_vault()
    old = groups_actions.create_group(name="Old", members=[user, ben.actor], by=PORTAL)
    first = records_actions.write_envelope(records_actions.create_record(old, by=PORTAL), "old", purpose="x", by=PORTAL)
    fresh = passphrases_actions.replace_forgotten_passphrase(user, NEW)
    with pytest.raises(NoGrant):
        records_actions.read_envelope(first, by=fresh)
    new = groups_actions.create_group(name="New", members=[user], by=PORTAL)
    later = records_actions.write_envelope(records_actions.create_record(new, by=PORTAL), "new", purpose="x", by=PORTAL)
    back = passphrases_actions.restore_old_passphrase(PASSPHRASE, by=fresh)
    assert [records_actions.read_envelope(each, by=back) for each in (first, later)] == ["old", "new"]
    assert passphrases_actions.unlock_vault(user, PASSPHRASE).key_id == anna.key_id


def test_nothing_is_remembered_by_a_wrong_passphrase():
    fresh = passphrases_actions.replace_forgotten_passphrase(open_vault().actor, NEW)
    with pytest.raises(WrongPassphrase):
        passphrases_actions.restore_old_passphrase("not the words", by=fresh)
    assert PersonalKey.objects.in_use().get().failures == 1


def test_nobody_without_a_role_or_a_vault_gets_in():
    with pytest.raises(PermissionDenied):
        passphrases_actions.set_up_vault(person(), NEW)
    user = open_vault().actor
    PersonalKey.objects.update(set_aside_at=NOON)
    with pytest.raises(NoVault):
        passphrases_actions.unlock_vault(user, PASSPHRASE)
