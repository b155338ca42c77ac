"""Seal records anew, some at a time: a worker that is killed in between has lost nothing and repeats nothing."""

from __future__ import annotations

import base64

from celery import shared_task

from victor.vault.groups.rotation import move_batch


@shared_task(name="victor.vault.tasks.reseal")
def reseal(resealing: str, job: str) -> int:
    """Move all that waits; return how many. A message that a newer one has replaced moves nothing."""
    moved, left = 0, True
    while left:
        now, left = move_batch(resealing, base64.b64decode(job))
        moved += now
    return moved
