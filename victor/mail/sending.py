"""Sends one message that is due.

There is one sender at a time, and one transaction a message. A worker that is killed between the mail server's
"accepted" and our commit sends at most that one message twice, with the same Message-ID. All others are sent once.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

import structlog
from django.db import connection, transaction
from django.utils import timezone

from victor.mail.delivery import deliver
from victor.mail.errors import DeliveryFailed, MessageRefused, ServerUnreachable
from victor.mail.models import Message
from victor.mail.states import MessageState

log = structlog.get_logger(__name__)
SENDER_LOCK = 0x6D61696C  # "mail"
MAX_DELIVERY = timedelta(minutes=10)
FIRST_PAUSE = timedelta(seconds=30)
MAX_PAUSE = timedelta(hours=6)
MAX_ATTEMPTS = 30  # with these pauses five days, as mail servers do among themselves


class Outcome(Enum):
    """How one attempt ended."""

    SENT = "sent"
    NOT_SENT = "not sent"
    STOP = "stop"  # another process is sending, or the mail server accepts nothing


def pause_after(attempts: int) -> timedelta:
    """How long to wait after this number of failed attempts: twice as long each time, up to six hours."""
    return min(FIRST_PAUSE * 2 ** max(attempts - 1, 0), MAX_PAUSE)


@transaction.atomic
def send_next() -> Outcome:
    """Send the message that has waited longest."""
    if not _is_only_sender():
        return Outcome.STOP
    message = Message.objects.due().select_for_update().first()
    if message is None:
        return Outcome.NOT_SENT
    message.attempts += 1
    try:
        deliver(message)
    except DeliveryFailed as failure:
        _note_failure(message, failure)
        return Outcome.STOP if isinstance(failure, ServerUnreachable) else Outcome.NOT_SENT
    _note_success(message)
    return Outcome.SENT


def _is_only_sender() -> bool:
    """Take the lock of the one sender until the transaction ends. Returns whether it was free.

    The database ends a transaction that is idle for much longer than a delivery takes. Otherwise a machine that lost
    its power would hold the lock for hours, until the network gives it up.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('idle_in_transaction_session_timeout', %s, true), pg_try_advisory_xact_lock(%s)",
            [f"{MAX_DELIVERY.total_seconds():.0f}s", SENDER_LOCK],
        )
        (_timeout, is_locked) = cursor.fetchone()
    return bool(is_locked)


def _note_success(message: Message) -> None:
    message.state, message.sent_at = MessageState.SENT, timezone.now()
    message.text = message.html = message.template = message.failure = ""
    message.facts = {}
    _forget_recipient_if_discreet(message)
    message.save()


def _note_failure(message: Message, failure: DeliveryFailed) -> None:
    message.failure = str(failure)
    message.due_at = timezone.now() + pause_after(message.attempts)
    if isinstance(failure, MessageRefused) or message.attempts >= MAX_ATTEMPTS:
        message.state = MessageState.FAILED
        _forget_recipient_if_discreet(message)
    message.save()
    log.warning("mail not sent", message=message.pk, failure=message.failure, state=str(message.state))


def _forget_recipient_if_discreet(message: Message) -> None:
    """Delete the recipient of a discreet message once it is not tried again."""
    if message.discreet:
        message.recipient = message.encrypted_recipient = ""
