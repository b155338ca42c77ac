"""What the holder of a receipt can do: read answers, add words, answer a question, ask for deletion.

What the reporter wrote is not read back to them: a receipt may be found by the person it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from desks.handovers.actions import agree_to_hand_over, decline_hand_over
from desks.intake.answer_notices import notices_of
from desks.intake.errors import UnknownReceipt
from desks.intake.receipt_keys import derive_typed_receipt_keys
from desks.referrals.states import ReferralState
from desks.reports.actions import lock_report
from desks.reports.envelopes import messages_of
from desks.reports.models import Message, Report
from desks.reports.states import EnvelopePurpose, ReporterKind, Voice
from desks.retention.deletion_dates import schedule_deletion
from victor.access import ReceiptHolder, require
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, verify_stamp
from victor.vault.records.actions import open_receipt, read_all, read_envelope, write_envelope

if TYPE_CHECKING:
    from datetime import datetime

    from desks.referrals.models import Referral
    from victor.vault.keys.keyring import UnlockedVault


class ReceiptSession:
    """A report in the hands of whoever holds its receipt. Leaving the `with` block wipes the key."""

    def __init__(self, report: Report, vault: UnlockedVault) -> None:
        self.report, self.vault, self.holder = report, vault, ReceiptHolder(report)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.vault.private.wipe()

    @property
    def hand_over(self) -> Referral | None:
        """The question whether another desk may have the report, while it waits for the answer."""
        return self.report.hand_overs.filter(state=ReferralState.READY).select_related("to_desk").first()

    @property
    def has_notice(self) -> bool:
        """Whether an address is stored to which a mail goes when there is an answer."""
        return notices_of(self.report).exists()


class DeskAnswer(NamedTuple):
    """An answer of the desk: when it was written, in which language, and its words."""

    written_at: datetime
    language: str
    text: str
    is_new: bool


class Conversation(NamedTuple):
    """What the desk has answered, the oldest first; and whether a child wrote the report."""

    answers: list[DeskAnswer]
    is_by_child: bool


def open_with_receipt(receipt: int, *, is_proven: bool = False) -> ReceiptSession:
    """The report of a receipt. What is unknown, expired or erased is refused alike, after the same work.

    The keys are derived outside any transaction: that takes long on purpose. `is_proven` says that a proof of work came
    with the receipt.

    Raises:
        UnknownReceipt: there is none.
        TooManyChecks: nothing was looked up.
    """
    keys = derive_typed_receipt_keys(receipt, is_proven=is_proven)
    expired = Q(erase_on__lte=timezone.localdate(), hold=False)
    reports = Report.objects.select_related("key", "desk", "country").exclude(expired)
    report = reports.filter(receipt_digest=keys.receipt_digest).first()
    if report is None:
        raise UnknownReceipt
    return ReceiptSession(report, open_receipt(verify_stamp(report).key, keys.private, by=ReceiptHolder(report)))


@transaction.atomic
def read_conversation(session: ReceiptSession) -> Conversation:
    """What the desk has answered; from now on it counts as seen. Of the report only who wrote it is told."""
    require(session.holder, "desks.use_receipt", session.report)
    readable = Q(voice=Voice.ANSWER) | Q(voice=Voice.REPORTER, envelope__purpose=EnvelopePurpose.REPORT)
    messages = list(session.report.messages.filter(readable).select_related("envelope__key"))
    answers = [message for message in messages if message.voice == Voice.ANSWER]
    unseen = [message.pk for message in answers if message.seen_at is None]
    if unseen:
        Message.objects.filter(pk__in=unseen).update(seen_at=timezone.now())
    contents = read_all(messages_of(session.report, messages), by=session.vault)
    return Conversation(
        [
            DeskAnswer(answer.written_at, answer.language, contents[answer.envelope_id]["text"], answer.seen_at is None)
            for answer in answers
        ],
        is_by_child=any(content.get("reporter") == ReporterKind.CHILD for content in contents.values()),
    )


@transaction.atomic
def add_words(session: ReceiptSession, text: str, *, language: str) -> Message:
    """Add to the report. The same words pressed twice are added once."""
    by = session.holder
    report = _lock_session_report(session)
    last = report.messages.select_related("envelope__key").order_by("-written_at", "-pk").first()
    if last and last.voice == Voice.REPORTER:
        [expected] = messages_of(report, [last])
        if read_envelope(expected, by=session.vault) == {"text": text}:
            return last
    envelope = write_envelope(report.key, {"text": text}, purpose=EnvelopePurpose.MESSAGE, by=by)
    message = Message(report=report, envelope=envelope, voice=Voice.REPORTER, language=language)
    save_stamped(message)
    report.unread_since = report.unread_since or timezone.now()
    report.save(update_fields=["unread_since"])
    schedule_deletion(report)
    record("report.words_added", report, by=by)
    return message


def answer_hand_over(session: ReceiptSession, *, agreed: bool, asked: str | None = None) -> bool:
    """Say whether another desk may have the report; nothing happens where nobody asks any more.

    `asked` is the reference of the hand-over that the reporter has read. Where the desk asks for another one meanwhile,
    nothing happens either: the answer was not meant for it. Returns whether it counts.
    """
    hand_over = session.hand_over
    if hand_over is None or (asked is not None and asked != hand_over.reference):
        return False
    answer = agree_to_hand_over if agreed else decline_hand_over
    answer(hand_over, by=session.holder)
    return True


@transaction.atomic
def request_deletion(session: ReceiptSession) -> None:
    """Ask the desk to delete the report. The desk decides: whoever finds a receipt must not be able to delete words."""
    report = _lock_session_report(session)
    if report.deletion_asked_at is None:
        report.deletion_asked_at = timezone.now()
        report.save(update_fields=["deletion_asked_at"])
        record("report.deletion_asked", report, by=session.holder)
    session.report.deletion_asked_at = report.deletion_asked_at


def _lock_session_report(session: ReceiptSession) -> Report:
    """The report as it is now, locked, if the receipt leads to it.

    Raises:
        UnknownReceipt: it has just been deleted.
    """
    try:
        report = lock_report(session.report)
    except Report.DoesNotExist as deleted:
        raise UnknownReceipt from deleted
    require(session.holder, "desks.use_receipt", report)
    return report
