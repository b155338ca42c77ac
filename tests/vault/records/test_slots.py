"""A record is offered to a group: it is not read before the group takes it, and not after the offer was withdrawn."""

from __future__ import annotations

from base64 import b64decode

import pytest

from tests.vault.people import make_group, open_vault, own
from victor.access import System
from victor.field_encryption import encrypt_value
from victor.vault import crypto
from victor.vault.errors import NoGrant, NoSlot, Unopenable
from victor.vault.groups import actions as groups_actions
from victor.vault.groups.models import Group
from victor.vault.groups.rotation import continue_rotations
from victor.vault.keys.keyring import UnlockedVault, private_key_of
from victor.vault.keys.models import Key
from victor.vault.records import actions as records_actions
from victor.vault.records.models import AcceptanceSlot, Envelope
from victor.vault.records.slots import create_offered_record, offer_record, take_record, withdraw_offer

pytestmark = pytest.mark.django_db
PORTAL = System("portal")
WORDS = {"text": "A lamp in the doorway"}


@pytest.fixture
def anna() -> UnlockedVault:
    return open_vault()


@pytest.fixture
def sofia() -> UnlockedVault:
    return open_vault()


@pytest.fixture
def there(sofia) -> Group:
    """The group to which the record is offered: two people."""
    return make_group(sofia, open_vault())


@pytest.fixture
def key(anna, there) -> Key:
    """A record of Anna's group that is offered to the other."""
    key = records_actions.create_record(make_group(anna), by=PORTAL)
    offer_record(key, there, by=anna)
    return key


@pytest.fixture
def envelope(key) -> Envelope:
    return records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)


def test_offered_record_is_not_read(sofia, envelope):
    with pytest.raises(NoGrant):
        records_actions.read_envelope(own(envelope), by=sofia)


def test_slot_alone_opens_nothing_with_the_key_of_the_group(sofia, there, key):
    """What a copy of the database holds, with a passphrase of the receiver."""
    slot = AcceptanceSlot.objects.get(key=key)
    with private_key_of(there.key, by=sofia) as private, pytest.raises(Unopenable):
        crypto.unseal(b64decode(slot.wrapped, altchars=b"-_"), private)


def test_taken_record_is_read(sofia, there, key, envelope):
    take_record(key, there, by=sofia)
    assert records_actions.read_envelope(own(envelope), by=sofia) == WORDS


def test_take_record_twice_is_refused(sofia, there, key):
    take_record(key, there, by=sofia)
    with pytest.raises(NoSlot):
        take_record(key, there, by=sofia)


def test_take_record_after_the_offer_was_withdrawn_is_refused(sofia, there, key):
    withdraw_offer(key, by=PORTAL)
    with pytest.raises(NoSlot):
        take_record(key, there, by=sofia)


def test_take_record_by_another_group_is_refused(key):
    stranger = open_vault()
    with pytest.raises(NoSlot):
        take_record(key, make_group(stranger), by=stranger)


def test_take_record_without_a_key_of_the_group_is_refused(there, key):
    with pytest.raises(NoGrant):
        take_record(key, there, by=open_vault())


def test_take_slot_that_was_altered_is_refused(sofia, there, key):
    AcceptanceSlot.objects.update(wrapped=encrypt_value("bm90aGluZw=="))
    with pytest.raises(Unopenable):
        take_record(key, there, by=sofia)


def test_take_record_after_the_group_has_a_new_key(sofia, there, key, envelope):
    leaver = there.members.exclude(user=sofia.person).get().user
    groups_actions.dismiss_member(there, leaver, by=sofia)
    groups_actions.run_pending_maintenance(by=sofia)
    continue_rotations(by=sofia)
    take_record(key, there, by=sofia)
    assert records_actions.read_envelope(own(envelope), by=sofia) == WORDS


def test_take_record_after_a_new_key_seals_it_to_the_new_one(sofia, there, key):
    leaver = there.members.exclude(user=sofia.person).get().user
    groups_actions.dismiss_member(there, leaver, by=sofia)
    groups_actions.run_pending_maintenance(by=sofia)
    continue_rotations(by=sofia)
    take_record(key, there, by=sofia)
    there.refresh_from_db()
    assert key.grants.filter(holder=there.key).exists()


def test_offered_record_made_without_a_vault_is_read_once_taken(anna, sofia, there):
    key = create_offered_record(make_group(anna), there, by=PORTAL)
    envelope = records_actions.write_envelope(key, WORDS, purpose="report.text", by=PORTAL)
    take_record(key, there, by=sofia)
    assert records_actions.read_envelope(own(envelope), by=sofia) == WORDS


def test_destroyed_record_leaves_no_slot(key):
    records_actions.destroy_record(key, by=PORTAL)
    assert not AcceptanceSlot.objects.exists()
