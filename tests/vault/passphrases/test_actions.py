"""A person's own vault: the passphrase alone opens it, wrong ones cost time, forgotten ones may be remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.people import person
from tests.vault.people import PASSPHRASE, make_group, open_vault, own, reads, replace_vault, write_records
from victor.access import System
from victor.audit.models import Entry
from victor.vault.errors import (
    AlreadySetUp,
    LastMember,
    NoGrant,
    NoVault,
    SetAsideToday,
    TooManyTries,
    Unopenable,
    WrongPassphrase,
)
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import rotation
from victor.vault.keys.keyring import UnlockedVault, personal_key, private_key_of
from victor.vault.keys.models import Grant, Key, PassphraseTries, PersonalKey
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
    PassphraseTries.objects.create(user=user, failures=5, failed_at=NOON)
    with pytest.raises(TooManyTries) as refusal:
        passphrases_actions.unlock_vault(user, PASSPHRASE)
    assert refusal.value.until == NOON + timedelta(seconds=30)
    at(NOON + timedelta(seconds=31))
    passphrases_actions.unlock_vault(user, PASSPHRASE)
    assert PassphraseTries.objects.get().failures == 0


def test_the_wait_doubles_up_to_an_hour(at):
    user = open_vault().actor
    at(NOON)
    for failures, wait in ((6, 60), (8, 240), (50, 3600)):
        PassphraseTries.objects.update_or_create(user=user, defaults={"failures": failures, "failed_at": NOON})
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
        records_actions.read_envelope(own(first), by=fresh)
    new = groups_actions.create_group(name="New", members=[user], by=PORTAL)
    later = records_actions.write_envelope(records_actions.create_record(new, by=PORTAL), "new", purpose="x", by=PORTAL)
    back = passphrases_actions.restore_old_passphrase(PASSPHRASE, by=fresh)
    assert [records_actions.read_envelope(own(each), by=back) for each in (first, later)] == ["old", "new"]
    assert passphrases_actions.unlock_vault(user, PASSPHRASE).key_id == anna.key_id


def test_nothing_is_remembered_by_a_wrong_passphrase():
    fresh = passphrases_actions.replace_forgotten_passphrase(open_vault().actor, NEW)
    with pytest.raises(WrongPassphrase):
        passphrases_actions.restore_old_passphrase("not the words", by=fresh)
    assert PassphraseTries.objects.get(of_old_keys=True).failures == 1


def test_nobody_without_a_role_or_a_vault_gets_in():
    with pytest.raises(PermissionDenied):
        passphrases_actions.set_up_vault(person(), NEW)
    user = open_vault().actor
    PersonalKey.objects.update(set_aside_at=NOON)
    with pytest.raises(NoVault):
        passphrases_actions.unlock_vault(user, PASSPHRASE)


def test_set_aside_does_not_end_the_pause_after_wrong_passphrases(at):
    """Finding 18: who sets a key aside does not guess on without a pause."""
    user = open_vault().actor
    at(NOON)
    PassphraseTries.objects.create(user=user, failures=6, failed_at=NOON)
    fresh = passphrases_actions.replace_forgotten_passphrase(user, NEW)
    with pytest.raises(TooManyTries) as refusal:
        passphrases_actions.restore_old_passphrase(PASSPHRASE, by=fresh)
    assert refusal.value.until == NOON + timedelta(minutes=1)


def test_right_new_passphrase_does_not_end_the_pause_of_the_old_one(at):
    """Finding 18: neither does who unlocks with the new passphrase in between."""
    user = open_vault().actor
    at(NOON)
    PassphraseTries.objects.create(user=user, failures=9, failed_at=NOON)
    fresh = passphrases_actions.replace_forgotten_passphrase(user, NEW)
    at(NOON + timedelta(minutes=7, seconds=59))
    with pytest.raises(TooManyTries):
        passphrases_actions.unlock_vault(user, NEW)
    at(NOON + timedelta(minutes=8))
    passphrases_actions.unlock_vault(user, NEW)
    with pytest.raises(WrongPassphrase):
        passphrases_actions.restore_old_passphrase("not the words", by=fresh)
    assert PassphraseTries.objects.get(of_old_keys=True).failures == 10


def test_set_aside_twice_within_a_day_is_refused(at):
    """Finding 18: at most one key a day is set aside, remembered in between or not."""
    user = open_vault().actor
    at(NOON)
    fresh = passphrases_actions.replace_forgotten_passphrase(user, NEW)
    at(NOON + timedelta(hours=23))
    with pytest.raises(SetAsideToday):
        passphrases_actions.replace_forgotten_passphrase(user, NEW)
    passphrases_actions.restore_old_passphrase(PASSPHRASE, by=fresh)
    at(NOON + timedelta(hours=46))
    with pytest.raises(SetAsideToday):
        passphrases_actions.replace_forgotten_passphrase(user, NEW)
    at(NOON + timedelta(hours=48))
    passphrases_actions.replace_forgotten_passphrase(user, NEW)


def row_of(vault: UnlockedVault) -> PersonalKey:
    """The row of a key, as an older backup has it."""
    return PersonalKey.objects.select_related("key").get(key=vault.key_id)


def opened_from(backup: PersonalKey) -> UnlockedVault:
    """What somebody opens who knows the passphrase and has that row: its key, nothing else."""
    return UnlockedVault(backup.user, backup.key_id, passphrases_actions._decrypt_private_key(backup, PASSPHRASE))


def test_replace_known_passphrase_makes_row_of_a_backup_worthless():
    """Finding 12: with the old row and the old passphrase nothing of today opens, and all does with the new one."""
    anna, ben = open_vault(), open_vault()
    groups = [make_group(anna, ben), make_group(anna, officers=[open_vault(), open_vault()])]
    envelopes = [envelope for group in groups for envelope in write_records(group, 3)]
    backup = row_of(anna)
    fresh = passphrases_actions.replace_known_passphrase(anna.person, PASSPHRASE, new=NEW)
    thief = opened_from(backup)
    assert [reads(envelope, thief) for envelope in envelopes] == [False] * 6
    rotation.continue_rotations(by=fresh)
    assert [reads(envelope, fresh) for envelope in envelopes] == [True] * 6
    assert [reads(envelope, thief) for envelope in envelopes] == [False] * 6
    assert [reads(envelope, ben) for envelope in envelopes] == [True] * 3 + [False] * 3


def test_replace_known_passphrase_leaves_no_grant_to_an_earlier_key():
    """Finding 12: keys that were set aside before go with it."""
    anna, ben = open_vault(), open_vault()
    make_group(anna, ben)
    fresh = passphrases_actions.replace_forgotten_passphrase(anna.person, NEW)
    newest = passphrases_actions.replace_known_passphrase(anna.person, NEW, new="seven rivers under one old bridge")
    assert not Grant.objects.filter(holder__in=[anna.key_id, fresh.key_id]).exists()
    assert list(PersonalKey.objects.filter(user=anna.person).values_list("key", flat=True)) == [newest.key_id]


def test_replace_known_passphrase_gives_new_group_keys():
    """Finding 12: a group's key that an older backup leads to opens no record that has moved."""
    anna = open_vault()
    group = make_group(anna)
    write_records(group)
    with private_key_of(group.key, by=anna) as stolen:
        fresh = passphrases_actions.replace_known_passphrase(anna.person, PASSPHRASE, new=NEW)
        rotation.continue_rotations(by=fresh)
        thief = UnlockedVault(anna.person, group.key_id, stolen)
        record_key = Key.objects.get(kind="record")
        with pytest.raises((NoGrant, Unopenable)):
            private_key_of(record_key, by=thief)


def test_replace_known_passphrase_of_an_officer_lets_members_make_new_shares():
    """Finding 12: shares of the old key are gone; the next member who unlocks theirs makes new ones."""
    anna, olga, oscar = open_vault(), open_vault(), open_vault()
    group = make_group(anna, officers=[olga, oscar])
    passphrases_actions.replace_known_passphrase(olga.person, PASSPHRASE, new=NEW)
    assert not group.shares.exists()
    groups_actions.run_pending_maintenance(by=anna)
    group.refresh_from_db()
    assert group.is_recoverable


def test_replace_known_passphrase_is_refused_where_only_the_old_key_opens_a_group():
    anna = open_vault()
    [envelope] = write_records(make_group(anna))
    replace_vault(anna)
    with pytest.raises(LastMember):
        passphrases_actions.replace_known_passphrase(anna.person, PASSPHRASE, new=NEW)
    assert reads(envelope, anna)


def test_replace_known_passphrase_by_a_wrong_one_changes_nothing():
    anna = open_vault()
    with pytest.raises(WrongPassphrase):
        passphrases_actions.replace_known_passphrase(anna.person, "not the words", new=NEW)
    assert personal_key(anna.person).pk == anna.key_id
