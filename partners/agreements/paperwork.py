"""Papers of an agreement, notice that a party gives, and who asks for a renewal."""

from __future__ import annotations

import calendar
import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partners.agreements.actions import PERMISSION, lock_agreement, people_to_tell
from partners.agreements.emails import compose_renewal_requests
from partners.agreements.errors import AgreementMoveNotPossible, NoNotice, NoRenewalToAsk, SignedInFuture
from partners.agreements.models import Agreement, AgreementFile, AgreementParty, RenewalRequest, agreement_storage
from partners.agreements.states import OVER, AgreementState, FileKind, Renewal
from victor.access import Actor, account_of, require
from victor.audit.actions import record

if TYPE_CHECKING:
    from django.core.files.base import File

    from victor.accounts.models import User
    from victor.files.states import FileFormat


@dataclass(frozen=True)
class CheckedFile:
    """A file whose content was looked at: its format, and whether a scanner has looked for viruses and found none."""

    content: File
    file_format: FileFormat
    was_scanned: bool


def add_file(agreement: Agreement, kind: FileKind, checked: CheckedFile, *, words: str, by: Actor) -> AgreementFile:
    """Add a paper as the next version. The file is written before anything is locked.

    Raises:
        AgreementMoveNotPossible: the agreement is over.
    """
    require(by, PERMISSION, agreement)
    content = checked.content.read()
    checked.content.seek(0)
    paper = AgreementFile(agreement=agreement, kind=kind, words=words, file_format=checked.file_format)
    paper.size, paper.sha256 = len(content), hashlib.sha256(content).hexdigest()
    paper.was_scanned, paper.added_by = checked.was_scanned, account_of(by)
    paper.file.save(f"paper.{checked.file_format}", checked.content, save=False)
    try:
        return _save_file(agreement, paper, by=by)
    except BaseException:
        agreement_storage().delete(str(paper.file.name))
        raise


@transaction.atomic
def _save_file(agreement: Agreement, paper: AgreementFile, *, by: Actor) -> AgreementFile:
    agreement = lock_agreement(agreement)
    require(by, PERMISSION, agreement)
    if agreement.state in OVER:
        raise AgreementMoveNotPossible
    paper.number = (agreement.files.aggregate(last=Max("number"))["last"] or 0) + 1
    paper.save(force_insert=True)
    record("agreement.file_added", agreement, by=by, code=agreement.code, number=paper.number, kind=str(paper.kind))
    return paper


@transaction.atomic
def record_notice(party: AgreementParty, given_on: date, *, by: Actor) -> Agreement:
    """Note that a party has given notice. The agreement ends when its period of notice is over, and not later.

    Raises:
        AgreementMoveNotPossible: the agreement is not signed, or the party has given notice.
        NoNotice: it names no period of notice.
        SignedInFuture: the day lies ahead.
    """
    agreement = lock_agreement(party.agreement)
    require(by, PERMISSION, agreement)
    party = agreement.parties.select_for_update().get(pk=party.pk)
    if agreement.state != AgreementState.SIGNED or party.notice_on is not None:
        raise AgreementMoveNotPossible
    if agreement.notice_months is None:
        raise NoNotice
    if given_on > timezone.localdate():
        raise SignedInFuture
    party.notice_on = given_on
    party.save(update_fields=["notice_on"])
    ends = max(months_later(given_on, agreement.notice_months), agreement.valid_from)
    agreement.valid_to = min(agreement.valid_to or ends, ends)
    agreement.renewal = Renewal.NONE
    agreement.save(update_fields=["valid_to", "renewal"])
    who, last = party.organisation_id, agreement.valid_to.isoformat()
    record("agreement.notice_given", agreement, by=by, code=agreement.code, organisation=who, last=last)
    return agreement


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def ask_for_renewal(agreement: Agreement, *, by: User) -> RenewalRequest:
    """Tell whoever owns an agreement that somebody needs it. Who has asked before is not heard twice.

    Raises:
        NoRenewalToAsk: it was never signed, or its next period is signed.
    """
    requests = compose_renewal_requests(agreement, people_to_tell(agreement), by)
    agreement = lock_agreement(agreement)
    require(by, "partners.ask_renewal", agreement)
    if not agreement.was_signed or agreement.renewals.filter(state=AgreementState.SIGNED).exists():
        raise NoRenewalToAsk
    asked, is_new = RenewalRequest.objects.get_or_create(agreement=agreement, asked_by=by)
    if is_new:
        for request in requests:
            request.send()
        record("agreement.renewal_asked", agreement, by=by, code=agreement.code)
    return asked
