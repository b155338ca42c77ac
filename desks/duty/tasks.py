"""The task that sends the calls that are due."""

from __future__ import annotations

from celery import shared_task

from desks.duty.actions import call_due
from desks.duty.sending import Outcome, send_next


@shared_task(name="desks.tasks.send_calls")
def send_calls() -> int:
    """Send every call that is due, and call the next person where the gateway refused one; return how many were sent.

    Where the gateway does not answer, this round ends and the next sweep starts another.
    """
    sent = 0
    call_due()
    while (outcome := send_next()) in {Outcome.SENT, Outcome.REFUSED}:
        sent += outcome is Outcome.SENT
        if outcome is Outcome.REFUSED:
            call_due()
    return sent
