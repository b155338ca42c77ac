"""Puts a message into the outbox, or back into it."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from victor.access import Actor, require
from victor.field_encryption import encrypt_value
from victor.mail.errors import NotGivenUp
from victor.mail.models import Message
from victor.mail.states import MessageState
from victor.mail.worker import notify_worker

ADDRESS_SIZE = 254  # of the longest address: the length of an encrypted one tells nothing
MAX_SUBJECT: int = Message._meta.get_field("subject").max_length or 0


def queue(
    *, recipient: str, sender: str, language: str, subject: str, text: str, html: str = "", discreet: bool = False
) -> Message:
    """Put a message into the outbox. It is sent once the transaction is committed.

    The recipient of a discreet message is stored encrypted, and deleted after it was sent. A subject that is too long
    is cut off. The worker is notified at once. Where the broker is down, the next sweep sends the message.
    """
    message = Message(sender=sender, language=language, subject=subject, discreet=discreet)
    if discreet:
        message.encrypted_recipient = encrypt_value(recipient.ljust(ADDRESS_SIZE))
    else:
        message.recipient = recipient
    message.text, message.html = text, html
    return _queue(message)


def queue_facts(*, recipient: str, subject: str, template: str, facts: Mapping[str, str | int]) -> Message:
    """Put a message in the active language into the outbox as facts: its template is rendered when it is sent.

    An action uses this for what it writes while rows are locked, so that nobody waits for templates. `facts` are what
    the template shows, in the message's language. The rest is as `queue` does it.
    """
    language = get_language() or settings.LANGUAGE_CODE
    message = Message(recipient=recipient, sender=settings.DEFAULT_FROM_EMAIL, language=language, subject=subject)
    message.template, message.facts = template, dict(facts)
    return _queue(message)


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


@transaction.atomic
def _queue(message: Message) -> Message:
    message.subject = _shorten(message.subject)
    message.message_id = make_msgid(domain=urlsplit(settings.SITE_URL).hostname)
    message.save(force_insert=True)
    transaction.on_commit(notify_worker, robust=True)
    return message


def _shorten(subject: str) -> str:
    """One line that fits into its column. It is cut off after a word, with an ellipsis."""
    line = " ".join(subject.split())
    if len(line) <= MAX_SUBJECT:
        return line
    whole_words, _space, _rest = line[:MAX_SUBJECT].rpartition(" ")
    return f"{whole_words or line[: MAX_SUBJECT - 1]}…"
