"""Send what is due.

One sender at a time, one message a transaction: a worker killed between the mail server's "accepted" and our commit
doubles at most the one message in flight, under the same Message-ID; everything else is sent exactly once.
"""

from __future__ import annotations

import time
from datetime import timedelta
from enum import Enum

import structlog
from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from victor.mail.delivery import deliver
from victor.mail.errors import DeliveryFailed, Refused, Unreachable
from victor.mail.models import Message
from victor.mail.states import State

log = structlog.get_logger(__name__)

SENDER_LOCK = 0x6D61696C  # "mail"
LONGEST_DELIVERY = timedelta(minutes=10)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
ATTEMPTS = 30  # with these pauses five days, as mail servers do among themselves


class Bell:
    """Asks the worker to send. Nothing depends on it, since the sweep sends what nobody rang for.

    After a broker that did not answer it is silent for as long as the sweep takes to come round, so that of many
    requests only one waits for a broker that hangs.
    """

    SILENCE = 15  # seconds

    def __init__(self) -> None:
        self.silent_until = 0.0

    def ring(self) -> None:
        """Queue a round of sending, or leave it to the sweep."""
        if time.monotonic() < self.silent_until:
            return
        try:
            send_due.delay()
        except OperationalError:
            self.silent_until = time.monotonic() + self.SILENCE
            log.warning("broker unreachable, mail waits for the sweep")


BELL = Bell()


def wake() -> None:
    """Ask the worker to send."""
    BELL.ring()


class Outcome(Enum):
    """How one attempt ended."""

    SENT = "sent"
    NOT_SENT = "not sent"
    NO_USE = "no use going on"  # somebody else is sending, or the mail server takes nothing


@shared_task(name="victor.mail.tasks.send_due")
def send_due() -> int:
    """Send every message that is due; return how many went out.

    Whoever finds another sender at work leaves: that one looks once more after it has let go of the lock. A mail
    server that does not answer ends the round; the sweep begins the next.
    """
    sent = 0
    while Message.objects.due().exists():
        outcome = _send_next()
        if outcome is Outcome.NO_USE:
            break
        sent += outcome is Outcome.SENT
    return sent


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: twice as long each time, at most six hours."""
    return min(FIRST_PAUSE * 2 ** max(attempts - 1, 0), LONGEST_PAUSE)


@transaction.atomic
def _send_next() -> Outcome:
    if not _is_only_sender():
        return Outcome.NO_USE
    message = Message.objects.due().select_for_update().first()
    if message is None:
        return Outcome.NOT_SENT
    message.attempts += 1
    try:
        deliver(message)
    except DeliveryFailed as failure:
        _note_failure(message, failure)
        return Outcome.NO_USE if isinstance(failure, Unreachable) else Outcome.NOT_SENT
    _note_success(message)
    return Outcome.SENT


def _is_only_sender() -> bool:
    """Take the lock of the one sender until the transaction ends.

    The database ends a transaction in which nothing happens for much longer than a delivery takes: that of a machine
    that lost its power would otherwise hold the lock until the network gives it up, after hours.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('idle_in_transaction_session_timeout', %s, true), pg_try_advisory_xact_lock(%s)",
            [f"{LONGEST_DELIVERY.total_seconds():.0f}s", SENDER_LOCK],
        )
        (_timeout, alone) = cursor.fetchone()
    return bool(alone)


def _note_success(message: Message) -> None:
    message.state, message.sent_at = State.SENT, timezone.now()
    message.text = message.html = message.failure = ""
    _forget_discreet(message)
    message.save()


def _note_failure(message: Message, failure: DeliveryFailed) -> None:
    message.failure = str(failure)
    message.due_at = timezone.now() + pause_after(message.attempts)
    if isinstance(failure, Refused) or message.attempts >= ATTEMPTS:
        message.state = State.FAILED
        _forget_discreet(message)
    message.save()
    log.warning("mail not sent", message=message.pk, failure=message.failure, state=str(message.state))


def _forget_discreet(message: Message) -> None:
    """Once there is nothing left to try, nothing says to whom a discreet message went."""
    if message.discreet:
        message.recipient = ""
