"""What the clock does with meetings: it deletes what people needed there, 30 days later."""

from __future__ import annotations

from celery import shared_task

from partners.meetings.invitations import forget_needs
from victor.access import System


@shared_task(name="partners.periodic.forget_needs")
def forget_needs_of_meetings() -> int:
    """Delete needs of meetings that are over for 30 days. Returns of how many people."""
    return forget_needs(by=System("clock"))
