"""Files come with words, which arrive whatever becomes of the files."""

from __future__ import annotations

from typing import Any

from desks.actions import attach
from desks.models import Report


def keep_files(request: Any, report: Report) -> list[str]:
    """Keep the files that came along; the names of those that are not kept."""
    given = [file for file in request.FILES.getlist("files") if file.size]
    if not report.desk.takes_files:
        return [str(file.name) for file in given] + request.passed_by
    return attach(report, given) + request.passed_by


def keep_first_files(request: Any, report: Report) -> list[str]:
    """The same where a report is received: with a second press nothing comes that is not there."""
    return [] if report.messages.filter(attachments__isnull=False).exists() else keep_files(request, report)
