"""What a report's rows say of its envelopes and files, checked before anything is read.

Who owns the database can make a row name another envelope, another report, another person. Each such row carries a
stamp, and the envelope has to belong to the report and to its purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desks.reports.models import Attachment, Message, Report
from desks.reports.states import PURPOSES_OF_VOICES, EnvelopePurpose, Voice
from victor.accounts.models import User
from victor.vault.errors import Unopenable
from victor.vault.keys.keyring import save_stamped, verify_stamp
from victor.vault.records.expectations import Expected

if TYPE_CHECKING:
    from victor.access import Actor
    from victor.vault.records.models import Envelope


def messages_of(report: Report, messages: Iterable[Message]) -> list[Expected]:
    """The envelopes of messages of a report.

    Raises:
        Unopenable: a message is not as we have written it, or it is of another report.
    """
    return [
        Expected(message.envelope, report.key_id, PURPOSES_OF_VOICES[Voice(message.voice)])
        for message in messages
        if _belongs(message, report)
    ]


def save_message(report: Report, envelope: Envelope, voice: Voice, language: str, *, by: Actor) -> Message:
    """Save words of a colleague, which are in an envelope already. The caller has checked who may."""
    author = by if isinstance(by, User) else None
    message = Message(report=report, envelope=envelope, voice=voice, language=language, author=author)
    save_stamped(message)
    return message


def note_of(report: Report, envelope: Envelope) -> Expected:
    """The envelope of what colleagues have written beside the messages: translations, reasons."""
    return Expected(envelope, report.key_id, {EnvelopePurpose.NOTE})


def notice_of(report: Report, envelope: Envelope) -> Expected:
    """The envelope of the address to which a mail goes."""
    return Expected(envelope, report.key_id, {EnvelopePurpose.NOTICE})


def verify_attachment(attachment: Attachment) -> Attachment:
    """The attachment, if original and copy are those that came with its message.

    Raises:
        Unopenable: somebody has exchanged them, or the message is of another report.
    """
    verify_stamp(attachment.message)
    return verify_stamp(attachment)


def _belongs(message: Message, report: Report) -> bool:
    if verify_stamp(message).report_id != report.pk:
        raise Unopenable
    return True
