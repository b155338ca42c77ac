"""Key rotation: encrypts records to another key, a batch at a time.

No key is stored for it, and none is sent to a worker: what lies on a disk can be read later. The batches are moved in
requests of members whose vault is unlocked. Until all are moved, the new key opens the old one.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from contextlib import suppress
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from victor.audit.actions import record
from victor.task_queue import queue_task
from victor.vault import crypto
from victor.vault.crypto import PrivateKey
from victor.vault.errors import NoGrant, Unopenable
from victor.vault.groups.models import Group, KeyRotation
from victor.vault.groups.states import RotationState
from victor.vault.keys.keyring import (
    UnlockedVault,
    owner_label,
    private_key_of,
    public_key_of,
    save_stamped,
    unseal_grant,
    verify_stamp,
)
from victor.vault.keys.models import Grant, Key
from victor.vault.keys.states import KeyKind

BATCH = 50
SECONDS = 1.0  # that a request spends on moving records, beside one batch


@transaction.atomic
def move_batch(pk: UUID, *, by: UnlockedVault) -> bool:
    """Encrypt one batch to the new key. Returns whether there may be more.

    Whoever comes while another request moves a batch leaves it to that one.

    Raises:
        NoGrant: no grant leads from the unlocked key to the old one.
    """
    running = KeyRotation.objects.select_for_update(of=["self"], skip_locked=True).select_related("old_key")
    rotation = running.filter(pk=pk, state=RotationState.RUNNING).first()
    if rotation is None:
        return False
    with private_key_of(verify_stamp(rotation).old_key, by=by) as private:
        moved_count, altered = _move_grants(rotation, private)
    rotation.moved_count += moved_count
    rotation.progressed_at = timezone.now()
    rotation.save(update_fields=["moved_count", "progressed_at"])
    is_done = not rotation.waiting.exists()
    if is_done:
        _finish_rotation(rotation)
    for grant in altered:
        record("vault.grant_altered", grant, by=by.actor)
    if is_done:
        record("vault.resealed", rotation, by=by.actor, moved=rotation.moved_count)
    return not is_done


def continue_rotations(*, by: UnlockedVault, seconds: float = SECONDS) -> None:
    """Move batches that the unlocked key can move, for so many seconds. One batch is moved in any case.

    It must not be called within a transaction that holds other locks. A request that is cut off between two batches
    loses nothing.
    """
    limit = time.monotonic() + seconds
    running = KeyRotation.objects.filter(state=RotationState.RUNNING).order_by("started_at")
    for pk in list(running.values_list("pk", flat=True)):
        with suppress(NoGrant):
            while move_batch(pk, by=by):
                if time.monotonic() > limit:
                    return


def _move_grants(rotation: KeyRotation, private: PrivateKey) -> tuple[int, list[Grant]]:
    """How many grants were moved, and those that somebody has altered."""
    group = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=rotation.target_id)
    public_key_of(group.key, of=group)
    batch = list(rotation.waiting.select_for_update(of=["self"]).select_related("key").order_by("pk")[:BATCH])
    is_own_key = rotation.old_key.owner == owner_label(group)
    meant = [
        grant
        for grant in batch
        if grant.holder_id == rotation.old_key_id and (is_own_key or grant.key_id in rotation.record_keys)
    ]
    Grant.objects.filter(pk__in=[grant.pk for grant in batch if grant not in meant]).update(rotation=None)
    altered = [grant for grant in meant if not _move_grant(grant, private, group.key)]
    return len(meant) - len(altered), altered


def _move_grant(grant: Grant, private: PrivateKey, to: Key) -> bool:
    """Seal one private part to the new key, in place of the old one. Returns whether the grant is as we made it.

    A grant that was altered stays as it is.
    """
    grant.rotation = None
    try:
        with unseal_grant(grant, private) as granted_key:
            sealed = crypto.seal(bytes(granted_key), public_key_of(to))
    except Unopenable:
        grant.save(update_fields=["rotation"])
        return False
    twin = Grant.objects.filter(key=grant.key_id, holder=to).exclude(pk=grant.pk).first()
    if twin:
        grant.rotation = twin.rotation
        twin.delete()
    grant.holder, grant.sealed = to, sealed
    grant.save(update_fields=["holder", "sealed", "rotation"])
    return True


def _finish_rotation(rotation: KeyRotation) -> None:
    """Delete the grants that lead to the old key once nothing is encrypted to it any more, nor offered to it."""
    rotation.state = RotationState.DONE
    rotation.save(update_fields=["state"])
    old = rotation.old_key
    if old.retired_at and not old.grants_held.exists() and not old.slots_held.exists():
        Grant.objects.filter(key=old, holder__kind=KeyKind.GROUP).delete()
    transaction.on_commit(partial(queue_task, "victor.vault.tasks.clean_tables"), robust=True)


@transaction.atomic
def hand_over_records(
    records: Collection[Key], *, source: Group, target: Group, by: UnlockedVault
) -> KeyRotation | None:
    """Move records from one group to another. The caller has checked the rights in both groups.

    Raises:
        NoGrant: the actor is not a member of the source group.
    """
    source = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=source.pk)
    if source == target:
        return None
    with private_key_of(source.key, by=by):
        grants = Grant.objects.filter(holder=source.key, key__in=records)
        rotation = start_rotation(source.key, grants, target=target)
    record("vault.handed_over", source, by=by.actor, to=str(target.pk), records=rotation.total if rotation else 0)
    return rotation


def start_rotation(old_key: Key, grants: QuerySet[Grant], *, target: Group) -> KeyRotation | None:
    """Note which grants move away from the old key. Returns None where there are none.

    `continue_rotations` moves them, in requests of people whose unlocked vault reaches the old key.
    """
    waiting = list(grants.filter(rotation=None).values_list("pk", flat=True))
    if not waiting:
        return None
    rotation = KeyRotation(old_key=old_key, target=target, total=len(waiting))
    if old_key.owner != owner_label(target):
        rotation.record_keys = sorted(grants.filter(rotation=None).values_list("key", flat=True))
    save_stamped(rotation)
    Grant.objects.filter(pk__in=waiting).update(rotation=rotation)
    public_key_of(old_key)
    return rotation
