"""The day on which a report is deleted. Whatever changes the course of a report calls `schedule_deletion`.

`Report.erase_on` is the day that both sides are shown. A sweep corrects the days that were missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desks.reports.actions import lock_any_report
from desks.reports.models import Report
from desks.retention.models import RetentionRule
from desks.retention.periods import announced_day, counting_from, outcome_of, ruling_for


@transaction.atomic
def schedule_deletion(report: Report) -> date | None:
    """Set the day on which a report will be deleted; None while the law holds it."""
    return set_deletion_date(lock_any_report(report))


def reschedule_all() -> int:
    """Set the days that are not what the rules of today say; return how many changed."""
    rules, today = list(RetentionRule.objects.approved()), timezone.localdate()
    reports = Report.objects.with_last_exchange().select_related("desk").order_by("pk")
    changed = [
        report.pk
        for report in reports.iterator()
        if _deletion_day(report, report.last_words, rules, today) != report.erase_on
    ]
    return sum(_reschedule(pk) for pk in changed)


@transaction.atomic
def _reschedule(pk: UUID) -> bool:
    report = Report.objects.select_for_update(of=["self"]).select_related("desk").filter(pk=pk).first()
    return report is not None and report.erase_on != set_deletion_date(report)


def set_deletion_date(report: Report) -> date | None:
    dated = Report.objects.with_last_exchange().get(pk=report.pk)
    day = _deletion_day(report, dated.last_words, RetentionRule.objects.approved(), timezone.localdate())
    Report.objects.filter(pk=report.pk).update(erase_on=day)
    return day


def _deletion_day(
    report: Report, last_words: datetime | None, rules: Iterable[RetentionRule], today: date
) -> date | None:
    if report.hold:
        return None
    days = ruling_for(rules, country=report.desk.country_id, outcome=outcome_of(report), on=today).days
    return announced_day(counting_from(report, last_words) + timedelta(days=days), shown=report.erase_on, today=today)
