"""What whoever holds a receipt can do: read answers, add words and files, ask for deletion, choose to be told.

What the reporter wrote is not read back to them: a receipt may be found by the person it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from types import TracebackType
from typing import Any, NamedTuple, Self

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from desks.actions.hand_overs import agree, decline
from desks.actions.retention import schedule
from desks.errors import UnknownReceipt
from desks.keys import derived
from desks.models import Attachment, HandOver, Message, Report
from desks.states import EnvelopePurpose, HandOverState, Voice
from victor.access import System
from victor.audit.actions import record
from victor.metadata import NoCopy, cleaned
from victor.scanning import is_infected
from victor.vault import actions as vault
from victor.vault.actions.records import About
from victor.vault.keys import Opened
from victor.vault.models import Envelope

HOLDER = System("receipt")
log = structlog.get_logger(__name__)


class Held:
    """A report in the hands of whoever holds its receipt, to be let go of after use."""

    def __init__(self, report: Report, opened: Opened) -> None:
        self.report, self.opened = report, opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.opened.private.wipe()

    @property
    def hand_over(self) -> HandOver | None:
        """The question whether another desk may have the report, while it waits for the answer."""
        return self.report.hand_overs.filter(state=HandOverState.ASKED).select_related("target").first()

    @property
    def has_notice(self) -> bool:
        """Whether an address is kept to which it is told that there is an answer."""
        return _notices(self.report).exists()


class Said(NamedTuple):
    """An answer: when it was written, in which language, and its words."""

    at: datetime
    language: str
    text: str
    is_new: bool


def open_with(receipt: int) -> Held:
    """The report of a receipt. What is unknown, expired or erased is refused alike, after the same work.

    Raises:
        UnknownReceipt: there is none.
    """
    both = derived(receipt)
    expired = Q(erase_on__lte=timezone.localdate(), hold=False)
    found = Report.objects.select_related("key", "desk", "country").exclude(expired)
    report = found.filter(lookup=both.lookup).first()
    if report is None:
        raise UnknownReceipt
    return Held(report, vault.open_receipt(report.key, both.private, by=HOLDER))


def answers(held: Held) -> list[Said]:
    """What the desk has answered, the oldest first; from now on it counts as seen."""
    written = held.report.messages.filter(voice=Voice.ANSWER).select_related("envelope__key")
    found = [
        Said(each.written_at, each.language, vault.read(each.envelope, by=held.opened)["text"], each.seen_at is None)
        for each in written
    ]
    written.filter(seen_at=None).update(seen_at=timezone.now())
    return found


@transaction.atomic
def add_words(held: Held, text: str, *, language: str) -> Message:
    """Add to the report. The same words pressed twice are added once."""
    report = Report.objects.select_for_update(of=["self"]).select_related("key").get(pk=held.report.pk)
    last = report.messages.select_related("envelope__key").order_by("-written_at", "-pk").first()
    if last and last.voice == Voice.REPORTER and vault.read(last.envelope, by=held.opened) == {"text": text}:
        return last
    envelope = vault.write(report.key, {"text": text}, purpose=EnvelopePurpose.MESSAGE, by=HOLDER)
    message = Message.objects.create(report=report, envelope=envelope, voice=Voice.REPORTER, language=language)
    report.waits_since = report.waits_since or timezone.now()
    report.save(update_fields=["waits_since"])
    schedule(report)
    record("report.words_added", report, by=HOLDER)
    return message


def attach(report: Report, files: Iterable[Any], *, by: System = HOLDER) -> list[str]:
    """Add files to the reporter's last words, each by itself; the names of those that could not be kept.

    The words have arrived before: a disk that is full costs a file, never the report.

    Raises:
        UnknownReceipt: the report is deleted in this moment.
    """
    message = report.messages.filter(voice=Voice.REPORTER).order_by("written_at", "pk").last()
    if message is None:  # deleted in this moment
        raise UnknownReceipt
    lost = []
    for file in files:
        try:
            _attach(message, file, by=by)
        except OSError as failure:
            log.warning("file of a report not kept", type=type(failure).__name__)
            lost.append(str(file.name))
    return lost


@transaction.atomic
def _attach(message: Any, file: Any, *, by: System) -> None:
    content, name = file.read(), str(file.name)
    key = message.report.key
    infected = is_infected(content)
    original = vault.write_file(key, [content], about=About(name, str(file.content_type or "")), by=by)
    clean = None
    if not infected:
        try:
            copy = cleaned(content)
        except NoCopy:
            log.info("no copy of a file without its metadata")
        else:
            clean = vault.write_file(key, [copy.content], about=About("", copy.type), by=by)
    attachment = Attachment.objects.create(message=message, original=original, clean=clean, infected=infected)
    record("report.file_added", attachment, by=by, clean=clean is not None, infected=infected)


def answer_hand_over(held: Held, *, agreed: bool) -> None:
    """Say whether another desk may have the report; nothing where nobody asks any more."""
    if asked := held.hand_over:
        (agree if agreed else decline)(asked, by=HOLDER)


@transaction.atomic
def ask_deletion(held: Held) -> None:
    """Ask the desk to delete the report. It decides: whoever has found a receipt must not make words unheard."""
    if held.report.deletion_asked_at:
        return
    held.report.deletion_asked_at = timezone.now()
    Report.objects.filter(pk=held.report.pk).update(deletion_asked_at=held.report.deletion_asked_at)
    record("report.deletion_asked", held.report, by=HOLDER)


@transaction.atomic
def set_notice(report: Report, address: str, *, language: str) -> None:
    """Keep an address, in the vault, to which it is told that there is an answer.

    Raises:
        UnknownReceipt: the report is deleted in this moment.
    """
    if not Report.objects.select_for_update(of=["self"]).filter(pk=report.pk).exists():
        raise UnknownReceipt
    erase_notice(report)
    vault.write(report.key, {"email": address, "language": language}, purpose=EnvelopePurpose.NOTICE, by=HOLDER)
    record("report.notice_set", report, by=HOLDER)


@transaction.atomic
def erase_notice(report: Report) -> None:
    """Forget the address at once."""
    for envelope in _notices(report):
        vault.erase(envelope, by=HOLDER)
        record("report.notice_erased", report, by=HOLDER)


def _notices(report: Report) -> Any:
    return Envelope.objects.filter(key=report.key_id, purpose=EnvelopePurpose.NOTICE)
