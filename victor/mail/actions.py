"""Puts a message into the outbox, or back into it."""

from __future__ import annotations

from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from victor.access import Actor, require
from victor.mail.errors import NotGivenUp
from victor.mail.models import Message
from victor.mail.states import MessageState
from victor.mail.worker import notify_worker

MAX_SUBJECT: int = Message._meta.get_field("subject").max_length or 0


@transaction.atomic
def queue(
    *, recipient: str, sender: str, language: str, subject: str, text: str, html: str = "", discreet: bool = False
) -> Message:
    """Put a message into the outbox. It is sent once the transaction is committed.

    The recipient of a discreet message is deleted after it was sent. A subject that is too long is cut off. The worker
    is notified at once. Where the broker is down, the next sweep sends the message.
    """
    message = Message.objects.create(
        recipient=recipient,
        sender=sender,
        language=language,
        subject=_shorten(subject),
        text=text,
        html=html,
        discreet=discreet,
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
    )
    transaction.on_commit(notify_worker, robust=True)
    return message


@transaction.atomic
def requeue(message: Message, *, by: Actor) -> Message:
    """Try a message again that was given up.

    Raises:
        NotGivenUp: it waits, was sent, or its recipient is deleted.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    require(by, "mail.requeue", message)
    if message.state != MessageState.FAILED or not message.recipient:
        raise NotGivenUp
    message.state, message.attempts, message.due_at = MessageState.QUEUED, 0, timezone.now()
    message.save(update_fields=["state", "attempts", "due_at"])
    transaction.on_commit(notify_worker, robust=True)
    return message


def _shorten(subject: str) -> str:
    """One line that fits into its column. It is cut off after a word, with an ellipsis."""
    line = " ".join(subject.split())
    if len(line) <= MAX_SUBJECT:
        return line
    whole_words, _space, _rest = line[:MAX_SUBJECT].rpartition(" ")
    return f"{whole_words or line[: MAX_SUBJECT - 1]}…"
