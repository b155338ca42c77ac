from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from desks.desk.querysets import colleagues
from desks.desk.rules import organisations_with_desk_role
from desks.duty.rota import Rota
from desks.duty.states import AlarmState, CallPurpose, CallState, DutyHours, Rank, SwapState
from desks.reports.states import OPEN_STATES, Risk
from partners.memberships.states import Role
from victor.accounts.models import User

if TYPE_CHECKING:
    from desks.desk.models import Desk
    from desks.duty.models import DutyAlarm
    from desks.reports.querysets import ReportQuerySet

MAX_DAYS = 30


class DutySpanQuerySet(models.QuerySet):
    """What can be asked of duties."""

    def current(self, moment: datetime) -> Self:
        """Those of each week, and single ones that are not over."""
        return self.exclude(ends_at__lte=moment)

    def filled(self) -> Self:
        """Those that somebody has."""
        return self.filter(person__isnull=False)


class DutyAlarmQuerySet(models.QuerySet):
    """What can be asked of alarms."""

    def visible_to(self, user: User) -> Self:
        """Those of the desks where the person works, while the report is still there."""
        is_here = Q(report__desk=F("desk")) | Q(referral__isnull=False) | Q(alert__isnull=False)
        return self.filter(is_here, desk__organisation__in=organisations_with_desk_role(user))

    def calling(self) -> Self:
        """Those that nobody has taken yet."""
        return self.filter(state=AlarmState.CALLING)

    def due(self) -> Self:
        """Those of which somebody else is to be called now, the longest waiting first."""
        return self.calling().filter(next_call_at__lte=timezone.now()).order_by("next_call_at", "pk")


class DutyCallQuerySet(models.QuerySet):
    """What can be asked of calls."""

    def due(self) -> Self:
        """Those to be sent now: alarms before codes, and those that wait longest first."""
        waiting = self.filter(state=CallState.WAITING, due_at__lte=timezone.now())
        return waiting.order_by("purpose", "due_at", "pk")

    def forgettable(self) -> Self:
        """Codes that were sent long ago. A call of an alarm goes with its report."""
        return self.filter(purpose=CallPurpose.CODE, created_at__lt=timezone.now() - timedelta(days=MAX_DAYS))


class DutySwapQuerySet(models.QuerySet):
    """What can be asked of swaps."""

    def open_for(self, person: User, moment: datetime) -> Self:
        """Those that nobody has answered yet, and that this person asked for or is asked about."""
        mine = self.filter(Q(asked_by=person) | Q(asked=person), state=SwapState.ASKED)
        return mine.filter(given_ends_at__gt=moment, wanted_ends_at__gt=moment).select_related("asked_by", "asked")


def urgent_without_alarm() -> ReportQuerySet:
    """Reports of danger that nobody at their desk has looked into, and of which nobody there was ever called."""
    unseen = Q(urgent=True) | Q(risk=Risk.DANGER, state__in=OPEN_STATES, read_at=None)
    alarms = apps.get_model("desks.DutyAlarm").objects.filter(report=OuterRef("pk"), desk=OuterRef("desk"))
    reports: ReportQuerySet = apps.get_model("desks.Report").objects.filter(unseen)
    return reports.filter(~Exists(alarms)).order_by("received_at")


def calls_at(desk: Desk, moment: datetime) -> bool:
    """Whether a desk calls its people for danger at this moment."""
    policy = apps.get_model("desks.DutyPolicy").objects.filter(desk=desk).first()
    return policy is None or policy.hours == DutyHours.ALWAYS or not desk.is_open_at(moment)


def rota_of(desk: Desk, moment: datetime) -> Rota:
    """The rota of a desk from a moment on. Whoever works there no longer has no duty."""
    working = set(colleagues(desk).values_list("pk", flat=True))
    spans = desk.duty_spans.current(moment).filter(person__in=working)
    return Rota(desk.zone, [span.as_span(span.person_id or 0) for span in spans])


def people_to_call(desk: Desk, moment: datetime) -> list[User]:
    """Who can be called, in this order: first and next on duty, then supervisors, then whoever else has a number."""
    rota = rota_of(desk, moment)
    on_duty = [span.person for rank in Rank if (span := rota.span_at(rank, moment))]
    supervisors = set(colleagues(desk, Role.SUPERVISOR).values_list("pk", flat=True))
    reachable = colleagues(desk).filter(duty_number__confirmed_at__isnull=False).select_related("duty_number")

    def place(person: User) -> tuple[int, bool, int]:
        position = on_duty.index(person.pk) if person.pk in on_duty else len(on_duty)
        return position, person.pk not in supervisors, person.pk

    return sorted(reachable, key=place)


def referral_receivers(desk: Desk) -> models.QuerySet[User]:
    """Those who may answer a referral at a desk: a supervisor has chosen them, or they are one."""
    here = apps.get_model("partners.Membership").objects.filter(organisation=desk.organisation_id)
    answering = here.filter(Q(intake=True) | Q(role=Role.SUPERVISOR))
    return User.objects.filter(is_active=True, pk__in=answering.values("user"))


def has_uncalled(alarm: DutyAlarm, moment: datetime) -> bool:
    """Whether somebody can be called who was not yet."""
    person = next_person(alarm, moment)
    return person is not None and not alarm.calls.filter(person=person).exists()


def next_person(alarm: DutyAlarm, moment: datetime) -> User | None:
    """Who is called next for an alarm: the first in the order of those who were called least often."""
    called = list(alarm.calls.values_list("person", flat=True))
    return min(people_to_call(alarm.desk, moment), key=lambda person: called.count(person.pk), default=None)
