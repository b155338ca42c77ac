"""The clock of the desks."""

from celery import shared_task

from desks import actions
from victor.access import System


@shared_task(name="desks.periodic.watch")
def watch() -> int:
    """Acknowledge what has arrived, and tell what waits for too long; return how many were told."""
    actions.acknowledge_arrived()
    return actions.tell_breaches()


@shared_task(name="desks.periodic.retain")
def retain() -> tuple[int, int, int]:
    """Delete what is due and warn of what is near; return how many were deleted, put off and warned of.

    It is asked every hour and does each thing on its day: what was missed is caught up with.
    """
    actions.schedule_all()
    erased, kept = actions.erase_due()
    return erased, kept, actions.warn()


@shared_task(name="desks.periodic.cut_off_leavers")
def cut_off_leavers() -> int:
    """Take the keys from whoever works at a desk no longer; return how many lost them."""
    return actions.cut_off_leavers(by=System("desks"))
