"""The clock of the desks."""

from celery import shared_task

from desks import actions
from victor.access import System


@shared_task
def cut_off_leavers() -> int:
    """Take the keys from whoever works at a desk no longer; return how many lost them."""
    return actions.cut_off_leavers(by=System("desks"))
