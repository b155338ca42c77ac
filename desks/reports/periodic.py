"""The clock of the desks."""

from __future__ import annotations

from celery import shared_task

from desks.reports import actions


@shared_task(name="desks.periodic.watch")
def watch() -> int:
    """Acknowledge what has arrived, and tell what waits for too long; return how many were told."""
    actions.acknowledge_arrived()
    return actions.escalate_all()
