"""What whoever holds a receipt can do: read answers, add words and files, ask for deletion, choose to be told.

What the reporter wrote is not read back to them: a receipt may be found by the person it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from django.db import transaction

from desks.intake.errors import UnknownReceipt
from desks.intake.receipt_keys import RECEIPT_HOLDER
from desks.reports.models import Attachment, Report
from desks.reports.states import Voice
from victor.access import System
from victor.audit.actions import record
from victor.files.antivirus import is_infected
from victor.files.metadata.cleaners import make_clean_copy
from victor.files.metadata.errors import NoCopy
from victor.vault.records import actions as records_actions
from victor.vault.records.actions import FileInfo

log = structlog.get_logger(__name__)


def attach_files(report: Report, files: Iterable[Any], *, by: System = RECEIPT_HOLDER) -> list[str]:
    """Add files to the reporter's last words, each by itself; the names of those that could not be kept.

    The words have arrived before: a disk that is full costs a file, never the report.

    Raises:
        UnknownReceipt: the report is deleted in this moment.
    """
    message = report.messages.filter(voice=Voice.REPORTER).order_by("written_at", "pk").last()
    if message is None:  # deleted in this moment
        raise UnknownReceipt
    lost = []
    for file in files:
        try:
            _attach_file(message, file, by=by)
        except OSError as failure:
            log.warning("file of a report not kept", type=type(failure).__name__)
            lost.append(str(file.name))
    return lost


@transaction.atomic
def _attach_file(message: Any, file: Any, *, by: System) -> None:
    content, name = file.read(), str(file.name)
    key = message.report.key
    infected = is_infected(content)
    original = records_actions.write_file(key, [content], about=FileInfo(name, str(file.content_type or "")), by=by)
    clean = None
    if not infected:
        try:
            copy = make_clean_copy(content)
        except NoCopy:
            log.info("no copy of a file without its metadata")
        else:
            clean = records_actions.write_file(key, [copy.content], about=FileInfo("", copy.type), by=by)
    attachment = Attachment.objects.create(message=message, original=original, clean=clean, infected=infected)
    record("report.file_added", attachment, by=by, clean=clean is not None, infected=infected)


def keep_uploads(request: Any, report: Report) -> list[str]:
    """Keep the files that came along; the names of those that are not kept."""
    given = [file for file in request.FILES.getlist("files") if file.size]
    if not report.desk.takes_files:
        return [str(file.name) for file in given] + request.rejected_files
    return attach_files(report, given) + request.rejected_files


def keep_first_uploads(request: Any, report: Report) -> list[str]:
    """The same where a report is received: with a second press nothing comes that is not there."""
    return [] if report.messages.filter(attachments__isnull=False).exists() else keep_uploads(request, report)
