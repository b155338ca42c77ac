"""A concern is received: one transaction, after which it is there for the desk and for nobody else.

The receipt makes it happen once. Whatever is posted again with the same receipt, after a double press or a connection
that broke, meets the report that is there; words that are not in it yet are added to it, so that nothing is lost.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desks.desk.errors import NoKeys
from desks.desk.models import Desk
from desks.intake.receipt_keys import ReceiptKeys
from desks.reports.actions import escalate_reports_of
from desks.reports.models import Message, Report
from desks.reports.states import MOVES, Channel, EnvelopePurpose, ReportMove, Voice
from desks.retention.deletion_dates import schedule_deletion
from partners.directory.models import Country
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.groups.models import Group
from victor.vault.records import actions as records_actions

REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another


def receive_report(
    desk: Desk,
    told: dict[str, Any],
    *,
    receipt: ReceiptKeys,
    country: Country,
    language: str,
    danger: bool,
    by: User | System,
    channel: Channel = Channel.WEB,
    suspected_spam: bool = False,
) -> tuple[Report, bool]:
    """Receive what somebody tells a desk; the report, and whether it is new.

    `told` is everything that they said; it goes into the vault and nowhere else.
    """
    require(by, "desks.work", desk)
    found = Report.objects.filter(receipt_digest=receipt.receipt_digest).first()
    if found is None:
        new = Report(desk=desk, country=country, language=language, danger=danger, channel=channel)
        new.receipt_digest, new.suspected_spam = receipt.receipt_digest, suspected_spam
        try:
            _receive(new, told, receipt, by=by)
        except IntegrityError:  # the same report, sent twice at the same moment
            found = Report.objects.filter(receipt_digest=receipt.receipt_digest).first()
            if found is None:
                raise
        else:
            return new, True
    _add_new_words(found, told, receipt)
    return found, False


@transaction.atomic
def send_test_report(desk: Desk, *, by: User) -> Report:
    """Send the desk a report that says it is a test, and is worked on like any other.

    Raises:
        NoKeys: the desk could not read it.
    """
    require(by, "desks.lead", desk)
    if desk.group_id is None:
        raise NoKeys
    report = Report(desk=desk, country=desk.country, language=by.language, is_test=True)
    story = _("This is a test. Please triage it and reply as you would to a real report.")
    _receive(report, {"story": story, "danger": False}, None, by=by)
    return report


@transaction.atomic
def _receive(report: Report, told: dict[str, Any], receipt: ReceiptKeys | None, *, by: User | System) -> None:
    group = Group.objects.get(desk=report.desk_id)
    report.key = records_actions.create_record(group, by=by, receipt=receipt.private if receipt else None)
    report.reference = _new_reference(report.country_id)
    now = timezone.now()
    report.received_at = report.acknowledged_at = report.unread_since = now
    report.state = MOVES[ReportMove.ACKNOWLEDGE][1]
    report.save(force_insert=True)
    envelope = records_actions.write_envelope(report.key, told, purpose=EnvelopePurpose.REPORT, by=by)
    author = by if isinstance(by, User) else None
    Message.objects.create(
        report=report, envelope=envelope, voice=Voice.REPORTER, language=report.language, author=author, written_at=now
    )
    report.erase_on = schedule_deletion(report)
    record("report.received", report, by=by, desk=report.desk_id, channel=str(report.channel), danger=report.danger)
    if report.danger:
        escalate_reports_of(report.desk)


@transaction.atomic
def _add_new_words(report: Report, told: dict[str, Any], receipt: ReceiptKeys) -> None:
    """Words that were changed between two presses are one more message of the report."""
    by = System("receipt")
    with records_actions.open_receipt(report.key, receipt.private, by=by) as opened:
        said = report.messages.filter(voice=Voice.REPORTER).select_related("envelope__key")
        if any(records_actions.read_envelope(each.envelope, by=opened) == told for each in said):
            return
    envelope = records_actions.write_envelope(report.key, told, purpose=EnvelopePurpose.REPORT, by=by)
    Message.objects.create(report=report, envelope=envelope, voice=Voice.REPORTER, language=report.language)
    danger = report.danger or told.get("danger") is True
    Report.objects.filter(pk=report.pk).update(unread_since=report.unread_since or timezone.now(), danger=danger)
    schedule_deletion(report)
    record("report.words_added", report, by=by)
    if danger and not report.danger:  # which nobody has read yet, whatever was read before
        Report.objects.filter(pk=report.pk).update(read_at=None)
        escalate_reports_of(report.desk)


def _new_reference(country: str) -> str:
    """A name that nobody can count from: how colleagues call a report."""
    while True:
        reference = f"{country}-{''.join(secrets.choice(REFERENCE_LETTERS) for _ in range(6))}"
        if not Report.objects.filter(reference=reference).exists():
            return reference
