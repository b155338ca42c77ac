"""Reports are deleted on their day. Holds prevent it, warnings announce it, and a record proves it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from desks.desk.errors import DeskMoveNotPossible
from desks.desk.models import Desk
from desks.desk.querysets import colleagues, require_key
from desks.reports import emails as reports_emails
from desks.reports.actions import lock_any_report, lock_report
from desks.reports.models import Report
from desks.reports.states import EnvelopePurpose
from desks.retention.deletion_dates import schedule_deletion, set_deletion_date
from desks.retention.errors import DeletionObstructed, NotDue
from desks.retention.models import DeletedReportStats, DeletionRecord, DeletionWarning, Hold, RetentionRule
from desks.retention.periods import (
    NOTICE_PERIOD,
    answer_promise,
    due_warnings,
    obstacle_to_deletion,
    outcome_of,
    ruling_for,
    triage_promise,
)
from desks.retention.states import DeletionObstacle, DeletionReason
from victor.access import Actor, System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import UnlockedVault, private_key_of, save_stamped
from victor.vault.keys.models import Key
from victor.vault.records.actions import destroy_record, write_envelope


@transaction.atomic
def hold_report(report: Report, reason: str, *, by: UnlockedVault) -> Hold:
    """Prevent the deletion of a report. The reason goes into the vault with it.

    Raises:
        NoGrant: the person leads the desk, but their key does not open its reports.
    """
    report = lock_report(report)
    require(by.person, "desks.lead", report.desk)
    with private_key_of(report.key, by=by):
        pass
    envelope = write_envelope(report.key, {"text": reason}, purpose=EnvelopePurpose.NOTE, by=by.person)
    hold = Hold(report=report, reason=envelope, by=by.person)
    save_stamped(hold)
    Report.objects.filter(pk=report.pk).update(hold=True, erase_on=None)
    record("report.held", report, by=by.person, hold=hold.pk)
    return hold


@transaction.atomic
def lift_report_hold(hold: Hold, *, by: User) -> Hold:
    """End a hold. Where it was the last, the report is deleted by the rules again, in thirty days at the soonest.

    Raises:
        DeskMoveNotPossible: it is lifted.
    """
    report = lock_report(hold.report)
    require(by, "desks.lead", report.desk)
    require_key(report.desk, by)
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.lifted_at:
        raise DeskMoveNotPossible
    hold.lifted_by, hold.lifted_at = by, timezone.now()
    hold.save(update_fields=["lifted_by", "lifted_at"])
    record("report.hold_lifted", report, by=by, hold=hold.pk)
    if not report.holds.open().exists():
        Report.objects.filter(pk=report.pk).update(hold=False)
        schedule_deletion(report)
    return hold


CLOCK = System("clock")


class DeletionCounts(NamedTuple):
    """What a sweep did: how many reports were deleted, and how many postponed."""

    erased: int
    postponed: int


def warn_of_deletions() -> int:
    """Warn each desk thirty days, seven and one before a deletion; return for how many reports a warning is new."""
    today = timezone.localdate()
    soon = Report.objects.filter(erase_on__gt=today, erase_on__lte=today + NOTICE_PERIOD)
    return sum(_warn_desk(desk, today) for desk in Desk.objects.filter(pk__in=soon.values("desk")).order_by("pk"))


def _warn_desk(desk: Desk, today: date) -> int:
    """Note every warning that is due, and send one mail to each person, however many there are."""
    alerts = reports_emails.compose_alerts(colleagues(desk))
    with transaction.atomic():
        reports = Report.objects.filter(desk=desk, erase_on__gt=today, erase_on__lte=today + NOTICE_PERIOD)
        warned = [report for report in reports.select_for_update(of=["self"]).order_by("pk") if _warn(report, today)]
        for alert in alerts.values() if warned else ():
            alert.send()
        for report in warned:
            record("report.erasure_near", report, by=CLOCK, days=(_day_of(report) - today).days)
    return len(warned)


def _warn(report: Report, today: date) -> bool:
    """Note the warnings of a report that are due; whether one is new."""
    day = _day_of(report)
    saved = [
        DeletionWarning.objects.get_or_create(report=report, day=day, step=step) for step in due_warnings(day, today)
    ]
    return any(is_new for _warning, is_new in saved)


def _day_of(report: Report) -> date:
    if report.erase_on is None:
        raise NotDue
    return report.erase_on


def erase_due_reports() -> DeletionCounts:
    """Delete what is due, each in a transaction of its own; what is obstructed gets thirty days more."""
    due = Report.objects.filter(erase_on__lte=timezone.localdate()).order_by("erase_on", "pk")
    results = [_erase_or_postpone(pk) for pk in list(due.values_list("pk", flat=True))]
    return DeletionCounts(erased=results.count(True), postponed=results.count(False))


@transaction.atomic
def _erase_or_postpone(pk: UUID) -> bool | None:
    """Whether it was deleted; None where somebody was faster, or its day has moved."""
    report = Report.objects.filter(pk=pk).first()
    if report is None:
        return None
    try:
        erase_report(report, by=CLOCK)
    except (Report.DoesNotExist, NotDue):
        return None
    except DeletionObstructed as obstructed:
        _postpone(report, obstructed.why)
        return False
    return True


def _postpone(report: Report, why: DeletionObstacle) -> None:
    today = timezone.localdate()
    until = today + NOTICE_PERIOD
    if Report.objects.filter(pk=report.pk, erase_on__lte=today).update(erase_on=until):
        record("report.kept", report, by=CLOCK, why=why, until=until.isoformat())


@transaction.atomic
def erase_report(report: Report, *, by: Actor) -> DeletionRecord:
    """Delete a report whose day has come.

    Raises:
        NotDue: it has not.
        DeletionObstructed: words that nobody has read, work that is not finished, or the law keep it.
    """
    report = lock_any_report(report)
    require(by, "desks.lead", report.desk)
    if why := obstacle_to_deletion(report):
        raise DeletionObstructed(why)
    day = set_deletion_date(report)
    if day is None or day > timezone.localdate():
        raise NotDue
    return destroy_report(report, due=day, by=by)


def destroy_report(
    report: Report, *, due: date | None, by: Actor, reason: DeletionReason | None = None
) -> DeletionRecord:
    """Rows, keys, texts and files, and what was made of them; the files when all the rest is certain."""
    outcome = outcome_of(report)
    rules = RetentionRule.objects.approved()
    rule = ruling_for(rules, country=report.desk.country_id, outcome=outcome, on=timezone.localdate()).rule
    key = Key.objects.select_for_update().get(pk=report.key_id)  # nothing is added to it from here on
    report.duplicates.update(duplicate_of=None)
    proof = DeletionRecord.objects.create(
        reference=report.reference,
        desk=report.desk,
        received=month_received(report),
        outcome=outcome,
        rule=rule if due else None,
        on_request=due is None,
        reason=reason or "",
        due=due,
        envelopes=key.envelopes.count(),
        files=key.files.count(),
    )
    _count_deleted(report, outcome)
    record("report.erased", report, by=by, proof=proof.pk, envelopes=proof.envelopes, files=proof.files)
    report.delete()
    destroy_record(key, by=by)
    return proof


def _count_deleted(report: Report, outcome: str) -> None:
    if report.is_test:
        return
    now = timezone.now()
    stats, _is_new = DeletedReportStats.objects.get_or_create(
        desk=report.desk,
        month=month_received(report),
        channel=report.channel,
        outcome=outcome,
        danger=report.danger,
        triage=triage_promise(report, now),
        answer=answer_promise(report, now),
    )
    DeletedReportStats.objects.filter(pk=stats.pk).update(number=F("number") + 1)


def month_received(report: Report) -> date:
    """The first day of the month in which it was received."""
    return timezone.localdate(report.received_at).replace(day=1)
