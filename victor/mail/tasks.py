"""Send what is due.

One sender at a time, one message a transaction: a worker killed between the mail server's "accepted" and our commit
doubles at most the one message in flight, under the same Message-ID; everything else is sent exactly once.
"""

from __future__ import annotations

from celery import shared_task

from victor.mail.models import Message
from victor.mail.sending import Outcome, send_next


@shared_task(name="victor.mail.tasks.send_due")
def send_due() -> int:
    """Send every message that is due; return how many went out.

    Whoever finds another sender at work leaves: that one looks once more after it has let go of the lock. A mail
    server that does not answer ends the round; the sweep begins the next.
    """
    sent = 0
    while Message.objects.due().exists():
        outcome = send_next()
        if outcome is Outcome.NO_USE:
            break
        sent += outcome is Outcome.SENT
    return sent
