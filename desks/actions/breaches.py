"""What the clock does: it acknowledges what has arrived, and tells the next level what waits for too long."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desks import emails
from desks.clocks import began, steps
from desks.models import Breach, Desk, Report
from desks.querysets import WORKING, colleagues
from desks.states import MOVES, Level, Move, State
from partners.states import Role
from victor.access import System
from victor.accounts.models import User
from victor.audit.actions import record

CLOCK = System("clock")
MOST_AT_ONCE = 200  # the next sweep tells the rest
ROLES = {Level.DESK: WORKING, Level.SUPERVISORS: [Role.SUPERVISOR]}


def acknowledge_arrived() -> int:
    """Acknowledge every report that has arrived; return how many."""
    starts, leads = MOVES[Move.ACKNOWLEDGE]
    waiting = Report.objects.filter(state__in=starts).order_by("received_at").values_list("pk", flat=True)
    return sum(_acknowledged(pk, leads) for pk in waiting[:MOST_AT_ONCE])


@transaction.atomic
def _acknowledged(pk: UUID, leads: State) -> bool:
    starts = MOVES[Move.ACKNOWLEDGE][0]
    report = Report.objects.select_for_update(of=["self"], skip_locked=True).filter(pk=pk, state__in=starts).first()
    if report is None:
        return False
    report.state, report.acknowledged_at = leads, report.acknowledged_at or timezone.now()
    report.save(update_fields=["state", "acknowledged_at"])
    record("report.acknowledged", report, by=CLOCK)
    return True


def tell_breaches() -> int:
    """Tell each level of what has become late since the last time; return how many breaches were told."""
    return sum(tell_breaches_of(desk) for desk in Desk.objects.exclude(reports=None).order_by("pk"))


@transaction.atomic
def tell_breaches_of(desk: Desk) -> int:
    """Note the breaches of a desk, danger that has just come in among them, and send one mail to each person."""
    now, told, people = timezone.now(), 0, set()
    for step in steps(desk):
        found = [
            Breach.objects.get_or_create(report=late, clock=step.clock, level=step.level, since=began(late, step.clock))
            for late in Report.objects.untold(step, desk, now)[:MOST_AT_ONCE]
        ]
        new = [breach for breach, is_new in found if is_new]
        for breach in new:
            record("report.late", breach.report, by=CLOCK, clock=step.clock, level=step.level)
        if new:
            people |= set(people_of(desk, step.level))
        told += len(new)
    for person in sorted(people, key=lambda each: each.pk):
        emails.something_waits(person)
    return told


def people_of(desk: Desk, level: Level) -> list[User]:
    """Who is told. Where nobody of the desk is there to be told, the coordinators are."""
    found = list(colleagues(desk, *ROLES[level])) if level in ROLES else []
    return found or list(User.objects.filter(is_active=True, memberships__role=Role.COORDINATOR).distinct())
