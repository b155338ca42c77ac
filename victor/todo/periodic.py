"""What the clock does with open items: it checks them, and forgets what was settled."""

from __future__ import annotations

import logging

from celery import shared_task

from victor.todo import actions

logger = logging.getLogger(__name__)


@shared_task(name="victor.todo.periodic.check")
def check() -> int:
    """Report and mend what differs from the truth: no trigger sees what is written past them. Return how much did."""
    for kind, number in actions.find_differences().items():
        logger.error("open items differ from the truth", extra={"kind": kind, "number": number})
    return actions.rebuild_items()


@shared_task(name="victor.todo.periodic.forget")
def forget() -> int:
    """Delete what was settled more than a day ago."""
    return actions.forget_settled()
