"""What runs by the clock: cases whose worker has gone, and what is late."""

from __future__ import annotations

from celery import shared_task

from desks.cases import escalations


@shared_task(name="desks.periodic.watch_cases")
def watch_cases() -> int:
    """Find cases without a worker, and tell what is late; return how many escalations are new."""
    escalations.release_cases_of_absent()
    return escalations.escalate_cases()
