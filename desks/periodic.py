"""The clock of the desks."""

from celery import shared_task

from desks import actions


@shared_task
def watch() -> int:
    """Acknowledge what has arrived, and tell what waits for too long; return how many were told."""
    actions.acknowledge_arrived()
    return actions.tell_breaches()
