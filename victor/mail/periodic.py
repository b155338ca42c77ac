"""What the clock does with the outbox."""

from __future__ import annotations

from celery import shared_task

from victor.mail.models import Message
from victor.mail.tasks import send_due

MAX_DAYS = 30


@shared_task(name="victor.mail.periodic.sweep")
def sweep() -> int:
    """Send what is due and was not sent yet: after a pause, a lost task or a broker that was down."""
    return send_due()


@shared_task(name="victor.mail.periodic.forget")
def forget() -> int:
    """Delete messages that were sent or given up more than 30 days ago. Returns how many."""
    deleted, _ = Message.objects.settled_before(MAX_DAYS).delete()
    return deleted
