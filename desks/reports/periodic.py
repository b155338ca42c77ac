"""What runs by the clock: reports are acknowledged and escalated."""

from __future__ import annotations

from celery import shared_task

from desks.reports import actions


@shared_task(name="desks.periodic.watch")
def watch() -> int:
    """Acknowledge new reports, and escalate what waits for too long; return how many escalations are new."""
    actions.acknowledge_arrived()
    return actions.escalate_all()
