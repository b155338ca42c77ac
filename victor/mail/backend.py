"""The e-mail backend: a mail that Django sends becomes rows of the outbox, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from victor.mail.actions import queue
from victor.mail.errors import AttachmentRefused


class OutboxBackend(BaseEmailBackend):
    """Queues a message for each of its recipients."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue the messages. Returns how many.

        Raises:
            AttachmentRefused: a message carries a file.
        """
        for message in email_messages:
            if message.attachments:
                raise AttachmentRefused
            for recipient in message.recipients():
                queue(
                    recipient=recipient,
                    sender=message.from_email,
                    language=message.extra_headers.get("Content-Language") or get_language() or "en",
                    subject=str(message.subject),
                    text=str(message.body),
                    html=_html_of(message),
                )
        return len(email_messages)


def _html_of(message: EmailMessage) -> str:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return next((str(content) for content, mimetype in alternatives if mimetype == "text/html"), "")
