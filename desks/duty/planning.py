"""The rota: supervisors plan who is on duty, and colleagues take a duty over from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.desk.errors import NotAColleague
from desks.desk.models import Desk
from desks.desk.querysets import colleagues
from desks.duty import emails
from desks.duty.errors import DutyOverlaps, NoConfirmedNumber, NotTheirDuty
from desks.duty.models import DutyPolicy, DutySpan
from desks.duty.querysets import rota_of
from desks.duty.rota import overlap_in_week
from partners.memberships.states import Role
from victor.access import require
from victor.accounts.models import User
from victor.audit.actions import record

if TYPE_CHECKING:
    from desks.duty.rota import DutyTime
    from desks.duty.states import DutyHours
    from victor.access import Actor


@transaction.atomic
def plan_duty(span: DutySpan, *, by: User) -> DutySpan:
    """Give a person of the desk a duty, every week or once. A single one goes before those of the week.

    Raises:
        NotAColleague: the person does not work there.
        DutyOverlaps: somebody has the same duty at that time of the week.
    """
    desk = lock_desk(span.desk)
    require(by, "desks.lead", desk)
    if span.person is None or not colleagues(desk).filter(pk=span.person.pk).exists():
        raise NotAColleague
    weekly = desk.duty_spans.filled().filter(rank=span.rank, weekday__isnull=False)
    if span.weekday is not None and any(overlap_in_week(span.as_weekly(0), other.as_weekly(0)) for other in weekly):
        raise DutyOverlaps
    span.save(force_insert=True)
    record("duty.planned", span, by=by, person=str(span.person_id), rank=str(span.rank))
    return span


@transaction.atomic
def remove_duty(span: DutySpan, *, by: User) -> None:
    """Take a duty out of the rota."""
    desk = lock_desk(span.desk)
    require(by, "desks.lead", desk)
    record("duty.removed", span, by=by, person=str(span.person_id), rank=str(span.rank))
    span.delete()


@transaction.atomic
def take_over(desk: Desk, time: DutyTime, *, by: User) -> DutySpan:
    """Take a colleague's duty, or one that nobody has. Whoever had it gets a mail.

    Raises:
        NoConfirmedNumber: nobody could call the person.
        NotTheirDuty: the rota is another by now, or the time is over.
    """
    desk = lock_desk(desk)
    require(by, "desks.work", desk)
    if not User.objects.filter(pk=by.pk, duty_number__confirmed_at__isnull=False).exists():
        raise NoConfirmedNumber
    holder = holder_of(desk, time)
    span = give_once(desk, time, by)
    if holder is not None and holder != by.pk:
        emails.notify_of_change(User.objects.get(pk=holder))
    record("duty.taken_over", span, by=by, earlier=str(holder or ""), rank=time.rank)
    return span


@transaction.atomic
def set_policy(desk: Desk, hours: DutyHours, *, by: User) -> DutyPolicy:
    """Say when the desk calls its people."""
    desk = lock_desk(desk)
    require(by, "desks.lead", desk)
    policy, _is_new = DutyPolicy.objects.update_or_create(desk=desk, defaults={"hours": hours})
    record("duty.policy_set", desk, by=by, hours=str(hours))
    return policy


@transaction.atomic
def vacate_duties(desk: Desk, person: User, *, by: Actor) -> int:
    """Leave the duties of somebody who works at the desk no longer without a person, and tell its supervisors."""
    now = timezone.now()
    mine = DutySpan.objects.current(now).filter(desk=desk, person=person)
    count = mine.update(person=None, vacant_since=now)
    if count:
        for supervisor in colleagues(desk, Role.SUPERVISOR):
            emails.notify_of_change(supervisor)
        record("duty.vacated", desk, by=by, person=str(person.pk), number=count)
    return count


def give_once(desk: Desk, time: DutyTime, person: User) -> DutySpan:
    """Give somebody a duty once, in place of whoever has it. The caller has checked who may."""
    facts = {"rank": time.rank, "starts_at": time.starts_at, "ends_at": time.ends_at}
    return DutySpan.objects.create(desk=desk, person=person, **facts)


def holder_of(desk: Desk, time: DutyTime) -> int | None:
    """Who has a duty that is exactly this time, or a part of one; None where nobody has.

    Raises:
        NotTheirDuty: two have parts of it, or it is over.
    """
    now = timezone.now()
    if time.ends_at <= now or time.starts_at >= time.ends_at:
        raise NotTheirDuty
    stretches = rota_of(desk, now).stretches(time.rank, time.starts_at, time.ends_at)
    if len(stretches) != 1:
        raise NotTheirDuty
    return stretches[0].span.person if stretches[0].span else None


def lock_desk(desk: Desk) -> Desk:
    """The desk, whose rota nobody else changes until the transaction ends."""
    return Desk.objects.select_for_update(of=["self"]).select_related("country").get(pk=desk.pk)
