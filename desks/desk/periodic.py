"""What runs by the clock: whoever leaves a desk loses its keys."""

from __future__ import annotations

from celery import shared_task

from desks.desk import actions
from victor.access import System


@shared_task(name="desks.periodic.cut_off_leavers")
def cut_off_leavers() -> int:
    """Take the keys from whoever works at a desk no longer; return how many lost them."""
    return actions.revoke_access_of_leavers(by=System("desks"))
