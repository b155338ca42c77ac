"""Files of a report: the clean copy for everybody at the desk, the original for two persons with a reason, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible
from desks.inbox.errors import NotGranted, OwnRequest
from desks.inbox.models import OriginalAccess
from desks.reports.actions import lock_worked_report
from desks.reports.envelopes import verify_attachment
from desks.reports.models import Attachment
from desks.reports.states import EnvelopePurpose
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import UnlockedVault, save_stamped, update_stamped, verify_stamp
from victor.vault.records.actions import FileInfo, read_file, write_envelope

GRANT_VALIDITY = timedelta(hours=24)


@transaction.atomic
def open_clean_copy(attachment: Attachment, *, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """The clean copy, and what it was called.

    Raises:
        DeskMoveNotPossible: there is none.
    """
    report = lock_worked_report(attachment.message.report, by=by.person)
    sealed = verify_attachment(attachment).clean
    if sealed is None:
        raise DeskMoveNotPossible
    clean_copy = read_file(sealed, key_id=report.key_id, by=by)
    record("report.file_opened", attachment, by=by.person)
    return clean_copy


@transaction.atomic
def request_original(attachment: Attachment, reason: str, *, by: User) -> OriginalAccess:
    """Ask to open what was sent just as it was sent."""
    report = lock_worked_report(attachment.message.report, by=by)
    envelope = write_envelope(report.key, {"text": reason}, purpose=EnvelopePurpose.NOTE, by=by)
    access = OriginalAccess(attachment=attachment, reason=envelope, asked_by=by)
    save_stamped(access)
    record("report.original_asked", access, by=by)
    return access


@transaction.atomic
def approve_original(access: OriginalAccess, *, by: User) -> OriginalAccess:
    """Approve that a colleague opens it, within a day.

    Raises:
        OwnRequest: it is one's own.
        DeskMoveNotPossible: somebody has agreed already.
    """
    access = _lock_access(access, by=by)
    if access.asked_by_id == by.pk:
        raise OwnRequest
    if access.granted_at is not None:
        raise DeskMoveNotPossible
    access.granted_by, access.granted_at = by, timezone.now()
    update_stamped(access, "granted_by", "granted_at")
    record("report.original_granted", access, by=by)
    return access


@transaction.atomic
def open_original(access: OriginalAccess, *, by: UnlockedVault) -> tuple[FileInfo, Iterator[bytes]]:
    """The original, once, for whoever has asked.

    Raises:
        NotGranted: nobody has agreed, it is another's, it was used, or a day has passed.
    """
    access = _lock_access(access, by=by.person)
    if access.asked_by_id != by.person.pk or access.granted_at is None or access.used_at is not None:
        raise NotGranted
    if access.granted_at + GRANT_VALIDITY <= timezone.now():
        raise NotGranted
    access.used_at = timezone.now()
    update_stamped(access, "used_at")
    report = access.attachment.message.report
    original = read_file(verify_attachment(access.attachment).original, key_id=report.key_id, by=by)
    record("report.original_opened", access, by=by.person)
    return original


def _lock_access(access: OriginalAccess, *, by: User) -> OriginalAccess:
    accesses = OriginalAccess.objects.select_for_update(of=["self"])
    access = accesses.select_related("attachment__message__report", "attachment__original").get(pk=access.pk)
    lock_worked_report(access.attachment.message.report, by=by)
    return verify_stamp(access)
