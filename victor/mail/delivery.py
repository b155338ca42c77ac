"""Delivers one message to the mail server, and names the outcome."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from victor.languages import language_tag
from victor.mail.emails import calendar_of, content_of
from victor.mail.errors import DeliveryFailed, MessageDeferred, MessageRefused, ServerUnreachable
from victor.mail.models import Message

CLOSING_CODE = 421  # RFC 5321: "service not available, closing transmission channel"
PERMANENT_CODES = range(500, 600)


def deliver(message: Message) -> None:
    """Deliver a message to the mail server.

    Raises:
        ServerUnreachable, MessageDeferred, MessageRefused: it was not accepted, or nobody knows whether it was.
    """
    server = _server()
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        raise ServerUnreachable(_reason(error)) from error
    try:
        server.send_messages([_as_mail(message)])
    except Exception as error:  # a message must not stop those behind it, whatever it contains
        raise _verdict(error) from error
    finally:
        with suppress(smtplib.SMTPException, OSError):  # the message was accepted before
            server.close()


def _verdict(error: Exception) -> DeliveryFailed:
    code, reason = _code(error), _reason(error)
    if code == CLOSING_CODE:
        return ServerUnreachable(reason)
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return MessageRefused(reason) if code in PERMANENT_CODES else MessageDeferred(reason)
    if isinstance(error, smtplib.SMTPSenderRefused):  # usually a wrong setting of ours, which can be corrected
        return MessageDeferred(reason)
    if isinstance(error, smtplib.SMTPException | OSError):
        return ServerUnreachable(reason)
    return MessageRefused(reason)  # it cannot be rendered, or encoded as a mail


def _code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(code for code, _text in error.recipients.values())
    return getattr(error, "smtp_code", None)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__} {_code(error) or ''}".strip()


def _as_mail(message: Message) -> EmailMultiAlternatives:
    content = content_of(message)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=content.text,
        from_email=message.sender,
        to=[message.address],
        headers={
            "Message-ID": message.message_id,
            "Content-Language": language_tag(message.language),
            "Auto-Submitted": "auto-generated",
        },
    )
    if content.html:
        mail.attach_alternative(content.html, "text/html")
    if calendar := calendar_of(message):
        mail.attach("victor.ics", calendar.content, calendar.mimetype)
    return mail


def _server() -> BaseEmailBackend:
    """The mail server of the settings. Each message has its own connection, so a broken one affects one message."""
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
