"""Seal records anew, some at a time: a worker that is killed in between has lost nothing and repeats nothing."""

from __future__ import annotations

import base64

import structlog
from celery import shared_task
from django.db import transaction
from django.utils import timezone

from victor.access import System
from victor.audit.actions import record
from victor.vault import crypto
from victor.vault.crypto import Private
from victor.vault.errors import Unopenable
from victor.vault.keys import checked, fitting, owner, public_of, unsealed
from victor.vault.models import Grant, Group, Key, Resealing
from victor.vault.states import KeyKind, ResealingState

log = structlog.get_logger(__name__)

BATCH = 50
WORKER = System("vault")


@shared_task(name="victor.vault.tasks.reseal")
def reseal(resealing: str, job: str) -> int:
    """Move all that waits; return how many. A message that a newer one has replaced moves nothing."""
    moved, left = 0, True
    while left:
        now, left = _move_some(resealing, base64.b64decode(job))
        moved += now
    return moved


def place(resealing: Resealing) -> str:
    """What the secret of a resealing is bound to."""
    return f"resealing:{resealing.pk}"


@transaction.atomic
def _move_some(pk: str, job: bytes) -> tuple[int, bool]:
    """Move one batch; return how many, and whether there may be more. One worker at a time."""
    resealing = Resealing.objects.select_for_update(of=["self"]).select_related("old").get(pk=pk)
    checked(resealing)
    if resealing.state == ResealingState.DONE:
        return 0, False
    try:
        private = fitting(resealing.old, crypto.decrypt(bytes(resealing.secret), job, place=place(resealing)))
    except Unopenable:
        log.info("resealing goes on under another message", resealing=pk)
        return 0, False
    with private:
        moved = _move(resealing, private)
    resealing.moved += moved
    resealing.progressed_at = timezone.now()
    resealing.save(update_fields=["moved", "progressed_at"])
    if resealing.waiting.exists():
        return moved, True
    _finish(resealing)
    return moved, False


def _move(resealing: Resealing, private: Private) -> int:
    group = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=resealing.target_id)
    public_of(group.key, of=group)
    batch = list(resealing.waiting.select_for_update(of=["self"]).select_related("key").order_by("pk")[:BATCH])
    own = resealing.old.owner == owner(group)
    meant = [each for each in batch if each.holder_id == resealing.old_id and (own or each.key_id in resealing.chosen)]
    Grant.objects.filter(pk__in=[each.pk for each in batch if each not in meant]).update(moving=None)
    return sum(_moved(each, private, group.key) for each in meant)


def _moved(each: Grant, private: Private, to: Key) -> bool:
    """Seal one private part to the new key, in place of the old. One that was altered is left as it is and told."""
    each.moving = None
    try:
        with unsealed(each, private) as held:
            sealed = crypto.seal(bytes(held), public_of(to))
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


def _finish(resealing: Resealing) -> None:
    """Forget the old private part here, and the way to it once nothing is sealed to it any more."""
    resealing.secret, resealing.state = b"", ResealingState.DONE
    resealing.save(update_fields=["secret", "state"])
    if resealing.old.retired_at and not Grant.objects.filter(holder=resealing.old_id).exists():
        Grant.objects.filter(key=resealing.old_id, holder__kind=KeyKind.GROUP).delete()
    record("vault.resealed", resealing, by=WORKER, moved=resealing.moved)
