"""Access that is offered to a group and not taken yet: the group takes it, or it is withdrawn before.

Nobody who offers has to be there when it is taken, and no key lies open before.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from django.db import transaction

from victor.audit.actions import record
from victor.field_encryption import decrypt_value, encrypt_value
from victor.vault import crypto
from victor.vault.errors import NoSlot
from victor.vault.groups.locks import lock_group
from victor.vault.keys.keyring import (
    owner_label,
    private_key_of,
    public_key_of,
    register_key,
    save_stamped,
    seal_key_to,
    verify_stamp,
)
from victor.vault.keys.models import Grant, Key
from victor.vault.keys.states import KeyKind
from victor.vault.records.models import AcceptanceSlot

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.access import Actor
    from victor.vault.crypto import PrivateKey
    from victor.vault.groups.models import Group
    from victor.vault.keys.keyring import UnlockedVault


@transaction.atomic
def offer_record(key: Key, group: Group, *, by: UnlockedVault) -> AcceptanceSlot:
    """Offer a record to another group.

    Raises:
        NoGrant: no grant leads to the record from the unlocked key.
    """
    holder = lock_group(group).key
    with private_key_of(key, by=by) as private:
        slot = _save_slot(key, holder, private)
    record("vault.offered", key, by=by.actor, group=str(group.pk))
    return slot


@transaction.atomic
def create_offered_record(group: Group, offered_to: Group, *, by: Actor) -> Key:
    """Create a record that one group can open, and offer it to another. No vault need be unlocked."""
    own, holder = lock_group(group).key, lock_group(offered_to).key
    with crypto.new_private_key() as private:
        key = register_key(KeyKind.RECORD, private.public)
        seal_key_to(key, private, to=own)
        _save_slot(key, holder, private)
    record("vault.record_made", key, by=by, groups=1, offered=str(offered_to.pk))
    return key


def _save_slot(key: Key, holder: Key, private: PrivateKey) -> AcceptanceSlot:
    sealed = crypto.seal(bytes(private), public_key_of(holder))
    slot = AcceptanceSlot(key=key, holder=holder, wrapped=encrypt_value(b64encode(sealed).decode()))
    save_stamped(slot)
    return slot


@transaction.atomic
def take_record(key: Key, group: Group, *, by: UnlockedVault) -> None:
    """The group takes what it was offered. Where its key was replaced meanwhile, the access moves to the new one.

    Raises:
        NoSlot: it was offered nothing, or no longer.
        NoGrant: the unlocked key is not one of the group's members.
        Unopenable: somebody has altered it.
    """
    current = lock_group(group).key
    slot = _slots(key, group).select_for_update(of=["self"]).select_related("holder").first()
    if slot is None:
        raise NoSlot
    sealed = b64decode(decrypt_value(verify_stamp(slot).wrapped))
    grant = Grant.objects.create(key=key, holder=slot.holder, sealed=sealed)
    with private_key_of(key, by=by) as private:
        if slot.holder_id != current.pk:
            grant.delete()
            seal_key_to(key, private, to=current)
    slot.delete()
    record("vault.taken", key, by=by.actor, group=str(group.pk))


@transaction.atomic
def withdraw_offer(key: Key, *, by: Actor) -> None:
    """Nobody can take what was offered of this record any more. The caller has checked who may."""
    slots = list(key.slots.select_for_update(of=["self"]))
    if slots:
        key.slots.filter(pk__in=[slot.pk for slot in slots]).delete()
        record("vault.offer_withdrawn", key, by=by)


def _slots(key: Key, group: Group) -> QuerySet[AcceptanceSlot]:
    return AcceptanceSlot.objects.filter(key=key, holder__owner=owner_label(group))
