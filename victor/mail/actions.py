"""Put a message into the outbox, or back into it."""

from __future__ import annotations

from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from victor.access import require
from victor.mail.errors import NotGivenUp
from victor.mail.models import Message
from victor.mail.states import MessageState
from victor.mail.worker import notify_worker

MAX_SUBJECT: int = Message._meta.get_field("subject").max_length or 0


@transaction.atomic
def queue(
    *, recipient: str, sender: str, language: str, subject: str, text: str, html: str = "", discreet: bool = False
) -> Message:
    """Keep a message to be sent once the transaction around it holds. A discreet one keeps no recipient afterwards.
    A subject that is too long is cut.

    The worker is woken at once; where the broker is down, the sweep sends the message within its next rounds.
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
def requeue(message: Message, *, by: Any) -> Message:
    """Try a message again that was given up; `by` is a user or the `System`.

    Raises:
        NotGivenUp: it still waits, was sent, or its recipient is forgotten.
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
    """One line that its column holds; what is cut is cut after a word, and an ellipsis says so."""
    line = " ".join(subject.split())
    if len(line) <= MAX_SUBJECT:
        return line
    whole_words, _space, _rest = line[:MAX_SUBJECT].rpartition(" ")
    return f"{whole_words or line[: MAX_SUBJECT - 1]}…"
