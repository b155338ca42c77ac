"""Files come with words, which arrive whatever becomes of the files.

Whatever a scanner, a cleaner or a disk does wrong costs at most one file, or only its copy.
"""

from __future__ import annotations

import time
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
from victor.files.kinds import detect_kind
from victor.files.metadata.copies import make_clean_copy
from victor.files.metadata.errors import NoCopy
from victor.vault.keys.keyring import save_stamped
from victor.vault.records.actions import FileInfo, save_sealed_file, seal_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

    from desks.reports.models import Message
    from victor.access import Actor
    from victor.vault.keys.models import Key
    from victor.vault.records.models import SealedFile

COPY_SECONDS = 30.0  # for all copies of one submission; whoever sends the files waits for them
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
    failed, until = [], time.monotonic() + COPY_SECONDS
    for file in files:
        try:
            _attach_file(message, file, until, by=by)
        except UnknownReceipt:
            raise
        except Exception as failure:  # a full disk, a lost storage: the words have arrived all the same
            log.warning("file of a report not kept", type=type(failure).__name__)
            failed.append(str(file.name))
    return failed


def attach_uploads(report: Report, files: Iterable[UploadedFile], rejected: list[str], *, by: Actor) -> list[str]:
    """Attach the files of a form; return the names of those not there: empty ones, `rejected` ones."""
    files = list(files)
    if not report.desk.takes_files:
        return [str(file.name) for file in files] + rejected
    empty = [str(file.name) for file in files if not file.size]
    return attach_files(report, [file for file in files if file.size], by=by) + empty + rejected


def attach_first_uploads(report: Report, files: Iterable[UploadedFile], rejected: list[str], *, by: Actor) -> list[str]:
    """The same where a report is received. A second press of the button adds no file that is there already."""
    if report.messages.filter(attachments__isnull=False).exists():
        return []
    return attach_uploads(report, files, rejected, by=by)


def _attach_file(message: Message, file: UploadedFile, until: float, *, by: Actor) -> None:
    """Scan, clean and encrypt a file before anything is locked; then write the rows, in one transaction."""
    content, key = file.read(), message.report.key
    infected = _scan(content)
    kind = detect_kind(content)
    about = FileInfo(str(file.name), kind.type if kind else str(file.content_type or ""))
    original = seal_file(key, [content], about=about)
    clean = None if infected else _seal_clean_copy(key, content, until)
    _save_attachment(message, original, clean, infected, by=by)


def _scan(content: bytes) -> bool | None:
    """Whether the scanner warns of a file; None where it cannot say, whatever the reason."""
    try:
        return is_infected(content)
    except Exception as failure:  # the file arrives all the same
        log.warning("scanner failed", type=type(failure).__name__)
        return None


def _seal_clean_copy(key: Key, content: bytes, until: float) -> SealedFile | None:
    """A copy without metadata; None where none can be made, for whatever reason."""
    try:
        copy = make_clean_copy(content, seconds=until - time.monotonic())
        return seal_file(key, [copy.content], about=FileInfo("", copy.type, copy.seconds, copy.missing))
    except NoCopy:
        log.info("no copy of a file without its metadata")
    except Exception as failure:  # the original is there
        log.warning("copy of a file not kept", type=type(failure).__name__)
    return None


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
    attachment = Attachment(message=message, original=original, clean=clean, infected=infected)
    save_stamped(attachment)
    record("report.file_added", attachment, by=by, clean=clean is not None, infected=infected)
