"""The address that is told when there is an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from desks.intake.errors import UnknownReceipt
from desks.reports.actions import lock_report
from desks.reports.models import Report
from desks.reports.states import EnvelopePurpose
from victor.access import require
from victor.audit.actions import record
from victor.vault.records.actions import erase_envelope, write_envelope
from victor.vault.records.models import Envelope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.access import Actor


@transaction.atomic
def set_notice(report: Report, address: str, *, language: str, by: Actor) -> None:
    """Store an address in the vault, in place of an earlier one. A mail goes there when there is an answer.

    Raises:
        UnknownReceipt: the report has just been deleted.
    """
    try:
        report = lock_report(report)
    except Report.DoesNotExist as deleted:
        raise UnknownReceipt from deleted
    require(by, "desks.use_receipt", report)
    _erase_notices(report, by=by)
    write_envelope(report.key, {"email": address, "language": language}, purpose=EnvelopePurpose.NOTICE, by=by)
    record("report.notice_set", report, by=by)


@transaction.atomic
def erase_notice(report: Report, *, by: Actor) -> None:
    """Delete the address at once."""
    require(by, "desks.use_receipt", report)
    _erase_notices(report, by=by)


def notices_of(report: Report) -> QuerySet[Envelope]:
    """The stored address of a report, sealed; there is one at most."""
    return Envelope.objects.filter(key=report.key_id, purpose=EnvelopePurpose.NOTICE)


def _erase_notices(report: Report, *, by: Actor) -> None:
    for envelope in notices_of(report):
        erase_envelope(envelope, by=by)
        record("report.notice_erased", report, by=by)
