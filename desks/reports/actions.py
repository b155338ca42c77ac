"""What the clock does with reports: acknowledge them and tell who must know; and the lock that every action takes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from django.db import transaction
from django.utils import timezone

from desks.desk.models import Desk, Rehearsal
from desks.desk.querysets import DESK_ROLES, colleagues, require_key
from desks.reports import emails
from desks.reports.deadlines import escalation_steps, started_at
from desks.reports.errors import NotInTime
from desks.reports.models import Escalation, Report
from desks.reports.states import MOVES, EscalationLevel, ReportMove
from partners.memberships.states import Role
from victor.access import System, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import verify_stamp

if TYPE_CHECKING:
    from uuid import UUID

    from desks.reports.deadlines import EscalationStep
    from victor.access import Actor

    LateReports: TypeAlias = list[tuple[EscalationStep, list[Report]]]

CLOCK = System("clock")
MAX_AT_ONCE = 200  # the next sweep takes the rest
ESCALATION_ROLES = {EscalationLevel.DESK: DESK_ROLES, EscalationLevel.SUPERVISORS: [Role.SUPERVISOR]}


def lock_report(report: Report) -> Report:
    """The report as it is now. Nobody else changes it until the transaction ends.

    Raises:
        Report.DoesNotExist: it has been deleted.
        Unopenable: its key, desk, channel or receipt are not those that we gave it.
    """
    return verify_stamp(lock_any_report(report))


def lock_any_report(report: Report) -> Report:
    """The same for what the clock does, and for a deletion: nothing is read, nothing is written into the record.

    Raises:
        Report.DoesNotExist: it has been deleted.
    """
    return Report.objects.select_for_update(of=["self"]).select_related("desk", "key").get(pk=report.pk)


def lock_worked_report(report: Report, *, by: Actor) -> Report:
    """The same for somebody who works at the report's desk and holds its keys.

    Raises:
        PermissionDenied: `by` does not work there.
        Unopenable: as `lock_report` does.
        NoDeskKey: `by` could not read what they decide on.
    """
    report = lock_report(report)
    require(by, "desks.work", report.desk)
    if isinstance(by, User):
        require_key(report.desk, by)
    return report


def acknowledge_arrived() -> int:
    """Acknowledge every report that has arrived; return how many."""
    starts, _leads_to = MOVES[ReportMove.ACKNOWLEDGE]
    arrived = Report.objects.filter(state__in=starts).order_by("received_at").values_list("pk", flat=True)
    return sum(_acknowledge(pk) for pk in arrived[:MAX_AT_ONCE])


@transaction.atomic
def _acknowledge(pk: UUID) -> bool:
    """Whether the report was acknowledged; not, where somebody else has it in hand."""
    starts, leads_to = MOVES[ReportMove.ACKNOWLEDGE]
    report = Report.objects.select_for_update(of=["self"], skip_locked=True).filter(pk=pk, state__in=starts).first()
    if report is None:
        return False
    report.state, report.acknowledged_at = leads_to, report.acknowledged_at or timezone.now()
    report.save(update_fields=["state", "acknowledged_at"])
    record("report.acknowledged", report, by=CLOCK)
    return True


def escalate_all() -> int:
    """Tell each level what has become late since the last time; return how many escalations are new."""
    return sum(escalate_reports_of(desk) for desk in Desk.objects.exclude(reports=None).order_by("pk"))


def escalate_reports_of(desk: Desk) -> int:
    """Note the new escalations of a desk, new danger among them, and send one mail to each person; return how many.

    The mails are rendered before anything is written, so that nobody waits for that.
    """
    now = timezone.now()
    reports_of = {
        step: list(Report.objects.needing_escalation(step, desk, now)[:MAX_AT_ONCE]) for step in escalation_steps(desk)
    }
    late = [(step, reports) for step, reports in reports_of.items() if reports]
    recipients = {step.level: people_to_notify(desk, step.level) for step, _reports in late}
    return _save_escalations(late, recipients) if late else 0


def _save_escalations(late: LateReports, recipients: dict[EscalationLevel, list[User]]) -> int:
    alerts = emails.compose_alerts({person for people in recipients.values() for person in people})
    with transaction.atomic():
        saved = [
            Escalation.objects.get_or_create(
                report=report, deadline=step.deadline, level=step.level, since=started_at(report, step.deadline)
            )
            for step, reports in late
            for report in reports
        ]
        new = [escalation for escalation, is_new in saved if is_new]
        for pk in sorted({person.pk for escalation in new for person in recipients[EscalationLevel(escalation.level)]}):
            alerts[pk].send()
        for escalation in new:
            record("report.late", escalation.report, by=CLOCK, clock=escalation.deadline, level=escalation.level)
    return len(new)


def people_to_notify(desk: Desk, level: EscalationLevel) -> list[User]:
    """The people of a level. Where nobody of the desk is there, the coordinators."""
    people = list(colleagues(desk, *ESCALATION_ROLES[level])) if level in ESCALATION_ROLES else []
    return people or list(User.objects.filter(is_active=True, memberships__role=Role.COORDINATOR).distinct())


@transaction.atomic
def pass_rehearsal(report: Report, *, by: User) -> Rehearsal:
    """Note, once a report, that a test report was triaged and answered within the times that the desk promises.

    Raises:
        NotInTime: it was too late, or the report is no test.
    """
    desk = report.desk
    require(by, "desks.work", desk)
    triage = timedelta(minutes=desk.danger_minutes) if report.danger else timedelta(hours=desk.triage_hours)
    triaged, answered = report.triaged_at, report.answered_at
    if not (report.is_test and triaged and answered):
        raise NotInTime
    if max(triaged - triage, answered - timedelta(hours=desk.answer_hours)) > report.received_at:
        raise NotInTime
    rehearsal, is_new = Rehearsal.objects.get_or_create(desk=desk, passed_at=answered, defaults={"by": by})
    if is_new:
        record("desk.rehearsal_passed", desk, by=by)
    return rehearsal
