"""What colleagues write in a report: notes for each other, answers to the reporter, translations. All of it is sealed.

`by` is a user or the `System`, or an open vault where something has to be read.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desks.desk.models import Desk, Rehearsal
from desks.desk.querysets import DESK_ROLES, colleagues
from desks.reports import emails
from desks.reports.deadlines import escalation_steps, started_at
from desks.reports.errors import NotInTime
from desks.reports.models import Escalation, Report
from desks.reports.states import MOVES, EscalationLevel, ReportMove, ReportState
from partners.memberships.states import Role
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record


def lock_worked_report(report: Report, *, by: User | System) -> Report:
    """The report as it is now, which nobody else changes until the transaction ends, if `by` works at its desk."""
    report = Report.objects.select_for_update(of=["self"]).select_related("desk").get(pk=report.pk)
    require(by, "desks.work", report.desk)
    return report


CLOCK = System("clock")
MAX_AT_ONCE = 200  # the next sweep tells the rest
ESCALATION_ROLES = {EscalationLevel.DESK: DESK_ROLES, EscalationLevel.SUPERVISORS: [Role.SUPERVISOR]}


def acknowledge_arrived() -> int:
    """Acknowledge every report that has arrived; return how many."""
    starts, leads = MOVES[ReportMove.ACKNOWLEDGE]
    waiting = Report.objects.filter(state__in=starts).order_by("received_at").values_list("pk", flat=True)
    return sum(_acknowledge(pk, leads) for pk in waiting[:MAX_AT_ONCE])


@transaction.atomic
def _acknowledge(pk: UUID, leads: ReportState) -> bool:
    starts = MOVES[ReportMove.ACKNOWLEDGE][0]
    report = Report.objects.select_for_update(of=["self"], skip_locked=True).filter(pk=pk, state__in=starts).first()
    if report is None:
        return False
    report.state, report.acknowledged_at = leads, report.acknowledged_at or timezone.now()
    report.save(update_fields=["state", "acknowledged_at"])
    record("report.acknowledged", report, by=CLOCK)
    return True


def escalate_all() -> int:
    """Tell each level of what has become late since the last time; return how many escalations were told."""
    return sum(escalate_reports_of(desk) for desk in Desk.objects.exclude(reports=None).order_by("pk"))


@transaction.atomic
def escalate_reports_of(desk: Desk) -> int:
    """Note the escalations of a desk, danger that has just come in among them, and send one mail to each person."""
    now, told, people = timezone.now(), 0, set()
    for step in escalation_steps(desk):
        found = [
            Escalation.objects.get_or_create(
                report=late, clock=step.clock, level=step.level, since=started_at(late, step.clock)
            )
            for late in Report.objects.untold(step, desk, now)[:MAX_AT_ONCE]
        ]
        new = [breach for breach, is_new in found if is_new]
        for breach in new:
            record("report.late", breach.report, by=CLOCK, clock=step.clock, level=step.level)
        if new:
            people |= set(people_to_notify(desk, step.level))
        told += len(new)
    for person in sorted(people, key=lambda each: each.pk):
        emails.notify_worker(person)
    return told


def people_to_notify(desk: Desk, level: EscalationLevel) -> list[User]:
    """Who is told. Where nobody of the desk is there to be told, the coordinators are."""
    found = list(colleagues(desk, *ESCALATION_ROLES[level])) if level in ESCALATION_ROLES else []
    return found or list(User.objects.filter(is_active=True, memberships__role=Role.COORDINATOR).distinct())


@transaction.atomic
def pass_rehearsal(report: Report, *, by: User) -> Rehearsal:
    """Note that a test report was triaged and answered within the times that the desk promises; once a report.

    Raises:
        NotInTime: it was not, or it is no test.
    """
    desk = report.desk
    require(by, "desks.work", desk)
    triage = timedelta(minutes=desk.danger_minutes) if report.danger else timedelta(hours=desk.triage_hours)
    triaged, answered = report.triaged_at, report.answered_at
    if not (report.is_test and triaged and answered):
        raise NotInTime
    if max(triaged - triage, answered - timedelta(hours=desk.answer_hours)) > report.received_at:
        raise NotInTime
    passed, new = Rehearsal.objects.get_or_create(desk=desk, passed_at=answered, defaults={"by": by})
    if new:
        record("desk.rehearsal_passed", desk, by=by)
    return passed


def lock_report(report: Report) -> Report:
    """The report as it is now, which nobody else changes until the transaction ends."""
    return Report.objects.select_for_update(of=["self"]).select_related("desk").get(pk=report.pk)
