"""Who owns the database writes rows of their own, with keys that they have set up like everybody else; none is used."""

from __future__ import annotations

import pytest

from tests.vault.people import make_group, open_vault, own, reads, write_records
from victor.access import System
from victor.vault import crypto
from victor.vault.errors import Unopenable
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import rotation
from victor.vault.groups.models import Group, KeyRotation, Member, Officer
from victor.vault.keys.keyring import UnlockedVault, public_key_of
from victor.vault.keys.models import Grant, Key
from victor.vault.records import actions as records_actions
from victor.vault.records.models import Envelope, SealedFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> UnlockedVault:
    return open_vault()


@pytest.fixture
def eve() -> UnlockedVault:
    """The owner of the database, who has an account and a vault too."""
    return open_vault()


def test_officer_who_was_slipped_in_gets_no_share(anna, eve):
    group = make_group(anna)
    for thief in (eve, open_vault()):
        Officer.objects.create(group=group, user=thief.person, key_id=thief.key_id, stamp="x" * 64)
    with pytest.raises(Unopenable):
        groups_actions.run_pending_maintenance(by=anna)
    assert not group.shares.exists()


def test_member_who_was_slipped_in_with_a_grant_gets_no_new_key(anna, eve):
    group = make_group(anna)
    [envelope] = write_records(group)
    Member.objects.create(group=group, user=eve.person, stamp="x" * 64)
    Grant.objects.create(key=group.key, holder_id=eve.key_id, sealed=b"noise")
    Group.objects.update(needs_new_key=True)
    with pytest.raises(Unopenable):
        groups_actions.run_pending_maintenance(by=anna)
    with pytest.raises(Unopenable):
        reads(envelope, eve)


def test_grant_without_a_member_is_left_behind_by_the_new_key(anna, eve):
    group = make_group(anna)
    Grant.objects.create(key=group.key, holder_id=eve.key_id, sealed=b"noise")
    Group.objects.update(needs_new_key=True)
    groups_actions.run_pending_maintenance(by=anna)
    assert list(Group.objects.get().key.grants.values_list("holder", flat=True)) == [anna.key_id]


@pytest.fixture
def underway(anna, eve) -> None:
    """One record of Anna's is on its way to Ben, another is not."""
    source, target = make_group(anna), make_group(open_vault())
    given, _kept = write_records(source, 2)
    rotation.hand_over_records([given.key], source=source, target=target, by=anna)


@pytest.mark.usefixtures("underway")
def test_records_on_their_way_do_not_end_with_somebody_else(anna, eve):
    KeyRotation.objects.update(target=make_group(eve))
    with pytest.raises(Unopenable):
        rotation.continue_rotations(by=anna)
    assert not any(reads(envelope, eve) for envelope in Envelope.objects.all())


@pytest.mark.usefixtures("underway")
def test_record_that_was_slipped_among_those_on_their_way_stays(anna):
    _given, other = Envelope.objects.order_by("written_at")
    Grant.objects.filter(key=other.key_id).update(rotation=KeyRotation.objects.get())
    rotation.continue_rotations(by=anna)
    assert KeyRotation.objects.get().moved_count == 1
    assert reads(other, anna)


def test_words_put_into_a_persons_mouth_are_not_read(anna):
    [envelope] = write_records(make_group(anna))
    data_key = crypto.new_key()
    forged = crypto.encrypt(crypto.pad(b'"forged"'), data_key, context=f"envelope:{envelope.pk}:{envelope.key_id}:test")
    sealed_key = crypto.seal(data_key, public_key_of(Key.objects.get(pk=envelope.key_id)))
    Envelope.objects.update(content=forged, sealed_key=sealed_key)
    with pytest.raises(Unopenable):
        records_actions.read_envelope(own(Envelope.objects.get()), by=anna)


def test_file_put_in_place_of_another_is_not_read(anna):
    key = write_records(make_group(anna))[0].key
    about = records_actions.FileInfo("a", "b")
    first, second = (records_actions.write_file(key, [b"x"], about=about, by=System("test")) for _ in range(2))
    SealedFile.objects.filter(pk=first.pk).update(
        file=second.file.name, about=second.about, sealed_key=second.sealed_key
    )
    with pytest.raises(Unopenable):
        records_actions.read_file(SealedFile.objects.get(pk=first.pk), key_id=first.key_id, by=anna)
