"""People join and leave, and records move, in requests of members whose vault is unlocked."""

from __future__ import annotations

import pytest
from django.db.models import Q
from django.utils import timezone

from tests.vault.people import make_group, open_vault, reads, write_records
from victor.access import System
from victor.audit.models import Entry
from victor.vault.errors import AlreadyAMember, LastMember, NoGrant, NotAMember, NoVault, StillOpensRecords
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import rotation
from victor.vault.groups.models import Group, KeyRotation
from victor.vault.groups.states import RotationState
from victor.vault.keys.keyring import private_key_of
from victor.vault.keys.models import Grant, Key, PersonalKey

pytestmark = pytest.mark.django_db
PORTAL = System("portal")


def test_newcomer_reads_what_was_written_before():
    anna, ben = open_vault(), open_vault()
    group = make_group(anna)
    [envelope] = write_records(group)
    assert not reads(envelope, ben)
    groups_actions.admit_member(group, ben.actor, by=anna)
    assert reads(envelope, ben)


def test_only_a_member_admits_and_only_somebody_new_with_a_vault():
    anna, ben = open_vault(), open_vault()
    group = make_group(anna)
    with pytest.raises(NoGrant):
        groups_actions.admit_member(group, ben.actor, by=ben)
    with pytest.raises(AlreadyAMember):
        groups_actions.admit_member(group, anna.actor, by=anna)
    PersonalKey.objects.filter(user=ben.actor).update(set_aside_at=timezone.now())
    with pytest.raises(NoVault):
        groups_actions.admit_member(group, ben.actor, by=anna)


def test_dismiss_member_ends_access_before_any_record_moves():
    anna, ben = open_vault(), open_vault()
    group = make_group(anna, ben)
    old, [envelope] = group.key, write_records(group)
    groups_actions.dismiss_member(group, ben.actor, by=anna)
    assert reads(envelope, anna)
    assert not reads(envelope, ben)
    with pytest.raises(NoGrant):
        private_key_of(old, by=ben)


def test_continue_rotations_moves_every_record_and_deletes_the_way_to_the_old_key():
    anna, ben = open_vault(), open_vault()
    group = make_group(anna, ben)
    old, envelopes = group.key, write_records(group, 120)
    groups_actions.dismiss_member(group, ben.actor, by=anna)
    rotation.continue_rotations(by=anna, seconds=60)
    group.refresh_from_db()
    assert KeyRotation.objects.values_list("state", "moved_count").get() == (RotationState.DONE, 120)
    assert Grant.objects.filter(holder=group.key).count() == 120
    assert not Grant.objects.filter(Q(holder=old) | Q(key=old)).exists()
    assert all(reads(each, anna) for each in envelopes)


def test_continue_rotations_that_is_short_of_time_moves_one_batch_and_goes_on_later():
    anna, ben, cleo = open_vault(), open_vault(), open_vault()
    group = make_group(anna, ben, cleo)
    envelopes = write_records(group, rotation.BATCH * 2 + 1)
    groups_actions.dismiss_member(group, ben.actor, by=anna)
    counts = []
    for member in (anna, cleo, anna):
        rotation.continue_rotations(by=member, seconds=-1)
        counts.append(KeyRotation.objects.get().moved_count)
    assert counts == [rotation.BATCH, rotation.BATCH * 2, rotation.BATCH * 2 + 1]
    assert all(reads(each, cleo) for each in envelopes)


def test_continue_rotations_by_a_stranger_moves_nothing():
    anna, ben, eve = open_vault(), open_vault(), open_vault()
    group = make_group(anna, ben)
    write_records(group)
    groups_actions.dismiss_member(group, ben.actor, by=anna)
    for stranger in (ben, eve):
        rotation.continue_rotations(by=stranger)
    assert KeyRotation.objects.get().moved_count == 0


def test_write_record_while_others_wait_is_for_the_new_key():
    anna, ben = open_vault(), open_vault()
    group = make_group(anna, ben)
    write_records(group)
    groups_actions.dismiss_member(group, ben.actor, by=anna)
    [later] = write_records(group)
    rotation.continue_rotations(by=anna)
    assert reads(later, anna)
    assert not reads(later, ben)


def test_dismiss_two_members_one_after_the_other_leaves_every_record_readable():
    anna, ben, cleo = open_vault(), open_vault(), open_vault()
    group = make_group(anna, ben, cleo)
    first = write_records(group, 3)
    groups_actions.dismiss_member(group, ben.actor, by=anna)
    second = write_records(group, 3)
    groups_actions.dismiss_member(group, cleo.actor, by=anna)
    assert [reads(each, anna) for each in first + second] == [True] * 6
    rotation.continue_rotations(by=anna)
    group.refresh_from_db()
    assert Grant.objects.filter(holder=group.key).count() == 6
    assert [reads(each, anna) for each in first + second] == [True] * 6
    assert [reads(each, cleo) for each in first + second] == [False] * 6


def test_who_is_cut_off_without_an_open_vault_is_replaced_by_the_next_who_opens_one():
    anna, ben = open_vault(), open_vault()
    group = make_group(anna, ben)
    old, [envelope] = group.key_id, write_records(group)
    groups_actions.revoke_access(group, ben.actor, by=PORTAL)
    assert not reads(envelope, ben)
    groups_actions.run_pending_maintenance(by=anna)
    rotation.continue_rotations(by=anna)
    group.refresh_from_db()
    assert group.key_id != old
    assert not group.needs_new_key
    assert reads(envelope, anna)


def test_last_member_stays():
    anna = open_vault()
    group = make_group(anna)
    with pytest.raises(LastMember):
        groups_actions.revoke_access(group, anna.actor, by=PORTAL)
    with pytest.raises(NotAMember):
        groups_actions.revoke_access(group, open_vault().actor, by=PORTAL)
    with pytest.raises(LastMember):
        groups_actions.create_group(name="Nobody", members=[], by=PORTAL)


def test_member_who_leaves_by_themselves_does_not_make_the_new_key():
    anna, ben = open_vault(), open_vault()
    group = make_group(anna, ben)
    groups_actions.dismiss_member(group, ben.actor, by=ben)
    assert Group.objects.get().needs_new_key
    groups_actions.run_pending_maintenance(by=anna)
    rotation.continue_rotations(by=anna)
    assert not Group.objects.get().needs_new_key


def test_chosen_records_are_handed_over_and_the_others_stay():
    anna, ben = open_vault(), open_vault()
    source, target = make_group(anna), make_group(ben)
    given, staying = write_records(source, 2)
    with pytest.raises(NoGrant):
        rotation.hand_over_records([given.key], source=source, target=target, by=ben)
    rotation.hand_over_records([given.key], source=source, target=target, by=anna)
    rotation.continue_rotations(by=anna)
    assert [reads(given, each) for each in (anna, ben)] == [False, True]
    assert [reads(staying, each) for each in (anna, ben)] == [True, False]


def test_records_handed_over_while_their_group_gets_a_new_key_arrive():
    anna, ben, cleo = open_vault(), open_vault(), open_vault()
    source, target = make_group(anna, cleo), make_group(ben)
    given, staying = write_records(source, 2)
    rotation.hand_over_records([given.key], source=source, target=target, by=anna)
    groups_actions.dismiss_member(source, cleo.actor, by=anna)
    rotation.continue_rotations(by=anna)
    assert [reads(given, each) for each in (anna, ben, cleo)] == [False, True, False]
    assert [reads(staying, each) for each in (anna, ben, cleo)] == [True, False, False]
    old = Key.objects.get(group=None, kind="group")
    assert not Grant.objects.filter(key=old).exists()


def test_grant_that_was_altered_is_told_and_does_not_hold_up_the_others():
    anna, ben = open_vault(), open_vault()
    group = make_group(anna, ben)
    broken, whole = write_records(group, 2)
    Grant.objects.filter(key=broken.key_id).update(sealed=bytes(80))
    groups_actions.dismiss_member(group, ben.actor, by=anna)
    rotation.continue_rotations(by=anna)
    assert KeyRotation.objects.get().state == RotationState.DONE
    assert reads(whole, anna)
    assert Entry.objects.filter(action="vault.grant_altered").count() == 1


def test_dissolve_group_deletes_it_with_all_its_keys():
    anna, ben = open_vault(), open_vault()
    group = make_group(anna, ben)
    groups_actions.dismiss_member(group, ben.actor, by=anna)
    groups_actions.dissolve_group(group, by=PORTAL)
    assert not Group.objects.exists()
    assert not Key.objects.filter(kind="group").exists()


def test_dissolve_group_that_opens_records_is_refused():
    anna = open_vault()
    group = make_group(anna)
    [envelope] = write_records(group)
    with pytest.raises(StillOpensRecords):
        groups_actions.dissolve_group(group, by=PORTAL)
    assert reads(envelope, anna)
