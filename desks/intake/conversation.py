"""What whoever holds a receipt can do: read answers, add words and files, ask for deletion, choose to be told.

What the reporter wrote is not read back to them: a receipt may be found by the person it is about.
"""

from __future__ import annotations

from datetime import datetime
from types import TracebackType
from typing import NamedTuple, Self

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from desks.handovers.actions import agree_to_hand_over, decline_hand_over
from desks.handovers.models import HandOver
from desks.handovers.states import HandOverState
from desks.intake.answer_notices import _notices
from desks.intake.errors import UnknownReceipt
from desks.intake.receipt_keys import RECEIPT_HOLDER, derive_receipt_keys
from desks.reports.models import Message, Report
from desks.reports.states import EnvelopePurpose, Voice
from desks.retention.deletion_dates import schedule_deletion
from victor.audit.actions import record
from victor.vault.keys.keyring import UnlockedVault
from victor.vault.records import actions as records_actions


class ReceiptSession:
    """A report in the hands of whoever holds its receipt, to be let go of after use."""

    def __init__(self, report: Report, opened: UnlockedVault) -> None:
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


class DeskAnswer(NamedTuple):
    """An answer: when it was written, in which language, and its words."""

    at: datetime
    language: str
    text: str
    is_new: bool


def open_with_receipt(receipt: int) -> ReceiptSession:
    """The report of a receipt. What is unknown, expired or erased is refused alike, after the same work.

    Raises:
        UnknownReceipt: there is none.
    """
    both = derive_receipt_keys(receipt)
    expired = Q(erase_on__lte=timezone.localdate(), hold=False)
    found = Report.objects.select_related("key", "desk", "country").exclude(expired)
    report = found.filter(receipt_digest=both.receipt_digest).first()
    if report is None:
        raise UnknownReceipt
    return ReceiptSession(report, records_actions.open_receipt(report.key, both.private, by=RECEIPT_HOLDER))


def read_answers(held: ReceiptSession) -> list[DeskAnswer]:
    """What the desk has answered, the oldest first; from now on it counts as seen."""
    written = held.report.messages.filter(voice=Voice.ANSWER).select_related("envelope__key")
    found = [
        DeskAnswer(
            each.written_at,
            each.language,
            records_actions.read_envelope(each.envelope, by=held.opened)["text"],
            each.seen_at is None,
        )
        for each in written
    ]
    written.filter(seen_at=None).update(seen_at=timezone.now())
    return found


@transaction.atomic
def add_words(held: ReceiptSession, text: str, *, language: str) -> Message:
    """Add to the report. The same words pressed twice are added once."""
    report = Report.objects.select_for_update(of=["self"]).select_related("key").get(pk=held.report.pk)
    last = report.messages.select_related("envelope__key").order_by("-written_at", "-pk").first()
    if (
        last
        and last.voice == Voice.REPORTER
        and records_actions.read_envelope(last.envelope, by=held.opened) == {"text": text}
    ):
        return last
    envelope = records_actions.write_envelope(
        report.key, {"text": text}, purpose=EnvelopePurpose.MESSAGE, by=RECEIPT_HOLDER
    )
    message = Message.objects.create(report=report, envelope=envelope, voice=Voice.REPORTER, language=language)
    report.unread_since = report.unread_since or timezone.now()
    report.save(update_fields=["unread_since"])
    schedule_deletion(report)
    record("report.words_added", report, by=RECEIPT_HOLDER)
    return message


def answer_hand_over(held: ReceiptSession, *, agreed: bool) -> None:
    """Say whether another desk may have the report; nothing where nobody asks any more."""
    if asked := held.hand_over:
        (agree_to_hand_over if agreed else decline_hand_over)(asked, by=RECEIPT_HOLDER)


@transaction.atomic
def request_deletion(held: ReceiptSession) -> None:
    """Ask the desk to delete the report. It decides: whoever has found a receipt must not make words unheard."""
    if held.report.deletion_asked_at:
        return
    held.report.deletion_asked_at = timezone.now()
    Report.objects.filter(pk=held.report.pk).update(deletion_asked_at=held.report.deletion_asked_at)
    record("report.deletion_asked", held.report, by=RECEIPT_HOLDER)
