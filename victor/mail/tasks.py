"""Send what is due.

One sender at a time, one message a transaction: a worker killed between the mail server's "accepted" and our commit
doubles at most the one message in flight, under the same Message-ID; everything else is sent exactly once.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum
from typing import Any

import structlog
from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from victor.mail.models import Message
from victor.mail.states import State

log = structlog.get_logger(__name__)

SENDER_LOCK = 0x6D61696C  # "mail"
ATTEMPTS = 12
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)


class Outcome(Enum):
    """How one attempt ended."""

    SENT = 1
    REFUSED = 2  # this message, by a server that answers
    UNREACHABLE = 3


def wake() -> None:
    """Ask the worker to send; a broker that is down is no fault of the sender, since the sweep asks again."""
    try:
        send_due.delay()
    except OperationalError:
        log.warning("broker unreachable, mail waits for the sweep")


@shared_task
def send_due() -> int:
    """Send every message that is due; return how many went out.

    Whoever finds another sender at work leaves: that one looks once more after it has let go of the lock. A mail
    server that does not answer ends the round; the sweep begins the next.
    """
    sent = 0
    while Message.objects.due().exists():
        with _only_sender() as alone:
            if not alone:
                return sent
            while outcome := _send_next():
                sent += outcome == Outcome.SENT
                if outcome == Outcome.UNREACHABLE:
                    return sent
    return sent


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: twice as long each time, at most six hours."""
    return min(FIRST_PAUSE * 2 ** max(attempts - 1, 0), LONGEST_PAUSE)


@contextmanager
def _only_sender() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SENDER_LOCK])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [SENDER_LOCK])


def _send_next() -> Outcome | None:
    """Send the next message, or return None when none is due."""
    with transaction.atomic():
        message = Message.objects.due().select_for_update(skip_locked=True).first()
        if message is None:
            return None
        message.attempts += 1
        outcome = _try(message)
        message.save()
    return outcome


def _try(message: Message) -> Outcome:
    try:
        _as_mail(message).send()
    except (smtplib.SMTPException, OSError) as error:
        return _note_failure(message, error)
    message.state, message.sent_at = State.SENT, timezone.now()
    message.text = message.html = message.failure = ""
    return Outcome.SENT


def _note_failure(message: Message, error: Exception) -> Outcome:
    refused = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    message.failure = type(error).__name__
    message.due_at = timezone.now() + pause_after(message.attempts)
    if message.attempts >= ATTEMPTS:
        message.state = State.FAILED
    log.warning("mail not sent", message=message.pk, failure=message.failure, state=str(message.state))
    return Outcome.REFUSED if refused else Outcome.UNREACHABLE


def _as_mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=message.sender,
        to=[message.recipient],
        connection=_server(),
        headers={
            "Message-ID": message.message_id,
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _server() -> BaseEmailBackend:
    """The mail server of the settings; a connection of its own for each message, so that a broken one costs one."""
    delivery: dict[str, Any] = settings.DELIVERY
    backend = import_string(delivery["EMAIL_BACKEND"])
    if folder := delivery["EMAIL_FILE_PATH"]:
        return backend(file_path=folder)
    return backend(
        host=delivery["EMAIL_HOST"],
        port=delivery["EMAIL_PORT"],
        username=delivery["EMAIL_HOST_USER"],
        password=delivery["EMAIL_HOST_PASSWORD"],
        use_tls=delivery.get("EMAIL_USE_TLS", False),
        use_ssl=delivery.get("EMAIL_USE_SSL", False),
        timeout=settings.EMAIL_TIMEOUT,
    )
