"""Key rotation: seals records to another key, a batch at a time.

A worker that is killed between two batches has lost nothing and repeats nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from victor.access import System
from victor.audit.actions import record
from victor.task_queue import queue_task
from victor.vault import crypto
from victor.vault.crypto import PrivateKey
from victor.vault.errors import NoGrant, Unopenable
from victor.vault.groups.models import Group, KeyRotation
from victor.vault.groups.states import RotationState
from victor.vault.keys.keyring import (
    UnlockedVault,
    match_private_key,
    owner_label,
    private_key_of,
    public_key_of,
    save_stamped,
    unseal_grant,
    verify_stamp,
)
from victor.vault.keys.models import Grant, Key
from victor.vault.keys.states import KeyKind

log = structlog.get_logger(__name__)
BATCH = 50
HIDDEN_ARGUMENTS = "(…)"  # what the worker logs of a message that carries a key
STALLED_AFTER = timedelta(minutes=1)  # without progress, before another message is sent


def rotation_context(rotation: KeyRotation) -> str:
    """What the secret of a rotation is bound to."""
    return f"resealing:{rotation.pk}"


@transaction.atomic
def move_batch(pk: str, job_key: bytes, *, by: System) -> tuple[int, bool]:
    """Seal one batch to the new key. One worker works at a time.

    Returns how many grants were moved, and whether there may be more.
    """
    rotation = KeyRotation.objects.select_for_update(of=["self"]).select_related("old_key").get(pk=pk)
    verify_stamp(rotation)
    if rotation.state == RotationState.DONE:
        return 0, False
    try:
        secret = crypto.decrypt(bytes(rotation.secret), job_key, context=rotation_context(rotation))
        private = match_private_key(rotation.old_key, secret)
    except Unopenable:
        log.info("resealing goes on under another message", resealing=pk)
        return 0, False
    with private:
        moved_count, altered = _move_grants(rotation, private)
    rotation.moved_count += moved_count
    rotation.progressed_at = timezone.now()
    rotation.save(update_fields=["moved_count", "progressed_at"])
    is_done = not rotation.waiting.exists()
    if is_done:
        _finish_rotation(rotation)
    for grant in altered:
        record("vault.grant_altered", grant, by=by)
    if is_done:
        record("vault.resealed", rotation, by=by, moved=rotation.moved_count)
    return moved_count, not is_done


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
    """Wipe the old private part, and delete the grants that lead to it once nothing is sealed to it any more."""
    rotation.secret, rotation.state = b"", RotationState.DONE
    rotation.save(update_fields=["secret", "state"])
    if rotation.old_key.retired_at and not Grant.objects.filter(holder=rotation.old_key_id).exists():
        Grant.objects.filter(key=rotation.old_key_id, holder__kind=KeyKind.GROUP).delete()


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
    with private_key_of(source.key, by=by) as private:
        grants = Grant.objects.filter(holder=source.key, key__in=records)
        rotation = start_rotation(source.key, private, grants, target=target)
    record("vault.handed_over", source, by=by.actor, to=str(target.pk), records=rotation.total if rotation else 0)
    return rotation


@transaction.atomic
def resume_rotations(*, by: UnlockedVault) -> int:
    """Send another message for each stalled rotation that the unlocked key can continue. Returns how many."""
    stalled = KeyRotation.objects.select_for_update(of=["self"], skip_locked=True).select_related("old_key")
    resumed = []
    for rotation in stalled.filter(state=RotationState.RUNNING, progressed_at__lt=timezone.now() - STALLED_AFTER):
        try:
            private = private_key_of(verify_stamp(rotation).old_key, by=by)
        except NoGrant:
            continue
        with private:
            _send_job(rotation, private)
        resumed.append(rotation)
    for rotation in resumed:
        record("vault.resealing_resumed", rotation, by=by.actor)
    return len(resumed)


def start_rotation(old_key: Key, private: PrivateKey, grants: QuerySet[Grant], *, target: Group) -> KeyRotation | None:
    """Start to move grants away from the old key, in the caller's transaction. Returns None where there are none."""
    waiting = list(grants.filter(rotation=None).values_list("pk", flat=True))
    if not waiting:
        return None
    rotation = KeyRotation(old_key=old_key, target=target, secret=b"", total=len(waiting))
    if old_key.owner != owner_label(target):
        rotation.record_keys = sorted(grants.filter(rotation=None).values_list("key", flat=True))
    save_stamped(rotation)
    Grant.objects.filter(pk__in=waiting).update(rotation=rotation)
    public_key_of(old_key)
    _send_job(rotation, private)
    return rotation


def _send_job(rotation: KeyRotation, private: PrivateKey) -> None:
    """Encrypt the old private part with a key for one job. That key goes to the worker and nowhere else."""
    job_key = crypto.new_key()
    rotation.secret = crypto.encrypt(bytes(private), job_key, context=rotation_context(rotation))
    rotation.progressed_at = timezone.now()
    rotation.save(update_fields=["secret", "progressed_at"])
    arguments = (str(rotation.pk), base64.b64encode(job_key).decode())
    transaction.on_commit(lambda: _publish_job(*arguments), robust=True)


def _publish_job(*arguments: str) -> None:
    if not queue_task("victor.vault.tasks.reseal", *arguments, argsrepr=HIDDEN_ARGUMENTS):
        log.warning("broker unreachable, records wait for a member whose vault is open")
