"""Groups of people who open the same records: members join and leave, officers can restore their access.

The caller checks who may ask. The keys ensure that only a member lets somebody else in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import permutations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from victor.access import Actor
from victor.accounts.models import User
from victor.audit.actions import record
from victor.stored_names import stored_reference
from victor.vault import crypto
from victor.vault.crypto import PrivateKey
from victor.vault.errors import AlreadyAMember, LastMember, NoGrant, NotAMember, StillOpensRecords
from victor.vault.groups.locks import lock_group
from victor.vault.groups.models import Group, Member, Officer, RecoveryLayer, RecoveryRequest, RecoveryShare
from victor.vault.groups.rotation import continue_rotations, start_rotation
from victor.vault.groups.states import MOVES, RecoveryMove
from victor.vault.keys.keyring import (
    UnlockedVault,
    all_keys_of,
    owner_label,
    personal_key,
    private_key_of,
    public_key_of,
    register_key,
    save_stamped,
    seal_key_to,
    verify_stamp,
)
from victor.vault.keys.models import Grant, Key
from victor.vault.keys.states import KeyKind


@transaction.atomic
def create_group(*, name: str, members: Collection[User], officers: Collection[User] = (), by: Actor) -> Group:
    """Create a group with its key pair. From then on only its members can open the key.

    Raises:
        LastMember: it has no member.
        NoVault: one of them has no vault yet.
    """
    if not members:
        raise LastMember
    with crypto.new_private_key() as private:
        group = Group(name=name)
        group.key = register_key(KeyKind.GROUP, private.public, of=group)
        group.save(force_insert=True)
        for user in members:
            seal_key_to(group.key, private, to=personal_key(user))
            save_stamped(Member(group=group, user=user))
        for user in officers:
            save_stamped(Officer(group=group, user=user, key=personal_key(user)))
        make_recovery_shares(group, private)
    record("vault.group_made", group, by=by, members=len(members), officers=len(officers))
    return group


@transaction.atomic
def admit_member(group: Group, user: User, *, by: UnlockedVault) -> None:
    """Let a person open all records of the group, old and new.

    Raises:
        NoVault: the person has none yet.
        AlreadyAMember: the person is a member.
        NoGrant: the actor is not a member.
    """
    group = lock_group(group)
    if group.members.filter(user=user).exists():
        raise AlreadyAMember
    with private_key_of(group.key, by=by) as private:
        seal_key_to(group.key, private, to=personal_key(user))
    save_stamped(Member(group=group, user=user))
    record("vault.admitted", group, by=by.person, person=owner_label(user))


@transaction.atomic
def dismiss_member(group: Group, user: User, *, by: UnlockedVault) -> None:
    """End a person's access at once and give the group a new key. `continue_rotations` moves the records to it.

    Raises:
        NotAMember, LastMember: as `revoke_access` does.
        NoGrant: the actor is not a member.
    """
    group, is_colleague = lock_group(group), by.person != user
    with private_key_of(group.key, by=by):
        _end_access(group, user)
        if is_colleague:
            _replace_key(group, by=by)
    record("vault.dismissed", group, by=by.person, person=owner_label(user))
    if is_colleague:
        record("vault.group_key_replaced", group, by=by.person, key=str(group.key_id))


@transaction.atomic
def replace_key_of(group: Group, user: User, *, old: UnlockedVault, fresh: UnlockedVault) -> Group:
    """A person has a new key. Give the group a new one too, which only the person's new key opens, not an old one.

    Where the person cannot open the group, as an officer or waiting for recovery, it `needs_new_key`, which a member
    makes. Returns the group as it is now.

    Raises:
        LastMember: only a key that was set aside opens the group.
    """
    group = lock_group(group)
    offices = group.officers.filter(user=user)
    if offices.exists():
        offices.delete()
        save_stamped(Officer(group=group, user=user, key=personal_key(user)))
    try:
        private = private_key_of(group.key, by=old)
    except NoGrant:
        if not _others_who_open(group, user).exists():
            raise LastMember from None
        group.needs_new_key = True
        group.save(update_fields=["needs_new_key"])
        return group
    with private:
        seal_key_to(group.key, private, to=personal_key(user))
    group.key.grants.filter(holder__in=all_keys_of(user)).exclude(holder=fresh.key_id).delete()
    _replace_key(group, by=fresh)
    return group


@transaction.atomic
def revoke_access(group: Group, user: User, *, by: Actor) -> None:
    """End a person's access at once. No vault need be unlocked: the next member who unlocks theirs makes the new key.

    Raises:
        NotAMember: the person is not a member.
        LastMember: nobody else could open the records.
    """
    group = lock_group(group)
    _end_access(group, user)
    record("vault.dismissed", group, by=by, person=owner_label(user))


@transaction.atomic
def dissolve_group(group: Group, *, by: Actor) -> None:
    """Delete a group that opens nothing any more, with its keys. The caller has checked who may.

    Raises:
        StillOpensRecords: a record is sealed to it, or offered.
    """
    group = lock_group(group)
    keys = Key.objects.filter(kind=KeyKind.GROUP, owner=owner_label(group))
    if Grant.objects.filter(holder__in=keys).exists() or keys.filter(slots_held__isnull=False).exists():
        raise StillOpensRecords
    reference, numbers = stored_reference(group), list(keys.values_list("pk", flat=True))
    group.delete()
    Key.objects.filter(pk__in=numbers).delete()
    record("vault.group_dissolved", reference, by=by)


def _end_access(group: Group, user: User) -> None:
    """End a person's access to a locked group. Raises as `revoke_access` does."""
    if not group.members.filter(user=user).exists():
        raise NotAMember
    if not _others_who_open(group, user).exists():
        raise LastMember
    group.members.filter(user=user).delete()
    group.officers.filter(user=user).delete()
    group.recovery_requests.filter(user=user).open().update(state=MOVES[RecoveryMove.WITHDRAW][1])
    Grant.objects.filter(key=group.key, holder__in=all_keys_of(user)).delete()
    Group.objects.filter(pk=group.pk).update(needs_new_key=True)


@transaction.atomic
def add_recovery_officer(group: Group, user: User, *, by: UnlockedVault) -> None:
    """Make a person a recovery officer. An officer who has a new key is added again.

    Raises:
        NoVault: the person has none yet.
        NoGrant: the actor is not a member.
    """
    group = lock_group(group)
    with private_key_of(group.key, by=by) as private:
        group.officers.filter(user=user).delete()
        save_stamped(Officer(group=group, user=user, key=personal_key(user)))
        make_recovery_shares(group, private)
    record("vault.officer_appointed", group, by=by.person, person=owner_label(user))


@transaction.atomic
def remove_recovery_officer(group: Group, user: User, *, by: Actor) -> None:
    """Remove a recovery officer, with all shares that were sealed to this person.

    Raises:
        NotAMember: the person is no officer of the group.
    """
    group = lock_group(group)
    if not group.officers.filter(user=user).delete()[0]:
        raise NotAMember
    _restart_recoveries(group)
    record("vault.officer_relieved", group, by=by, person=owner_label(user))


def run_pending_maintenance(*, by: UnlockedVault) -> None:
    """Do what waits for a member's unlocked vault: new keys, shares that no longer fit, records that move."""
    for group in Group.objects.filter(members__user=by.person):
        with transaction.atomic():
            _maintain_group(lock_group(group), by=by)
    continue_rotations(by=by)


def _maintain_group(group: Group, *, by: UnlockedVault) -> None:
    try:
        private = private_key_of(group.key, by=by)
    except NoGrant:  # the person waits for their own recovery
        return
    with private:
        if group.needs_new_key:
            _replace_key(group, by=by)
            record("vault.group_key_replaced", group, by=by.person, key=str(group.key_id))
        elif set(group.shares.values_list("first", "second")) != {
            (first.pk, second.pk) for first, second in _officer_pairs(group)
        }:
            make_recovery_shares(group, private)


def _others_who_open(group: Group, user: User) -> QuerySet[Grant]:
    """The grants by which others open the group, with keys that are in use."""
    in_use = Grant.objects.filter(key=group.key, holder__personal__isnull=False, holder__personal__set_aside_at=None)
    return in_use.exclude(holder__in=all_keys_of(user))


def _replace_key(group: Group, *, by: UnlockedVault) -> None:
    """Give those who stay a new key pair. The new key opens the old one until all records are sealed to it."""
    old = group.key
    remaining_owners = [owner_label(verify_stamp(member).user) for member in group.members.select_related("user")]
    holders = list(Key.objects.filter(grants_held__key=old, owner__in=remaining_owners))
    with private_key_of(old, by=by) as private, crypto.new_private_key() as fresh:
        group.key = register_key(KeyKind.GROUP, fresh.public, of=group)
        group.needs_new_key = False
        group.save(update_fields=["key", "needs_new_key"])
        Key.objects.filter(pk=old.pk).update(retired_at=timezone.now())
        old.grants.all().delete()
        for holder in holders:
            seal_key_to(group.key, fresh, to=holder)
        make_recovery_shares(group, fresh)
        if Grant.objects.filter(holder=old).exists() or old.slots_held.exists():
            seal_key_to(old, private, to=group.key)
            start_rotation(old, Grant.objects.filter(holder=old), target=group)


def make_recovery_shares(group: Group, private: PrivateKey) -> None:
    """Make the shares again, for each two officers in either order: sealed to the second, then to the first."""
    group.shares.all().delete()
    for first, second in _officer_pairs(group):
        inner_layer = crypto.seal(bytes(private), public_key_of(second.key, of=second.user))
        sealed = crypto.seal(inner_layer, public_key_of(first.key, of=first.user))
        RecoveryShare.objects.create(group=group, key=group.key, first=first, second=second, sealed=sealed)
    _restart_recoveries(group)


def _officer_pairs(group: Group) -> Iterable[tuple[Officer, Officer]]:
    """Every two officers whose keys are in use, in either order."""
    officers = group.officers.filter(key__personal__set_aside_at=None).select_related("key", "user")
    return permutations([verify_stamp(officer) for officer in officers], 2)


def _restart_recoveries(group: Group) -> None:
    """Recoveries begin again: the layers that a first officer has opened no longer fit."""
    starts, target = MOVES[RecoveryMove.RESTART]
    RecoveryLayer.objects.filter(recovery_request__group=group).delete()
    RecoveryRequest.objects.filter(group=group, state__in=starts).update(state=target, first=None)
