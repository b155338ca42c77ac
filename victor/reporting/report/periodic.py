"""What the clock does with reports: it makes those that no worker was asked for, and forgets old files."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from victor.reporting.report.models import KEPT_FOR, ReportFile
from victor.reporting.report.tasks import make_report


@shared_task(name="victor.reporting.report.periodic.make_reports")
def make_reports() -> int:
    """Make what waits, and delete what is older than a week. Returns how many reports were made."""
    ReportFile.objects.filter(asked_at__lt=timezone.now() - KEPT_FOR).delete()
    waiting = ReportFile.objects.filter(content=None, failed=False).order_by("pk")
    return sum(make_report(pk) for pk in waiting.values_list("pk", flat=True))
