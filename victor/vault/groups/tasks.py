"""The task that seals records to another key."""

from __future__ import annotations

import base64

from celery import shared_task

from victor.access import System
from victor.vault.groups.rotation import move_batch

WORKER = System("vault")


@shared_task(name="victor.vault.tasks.reseal")
def reseal(rotation: str, job_key: str) -> int:
    """Seal all that waits. Returns how many grants were moved: none where a newer message has replaced this one."""
    total, has_more = 0, True
    while has_more:
        count, has_more = move_batch(rotation, base64.b64decode(job_key), by=WORKER)
        total += count
    return total
