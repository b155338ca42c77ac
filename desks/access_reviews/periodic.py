"""What runs by the clock: reviews begin with the quarter."""

from __future__ import annotations

from celery import shared_task

from desks.access_reviews import actions
from victor.access import System

CLOCK = System("clock")


@shared_task(name="desks.periodic.begin_access_reviews")
def begin_access_reviews() -> int:
    """Begin the reviews of this quarter that have not begun; return how many that were."""
    return actions.begin_reviews(by=CLOCK)
