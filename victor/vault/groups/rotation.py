"""Seal records anew, some at a time: a worker that is killed in between has lost nothing and repeats nothing."""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import timedelta
from typing import Any

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
WORKER = System("vault")


def rotation_context(resealing: KeyRotation) -> str:
    """What the secret of a resealing is bound to."""
    return f"resealing:{resealing.pk}"


@transaction.atomic
def move_batch(pk: str, job: bytes) -> tuple[int, bool]:
    """Move one batch; return how many, and whether there may be more. One worker at a time."""
    resealing = KeyRotation.objects.select_for_update(of=["self"]).select_related("old").get(pk=pk)
    verify_stamp(resealing)
    if resealing.state == RotationState.DONE:
        return 0, False
    try:
        private = match_private_key(
            resealing.old, crypto.decrypt(bytes(resealing.secret), job, place=rotation_context(resealing))
        )
    except Unopenable:
        log.info("resealing goes on under another message", resealing=pk)
        return 0, False
    with private:
        moved = _move_grants(resealing, private)
    resealing.moved += moved
    resealing.progressed_at = timezone.now()
    resealing.save(update_fields=["moved", "progressed_at"])
    if resealing.waiting.exists():
        return moved, True
    _finish_rotation(resealing)
    return moved, False


def _move_grants(resealing: KeyRotation, private: PrivateKey) -> int:
    group = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=resealing.target_id)
    public_key_of(group.key, of=group)
    batch = list(resealing.waiting.select_for_update(of=["self"]).select_related("key").order_by("pk")[:BATCH])
    own = resealing.old.owner == owner_label(group)
    meant = [each for each in batch if each.holder_id == resealing.old_id and (own or each.key_id in resealing.chosen)]
    Grant.objects.filter(pk__in=[each.pk for each in batch if each not in meant]).update(moving=None)
    return sum(_move_grant(each, private, group.key) for each in meant)


def _move_grant(each: Grant, private: PrivateKey, to: Key) -> bool:
    """Seal one private part to the new key, in place of the old. One that was altered is left as it is and told."""
    each.moving = None
    try:
        with unseal_grant(each, private) as held:
            sealed = crypto.seal(bytes(held), public_key_of(to))
    except Unopenable:
        each.save(update_fields=["moving"])
        record("vault.grant_altered", each, by=WORKER)
        return False
    twin = Grant.objects.filter(key=each.key_id, holder=to).exclude(pk=each.pk).first()
    if twin:
        each.moving = twin.moving
        twin.delete()
    each.holder, each.sealed = to, sealed
    each.save(update_fields=["holder", "sealed", "moving"])
    return True


def _finish_rotation(resealing: KeyRotation) -> None:
    """Forget the old private part here, and the way to it once nothing is sealed to it any more."""
    resealing.secret, resealing.state = b"", RotationState.DONE
    resealing.save(update_fields=["secret", "state"])
    if resealing.old.retired_at and not Grant.objects.filter(holder=resealing.old_id).exists():
        Grant.objects.filter(key=resealing.old_id, holder__kind=KeyKind.GROUP).delete()
    record("vault.resealed", resealing, by=WORKER, moved=resealing.moved)


SECRET_OPTIONS: dict[str, Any] = {"argsrepr": "(…)"}  # what the worker logs of a message that carries a key
STALLED_AFTER = timedelta(minutes=1)  # without progress, before another message is sent


@transaction.atomic
def hand_over_records(
    records: Collection[Key], *, source: Group, target: Group, by: UnlockedVault
) -> KeyRotation | None:
    """Move records from one group to another. Both groups' rights have been checked by the caller.

    Raises:
        NoGrant: whoever asks is not of the group that gives.
    """
    source = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=source.pk)
    if source == target:
        return None
    with private_key_of(source.key, by=by) as private:
        grants = Grant.objects.filter(holder=source.key, key__in=records)
        started = start_rotation(source.key, private, grants, target=target)
    record("vault.handed_over", source, by=by.actor, to=str(target.pk), records=started.total if started else 0)
    return started


@transaction.atomic
def resume_rotations(*, by: UnlockedVault) -> int:
    """Send another message for each resealing that stands still and that the open key can continue; how many."""
    still = KeyRotation.objects.select_for_update(of=["self"], skip_locked=True).select_related("old")
    resumed = 0
    for each in still.filter(state=RotationState.RUNNING, progressed_at__lt=timezone.now() - STALLED_AFTER):
        try:
            private = private_key_of(verify_stamp(each).old, by=by)
        except NoGrant:
            continue
        with private:
            _send_job(each, private)
        record("vault.resealing_resumed", each, by=by.actor)
        resumed += 1
    return resumed


def start_rotation(old: Key, private: PrivateKey, grants: QuerySet[Grant], *, target: Group) -> KeyRotation | None:
    """Set grants on their way from the old key; None where there are none. Within the caller's transaction."""
    waiting = list(grants.filter(moving=None).values_list("pk", flat=True))
    if not waiting:
        return None
    resealing = KeyRotation(old=old, target=target, secret=b"", total=len(waiting))
    if old.owner != owner_label(target):
        resealing.chosen = sorted(grants.filter(moving=None).values_list("key", flat=True))
    save_stamped(resealing)
    Grant.objects.filter(pk__in=waiting).update(moving=resealing)
    public_key_of(old)
    _send_job(resealing, private)
    return resealing


def _send_job(resealing: KeyRotation, private: PrivateKey) -> None:
    """Lock the old private part with a key for one job, which goes to the worker and nowhere else."""
    job = crypto.new_key()
    resealing.secret = crypto.encrypt(bytes(private), job, place=rotation_context(resealing))
    resealing.progressed_at = timezone.now()
    resealing.save(update_fields=["secret", "progressed_at"])
    given = (str(resealing.pk), base64.b64encode(job).decode())
    transaction.on_commit(lambda: _publish_job(*given), robust=True)


def _publish_job(*given: str) -> None:
    if not queue_task("victor.vault.tasks.reseal", *given, **SECRET_OPTIONS):
        log.warning("broker unreachable, records wait for a member whose vault is open")
