"""The task that sends what is due."""

from __future__ import annotations

from celery import shared_task

from victor.mail.models import Message
from victor.mail.sending import Outcome, send_next


@shared_task(name="victor.mail.tasks.send_due")
def send_due() -> int:
    """Send every message that is due. Returns how many were sent.

    Where another process is sending, this one stops: the other looks for messages once more at its end. Where the mail
    server does not answer, this round ends and the next sweep starts another.
    """
    sent = 0
    while Message.objects.due().exists():
        outcome = send_next()
        if outcome is Outcome.STOP:
            break
        sent += outcome is Outcome.SENT
    return sent
