"""Files come with words, which arrive whatever becomes of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from django.db import transaction

from desks.intake.errors import UnknownReceipt
from desks.reports.actions import lock_report
from desks.reports.models import Attachment, Report
from desks.reports.states import Voice
from victor.access import require
from victor.audit.actions import record
from victor.files.antivirus import is_infected
from victor.files.metadata.cleaners import make_clean_copy
from victor.files.metadata.errors import NoCopy
from victor.vault.records.actions import FileInfo, save_sealed_file, seal_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

    from desks.reports.models import Message
    from victor.access import Actor
    from victor.vault.keys.models import Key
    from victor.vault.records.models import SealedFile

log = structlog.get_logger(__name__)


def attach_files(report: Report, files: Iterable[UploadedFile], *, by: Actor) -> list[str]:
    """Add files to the reporter's last words, each by itself; return the names of those that could not be saved.

    The words have arrived before: a disk that is full costs a file, never the report.

    Raises:
        UnknownReceipt: the report has just been deleted.
    """
    require(by, "desks.use_receipt", report)
    message = report.messages.filter(voice=Voice.REPORTER).order_by("written_at", "pk").last()
    if message is None:
        raise UnknownReceipt
    failed = []
    for file in files:
        try:
            _attach_file(message, file, by=by)
        except OSError as failure:
            log.warning("file of a report not kept", type=type(failure).__name__)
            failed.append(str(file.name))
    return failed


def attach_uploads(report: Report, files: Iterable[UploadedFile], rejected: list[str], *, by: Actor) -> list[str]:
    """Attach the files of a form; return the names of those that are not there, `rejected` among them."""
    sent = [file for file in files if file.size]
    if not report.desk.takes_files:
        return [str(file.name) for file in sent] + rejected
    return attach_files(report, sent, by=by) + rejected


def attach_first_uploads(report: Report, files: Iterable[UploadedFile], rejected: list[str], *, by: Actor) -> list[str]:
    """The same where a report is received. A second press of the button adds no file that is there already."""
    if report.messages.filter(attachments__isnull=False).exists():
        return []
    return attach_uploads(report, files, rejected, by=by)


def _attach_file(message: Message, file: UploadedFile, *, by: Actor) -> None:
    """Scan, clean and encrypt a file before anything is locked; then write the rows, in one transaction."""
    content, key = file.read(), message.report.key
    infected = is_infected(content)
    original = seal_file(key, [content], about=FileInfo(str(file.name), str(file.content_type or "")))
    clean = None if infected else _seal_clean_copy(key, content)
    _save_attachment(message, original, clean, infected, by=by)


def _seal_clean_copy(key: Key, content: bytes) -> SealedFile | None:
    """A copy without metadata; None where none can be made."""
    try:
        copy = make_clean_copy(content)
    except NoCopy:
        log.info("no copy of a file without its metadata")
        return None
    return seal_file(key, [copy.content], about=FileInfo("", copy.type))


@transaction.atomic
def _save_attachment(
    message: Message, original: SealedFile, clean: SealedFile | None, infected: bool | None, *, by: Actor
) -> None:
    try:
        report = lock_report(message.report)
    except Report.DoesNotExist as deleted:
        raise UnknownReceipt from deleted
    require(by, "desks.use_receipt", report)
    for sealed in (original, clean):
        if sealed is not None:
            save_sealed_file(sealed, by=by)
    attachment = Attachment.objects.create(message=message, original=original, clean=clean, infected=infected)
    record("report.file_added", attachment, by=by, clean=clean is not None, infected=infected)
