"""Records are sealed anew by a worker: to a group's new key, or to another group."""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from victor.audit.actions import record
from victor.vault import crypto
from victor.vault.crypto import Private
from victor.vault.errors import NoGrant
from victor.vault.keys import Opened, checked, keep, owner, private_of, public_of
from victor.vault.models import Grant, Group, Key, Resealing
from victor.vault.states import ResealingState
from victor.vault.tasks import place, reseal

log = structlog.get_logger(__name__)

UNTOLD: dict[str, Any] = {"argsrepr": "(…)"}  # what the worker logs of a message that carries a key
PATIENCE = timedelta(minutes=1)  # without progress, before another message is sent


@transaction.atomic
def hand_over(records: Collection[Key], *, source: Group, target: Group, by: Opened) -> Resealing | None:
    """Move records from one group to another. Both groups' rights have been checked by the caller.

    Raises:
        NoGrant: whoever asks is not of the group that gives.
    """
    source = Group.objects.select_for_update(of=["self"]).select_related("key").get(pk=source.pk)
    if source == target:
        return None
    with private_of(source.key, by=by) as private:
        grants = Grant.objects.filter(holder=source.key, key__in=records)
        started = start(source.key, private, grants, target=target)
    record("vault.handed_over", source, by=by.actor, to=str(target.pk), records=started.total if started else 0)
    return started


@transaction.atomic
def resume(*, by: Opened) -> int:
    """Send another message for each resealing that stands still and that the open key can continue; how many."""
    still = Resealing.objects.select_for_update(of=["self"], skip_locked=True).select_related("old")
    resumed = 0
    for each in still.filter(state=ResealingState.RUNNING, progressed_at__lt=timezone.now() - PATIENCE):
        try:
            private = private_of(checked(each).old, by=by)
        except NoGrant:
            continue
        with private:
            _send(each, private)
        record("vault.resealing_resumed", each, by=by.actor)
        resumed += 1
    return resumed


def start(old: Key, private: Private, grants: QuerySet[Grant], *, target: Group) -> Resealing | None:
    """Set grants on their way from the old key; None where there are none. Within the caller's transaction."""
    waiting = list(grants.filter(moving=None).values_list("pk", flat=True))
    if not waiting:
        return None
    resealing = Resealing(old=old, target=target, secret=b"", total=len(waiting))
    if old.owner != owner(target):
        resealing.chosen = sorted(grants.filter(moving=None).values_list("key", flat=True))
    keep(resealing)
    Grant.objects.filter(pk__in=waiting).update(moving=resealing)
    public_of(old)
    _send(resealing, private)
    return resealing


def _send(resealing: Resealing, private: Private) -> None:
    """Lock the old private part with a key for one job, which goes to the worker and nowhere else."""
    job = crypto.new_key()
    resealing.secret = crypto.encrypt(bytes(private), job, place=place(resealing))
    resealing.progressed_at = timezone.now()
    resealing.save(update_fields=["secret", "progressed_at"])
    given = (str(resealing.pk), base64.b64encode(job).decode())
    transaction.on_commit(lambda: _publish(*given), robust=True)


def _publish(*given: str) -> None:
    try:
        reseal.apply_async(given, **UNTOLD)
    except OperationalError:
        log.warning("broker unreachable, records wait for a member whose vault is open")
