"""What whoever holds a receipt can do: read answers, add words and files, ask for deletion, choose to be told.

What the reporter wrote is not read back to them: a receipt may be found by the person it is about.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from desks.intake.errors import UnknownReceipt
from desks.intake.receipt_keys import RECEIPT_HOLDER
from desks.reports.models import Report
from desks.reports.states import EnvelopePurpose
from victor.audit.actions import record
from victor.vault.records import actions as records_actions
from victor.vault.records.models import Envelope


@transaction.atomic
def set_notice(report: Report, address: str, *, language: str) -> None:
    """Keep an address, in the vault, to which it is told that there is an answer.

    Raises:
        UnknownReceipt: the report is deleted in this moment.
    """
    if not Report.objects.select_for_update(of=["self"]).filter(pk=report.pk).exists():
        raise UnknownReceipt
    erase_notice(report)
    records_actions.write_envelope(
        report.key, {"email": address, "language": language}, purpose=EnvelopePurpose.NOTICE, by=RECEIPT_HOLDER
    )
    record("report.notice_set", report, by=RECEIPT_HOLDER)


@transaction.atomic
def erase_notice(report: Report) -> None:
    """Forget the address at once."""
    for envelope in _notices(report):
        records_actions.erase_envelope(envelope, by=RECEIPT_HOLDER)
        record("report.notice_erased", report, by=RECEIPT_HOLDER)


def _notices(report: Report) -> Any:
    return Envelope.objects.filter(key=report.key_id, purpose=EnvelopePurpose.NOTICE)
