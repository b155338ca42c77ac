"""People who open the same records: they join, leave, and are given officers who can restore their access.

Who may ask for any of this, the caller has checked. That nobody is let in by somebody who is not in, the keys see to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import permutations

from django.db import transaction
from django.utils import timezone

from victor.access import System
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault import crypto
from victor.vault.actions.resealing import resume, start
from victor.vault.crypto import Private
from victor.vault.errors import AlreadyAMember, LastMember, NoGrant, NotAMember
from victor.vault.keys import (
    Opened,
    checked,
    grant,
    keep,
    keys_of,
    owner,
    personal_key,
    private_of,
    public_of,
    register,
)
from victor.vault.models import Ceremony, Grant, Group, Key, Layer, Member, Officer, RecoveryShare
from victor.vault.states import MOVES, CeremonyMove, KeyKind


@transaction.atomic
def create_group(*, name: str, members: Collection[User], officers: Collection[User] = (), by: User | System) -> Group:
    """Make a group with its key pair, which nobody but its members can open from then on.

    Raises:
        LastMember: it has no member.
        NoVault: one of them has no vault yet.
    """
    if not members:
        raise LastMember
    with crypto.new_private() as private:
        group = Group(name=name)
        group.key = register(KeyKind.GROUP, private.public, of=group)
        group.save(force_insert=True)
        for user in members:
            grant(group.key, private, to=personal_key(user))
            keep(Member(group=group, user=user))
        for user in officers:
            keep(Officer(group=group, user=user, key=personal_key(user)))
        share_out(group, private)
    record("vault.group_made", group, by=by, members=len(members), officers=len(officers))
    return group


@transaction.atomic
def admit(group: Group, user: User, *, by: Opened) -> None:
    """Let a person open all that the group opens, from now on and from before.

    Raises:
        NoVault: the person has none yet.
        AlreadyAMember: they belong to it.
        NoGrant: whoever asks does not.
    """
    group = locked(group)
    if group.members.filter(user=user).exists():
        raise AlreadyAMember
    with private_of(group.key, by=by) as private:
        grant(group.key, private, to=personal_key(user))
    keep(Member(group=group, user=user))
    record("vault.admitted", group, by=by.person, person=owner(user))


@transaction.atomic
def dismiss(group: Group, user: User, *, by: Opened) -> None:
    """End a person's access at once and give the group a new key; a worker seals the records to it.

    Raises:
        NotAMember, LastMember: as `cut_off` does.
        NoGrant: whoever asks does not belong to the group.
    """
    group = locked(group)
    with private_of(group.key, by=by):
        cut_off(group, user, by=by.person)
        if by.person != user:
            _rotate(group, by=by)


@transaction.atomic
def cut_off(group: Group, user: User, *, by: User | System) -> None:
    """End a person's access at once, without an open vault. The next member who opens theirs gives the new key.

    Raises:
        NotAMember: the person does not belong to the group.
        LastMember: nobody else could open its records.
    """
    group = locked(group)
    if not group.members.filter(user=user).exists():
        raise NotAMember
    if not group.key.grants.filter(holder__personal__set_aside_at=None).exclude(holder__in=keys_of(user)).exists():
        raise LastMember
    group.members.filter(user=user).delete()
    group.officers.filter(user=user).delete()
    group.ceremonies.filter(user=user).open().update(state=MOVES[CeremonyMove.WITHDRAW][1])
    Grant.objects.filter(key=group.key, holder__in=keys_of(user)).delete()
    Group.objects.filter(pk=group.pk).update(due=True)
    record("vault.dismissed", group, by=by, person=owner(user))


@transaction.atomic
def appoint(group: Group, user: User, *, by: Opened) -> None:
    """Make a person one of those of whom two restore a member's access; again after they have begun anew.

    Raises:
        NoVault: the person has none yet.
        NoGrant: whoever asks does not belong to the group.
    """
    group = locked(group)
    with private_of(group.key, by=by) as private:
        group.officers.filter(user=user).delete()
        keep(Officer(group=group, user=user, key=personal_key(user)))
        share_out(group, private)
    record("vault.officer_appointed", group, by=by.person, person=owner(user))


@transaction.atomic
def relieve(group: Group, user: User, *, by: User | System) -> None:
    """End a person's office, and with it every share that they hold.

    Raises:
        NotAMember: they hold none.
    """
    group = locked(group)
    if not group.officers.filter(user=user).delete()[0]:
        raise NotAMember
    _restart_ceremonies(group)
    record("vault.officer_relieved", group, by=by, person=owner(user))


def tend(*, by: Opened) -> None:
    """Do what waits for an open vault: new keys after somebody was cut off, shares that do not fit, resealing."""
    for group in Group.objects.filter(members__user=by.person):
        with transaction.atomic():
            _tend(locked(group), by=by)
    resume(by=by)


def _tend(group: Group, *, by: Opened) -> None:
    try:
        private = private_of(group.key, by=by)
    except NoGrant:  # the person waits for their own recovery
        return
    with private:
        if group.due:
            _rotate(group, by=by)
        elif set(group.shares.values_list("first", "second")) != set(_pairs(group, "pk")):
            share_out(group, private)


def _rotate(group: Group, *, by: Opened) -> None:
    """A new key pair for those who stay. The new key opens the old one until all records are sealed to it."""
    old = group.key
    staying = [owner(checked(member).user) for member in group.members.select_related("user")]
    holders = list(Key.objects.filter(held__key=old, owner__in=staying))
    with private_of(old, by=by) as private, crypto.new_private() as fresh:
        group.key = register(KeyKind.GROUP, fresh.public, of=group)
        group.due = False
        group.save(update_fields=["key", "due"])
        Key.objects.filter(pk=old.pk).update(retired_at=timezone.now())
        old.grants.all().delete()
        for holder in holders:
            grant(group.key, fresh, to=holder)
        share_out(group, fresh)
        if Grant.objects.filter(holder=old).exists():
            grant(old, private, to=group.key)
            start(old, private, Grant.objects.filter(holder=old), target=group)
    record("vault.group_key_replaced", group, by=by.person, key=str(group.key_id))


def share_out(group: Group, private: Private) -> None:
    """Make the shares anew: for each two officers, in either order, sealed to the one within the other."""
    group.shares.all().delete()
    for first, second in _pairs(group):
        inner = crypto.seal(bytes(private), public_of(second.key, of=second.user))
        sealed = crypto.seal(inner, public_of(first.key, of=first.user))
        RecoveryShare.objects.create(group=group, key=group.key, first=first, second=second, sealed=sealed)
    _restart_ceremonies(group)


def _pairs(group: Group, attribute: str = "") -> Iterable[tuple]:
    """Every two officers whose keys are in use, in either order."""
    officers = group.officers.filter(key__personal__set_aside_at=None).select_related("key", "user")
    return permutations([getattr(checked(each), attribute) if attribute else each for each in officers], 2)


def _restart_ceremonies(group: Group) -> None:
    """What a first officer has opened fits no longer."""
    starts, leads = MOVES[CeremonyMove.RESTART]
    Layer.objects.filter(ceremony__group=group).delete()
    Ceremony.objects.filter(group=group, state__in=starts).update(state=leads, first=None)


def locked(group: Group) -> Group:
    """The group as it is now, which nobody else changes until the transaction ends."""
    group = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=group.pk)
    public_of(group.key, of=group)
    return group
