"""The task that makes a report: part by part, in the language that was asked for."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.utils.translation import override

from victor.access import System
from victor.pdf import Unprintable
from victor.reporting.report.actions import finish_report
from victor.reporting.report.contents import Part, compose_parts, count_parts
from victor.reporting.report.iati import write_iati
from victor.reporting.report.models import ReportFile
from victor.reporting.report.pdf import draw_report
from victor.reporting.report.states import ReportFormat
from victor.reporting.report.workbook import write_report
from victor.task_queue import only_worker

WORKER = System("worker")
REPORT_LOCK = 0x7265706F  # "repo"
log = structlog.get_logger(__name__)


@shared_task(name="victor.reporting.report.tasks.make_report")
def make_report(pk: int) -> bool:
    """Make a report, unless it is made or another worker is at it. Returns whether it was made now."""
    with only_worker(REPORT_LOCK, pk) as is_only:
        unmade = ReportFile.objects.filter(pk=pk, content=None, failed=False)
        report = unmade.select_related("release__corrects").first() if is_only else None
        if report is None:
            return False
        with override(report.language):
            content = _make(report)
        finish_report(report, content, by=WORKER)
    return content is not None


def _make(report: ReportFile) -> bytes | None:
    parts: list[Part] = []
    total = count_parts(report.release)
    for part in compose_parts(report.release):
        parts.append(part)
        ReportFile.objects.filter(pk=report.pk).update(done=len(parts), total=total)
    try:
        if report.file_format == ReportFormat.PDF:
            return draw_report(report.release, parts)
        if report.file_format == ReportFormat.XLSX:
            return write_report(report.release, parts)
        return write_iati(report.release)
    except Unprintable:
        log.warning("report not made", report=report.pk)
        return None
