"""Tells who must know that something of a case is late, once a level; and finds cases whose worker has gone.

What is not danger is told in the hours of the desk. Everybody gets one mail a sweep, which says that something waits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.assignments import leads_of, release_case
from desks.cases.clocks import CLOCK_KINDS, QUIET_DAYS
from desks.cases.locks import able_colleagues
from desks.cases.models import Case, CaseClock, CaseEscalation
from desks.cases.states import CaseLevel
from desks.desk.models import Desk
from desks.reports import emails as reports_emails
from partners.memberships.states import Role
from victor.access import System
from victor.accounts.models import User
from victor.audit.actions import record

if TYPE_CHECKING:
    from collections.abc import Iterator

CLOCK = System("clock")
MAX_AT_ONCE = 200  # the next sweep takes the rest
NO_WORKER, QUIET = "no_worker", "quiet"


@dataclass
class Late:
    """What became late of a case, who is told of it, and since when it counts."""

    case: Case
    kind: str
    source: str
    level: CaseLevel
    since: datetime
    people: list[User] = field(default_factory=list)


def escalate_cases() -> int:
    """Tell each level what has become late since the last time; return how many escalations are new."""
    return sum(escalate_cases_of(desk) for desk in Desk.objects.exclude(cases=None).order_by("pk"))


def escalate_cases_of(desk: Desk) -> int:
    """Note the new escalations of a desk, and send one mail to each person, composed before anything is locked."""
    now = timezone.now()
    late = [*_late_clocks(desk, now), *_without_worker(desk), *_quiet(desk)]
    for item in late:
        item.people = people_to_tell(item.case, item.level)
    return _save_escalations(late) if late else 0


def people_to_tell(case: Case, level: CaseLevel) -> list[User]:
    """The people of a level. Where a case has no worker, its lead; where it has none, the supervisors of its desk."""
    if level == CaseLevel.COORDINATORS:
        return list(User.objects.filter(is_active=True, memberships__role=Role.COORDINATOR).distinct())
    if level == CaseLevel.WORKER and case.worker is not None and case.worker.is_active:
        return [case.worker]
    return leads_of(case)


def release_cases_of_absent() -> int:
    """End the work of whoever can open their cases no longer; return how many cases have no worker now."""
    running = Case.objects.running().exclude(worker=None).select_related("desk__group", "restricted_group", "worker")
    absent = [
        case for case in running if case.worker_id and not able_colleagues(case).filter(pk=case.worker_id).exists()
    ]
    return sum(release_case(case, case.worker, by=CLOCK) for case in absent if case.worker is not None)


def _late_clocks(desk: Desk, now: datetime) -> Iterator[Late]:
    is_open = desk.is_open_now is not False
    for kind in CLOCK_KINDS.values():
        for level, after in kind.danger_after:
            yield from _late_of(desk, kind.name, level, now - after, danger=True)
        for level, after in kind.after if is_open or kind.at_any_hour else ():
            yield from _late_of(desk, kind.name, level, now - after, danger=False if kind.danger_after else None)


def _late_of(desk: Desk, kind: str, level: CaseLevel, before: datetime, *, danger: bool | None) -> Iterator[Late]:
    related = ("case__worker", "case__lead", "case__desk", "case__restricted_group")
    clocks = CaseClock.objects.late_at(desk, kind, level, before, danger=danger)
    for clock in clocks.select_related(*related)[:MAX_AT_ONCE]:
        yield Late(clock.case, clock.kind, clock.source, level, clock.since)


def _without_worker(desk: Desk) -> Iterator[Late]:
    cases = Case.objects.running().filter(desk=desk, worker=None)
    for case in cases.select_related("lead", "desk", "restricted_group")[:MAX_AT_ONCE]:
        if case.unassigned_at is not None:
            yield Late(case, NO_WORKER, f"desks.case:{case.pk}", CaseLevel.LEAD, case.unassigned_at)


def _quiet(desk: Desk) -> Iterator[Late]:
    """Cases in which nothing has happened for sixty days and nothing is planned: told to the lead, each sixty days."""
    today = timezone.localdate()
    cases = Case.objects.quiet(today).filter(desk=desk)
    for case in cases.select_related("lead", "desk", "restricted_group")[:MAX_AT_ONCE]:
        periods = (today - case.last_event_on).days // QUIET_DAYS
        day = case.last_event_on + timedelta(days=periods * QUIET_DAYS)
        since = datetime.combine(day, time(), UTC)
        yield Late(case, QUIET, f"desks.case:{case.pk}", CaseLevel.LEAD, since)


def _save_escalations(late: list[Late]) -> int:
    alerts = reports_emails.compose_alerts({person for item in late for person in item.people})
    with transaction.atomic():
        saved = [
            CaseEscalation.objects.get_or_create(
                case=item.case, kind=item.kind, source=item.source, level=item.level, since=item.since
            )
            for item in late
        ]
        new = [item for item, (_escalation, is_new) in zip(late, saved, strict=True) if is_new]
        for pk in sorted({person.pk for item in new for person in item.people}):
            alerts[pk].send()
        for item in new:
            record("case.late", item.case, by=CLOCK, clock=item.kind, level=str(item.level))
    return len(new)
