"""A concern is received: one transaction, after which it is there for the desk and for nobody else.

The receipt makes it happen once. A second sending with the same receipt, after a double press or a broken connection,
meets the report that is there. Words that are not in it yet are added to it, so that nothing is lost.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import structlog
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desks.desk.errors import NoKeys
from desks.desk.models import Desk
from desks.duty.actions import raise_alarm_or_leave_it
from desks.reports.actions import escalate_reports_of, lock_report
from desks.reports.envelopes import messages_of
from desks.reports.models import Message, Report
from desks.reports.references import REFERENCE_LENGTH, REFERENCE_LETTERS
from desks.reports.states import MOVES, Channel, EnvelopePurpose, ReportMove, Voice
from desks.retention.deletion_dates import schedule_deletion
from victor.access import ReceiptHolder, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.languages import content_language
from victor.vault.keys.keyring import save_stamped
from victor.vault.records.actions import create_record, open_receipt, read_all, write_envelope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desks.intake.receipt_keys import ReceiptKeys
    from partners.directory.models import Country
    from victor.access import Actor

log = structlog.get_logger(__name__)


def receive_report(
    desk: Desk,
    answers: Mapping[str, object],
    *,
    receipt: ReceiptKeys,
    country: Country,
    language: str,
    danger: bool,
    by: Actor,
    channel: Channel = Channel.WEB,
    suspected_spam: bool = False,
) -> tuple[Report, bool]:
    """Receive what somebody tells a desk; the report, and whether it is new.

    `answers` is everything that they said; it goes into the vault and nowhere else. The receipt's keys are derived
    before: no transaction waits for that.
    """
    require(by, "desks.receive_report", desk)
    report = Report(desk=desk, country=country, language=language, danger=danger, channel=channel)
    report.receipt_digest, report.suspected_spam = receipt.receipt_digest, suspected_spam
    earlier = _find_report(receipt)
    if earlier is None:
        try:
            _save_report(report, answers, receipt, by=by)
        except IntegrityError:  # the same report, sent twice at the same moment
            earlier = _find_report(receipt)
            if earlier is None:
                raise
    if earlier is not None:
        _add_new_answers(earlier, answers, receipt)
        return earlier, False
    if danger:
        _alert(desk)
    return report, True


def _add_new_answers(report: Report, answers: Mapping[str, object], receipt: ReceiptKeys) -> None:
    """Answers that were changed between two sendings are one more message of the report."""
    if _save_new_answers(report, answers, receipt):
        _alert(report.desk)


@transaction.atomic
def send_test_report(desk: Desk, *, by: User) -> Report:
    """Send the desk a report that says it is a test, and is worked on like any other.

    Raises:
        NoKeys: the desk could not read it.
    """
    require(by, "desks.lead", desk)
    if desk.group_id is None:
        raise NoKeys
    report = Report(desk=desk, country=desk.country, language=content_language(by.language), is_test=True)
    story = _("This is a test. Please triage it and reply as you would to a real report.")
    _save_report(report, {"story": story, "danger": False}, None, by=by)
    return report


def _alert(desk: Desk) -> None:
    """Tell the desk of danger at once, in a transaction of its own. If that fails, the next sweep tells it."""
    try:
        escalate_reports_of(desk)
    except DatabaseError as failure:
        log.warning("danger not told at once", type=type(failure).__name__)


def _find_report(receipt: ReceiptKeys) -> Report | None:
    return Report.objects.filter(receipt_digest=receipt.receipt_digest).first()


@transaction.atomic
def _save_report(report: Report, answers: Mapping[str, object], receipt: ReceiptKeys | None, *, by: Actor) -> None:
    group = Desk.objects.select_related("group").get(pk=report.desk_id).trusted_group
    if group is None:
        raise NoKeys
    report.reference = _new_reference(report.country_id)
    report.key = create_record(group, by=by, receipt=receipt.private if receipt else None)
    now = timezone.now()
    report.received_at = report.acknowledged_at = report.unread_since = now
    report.state = MOVES[ReportMove.ACKNOWLEDGE][1]
    save_stamped(report)
    envelope = write_envelope(report.key, answers, purpose=EnvelopePurpose.REPORT, by=by)
    author = by if isinstance(by, User) else None
    facts = {"voice": Voice.REPORTER, "language": report.language, "author": author, "written_at": now}
    save_stamped(Message(report=report, envelope=envelope, **facts))
    report.erase_on = schedule_deletion(report)
    if report.danger:
        raise_alarm_or_leave_it(report, by=by)
    record("report.received", report, by=by, desk=report.desk_id, channel=str(report.channel), danger=report.danger)


@transaction.atomic
def _save_new_answers(report: Report, answers: Mapping[str, object], receipt: ReceiptKeys) -> bool:
    """Whether they tell of danger that nobody knew of. Two sendings at once are decided one after the other."""
    holder = ReceiptHolder(report)
    report = lock_report(report)
    require(holder, "desks.use_receipt", report)
    with open_receipt(report.key, receipt.private, by=holder) as vault:
        messages = report.messages.filter(voice=Voice.REPORTER).select_related("envelope__key")
        if answers in read_all(messages_of(report, messages), by=vault).values():
            return False
    envelope = write_envelope(report.key, answers, purpose=EnvelopePurpose.REPORT, by=holder)
    save_stamped(Message(report=report, envelope=envelope, voice=Voice.REPORTER, language=report.language))
    is_new_danger = answers.get("danger") is True and not report.danger
    report.unread_since = report.unread_since or timezone.now()
    if is_new_danger:  # which nobody has read yet, whatever was read before
        report.danger, report.read_at = True, None
    report.save(update_fields=["unread_since", "danger", "read_at"])
    schedule_deletion(report)
    if is_new_danger:
        raise_alarm_or_leave_it(report, by=holder)
    record("report.words_added", report, by=holder)
    return is_new_danger


def _new_reference(country: str) -> str:
    """A name that nobody can count from: how colleagues call a report."""
    while True:
        reference = f"{country}-{''.join(secrets.choice(REFERENCE_LETTERS) for _ in range(REFERENCE_LENGTH))}"
        if not Report.objects.filter(reference=reference).exists():
            return reference
