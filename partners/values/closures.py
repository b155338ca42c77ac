"""What happens to periods: each organisation closes its part, a coordinator approves, people are told what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from partners.memberships.actions import active_coordinators
from partners.targets.models import Period, PlannedValue
from partners.targets.states import PeriodState
from partners.values.emails import compose_value_notice
from partners.values.errors import PartnersLeft, PeriodOver, ValuesLeft
from partners.values.models import HandEnteredValue, PeriodClosing, ValueReminder
from partners.values.states import OPEN_STATES, REMINDER_DAYS, ValueState
from victor.access import Actor, System, require
from victor.accounts.models import User
from victor.audit.actions import record

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from partners.directory.models import Organisation


def organisations_left(period: Period) -> set[int]:
    """The organisations that enter values in this period and have not closed it."""
    asked = set(period.planned.entered_by_hand().values_list("organisation", flat=True))
    return asked - set(period.closings.values_list("organisation", flat=True))


def values_left(period: Period) -> QuerySet[PlannedValue]:
    """What is still to be filled in: nothing is written, or it is a draft or was returned."""
    written = HandEnteredValue.objects.filter(planned=OuterRef("pk")).exclude(state__in=OPEN_STATES)
    rows: QuerySet[PlannedValue] = period.planned.entered_by_hand().filter(~Exists(written))
    return rows


@transaction.atomic
def close_period(period: Period, organisation: Organisation, *, by: User) -> PeriodClosing:
    """Say that an organisation has filled in everything. The last one closes the period.

    Raises:
        PeriodOver: it is closed for this organisation, which may enter no values in it.
        ValuesLeft: a value is not filled in or not approved.
    """
    period = _lock(period)
    require(by, "partners.close_period", organisation)
    if period.state != PeriodState.OPEN or organisation.pk not in organisations_left(period):
        raise PeriodOver
    own = period.planned.entered_by_hand().filter(organisation=organisation)
    approved = HandEnteredValue.objects.filter(planned=OuterRef("pk"), state=ValueState.APPROVED)
    if own.filter(~Exists(approved)).exists():
        raise ValuesLeft
    closing = PeriodClosing.objects.create(period=period, organisation=organisation, closed_by=by)
    if not organisations_left(period):
        period.state = PeriodState.CLOSED
        period.save(update_fields=["state"])
    record("grant_period.closed", period, by=by, organisation=str(organisation.pk))
    return closing


@transaction.atomic
def approve_period(period: Period, *, by: User) -> Period:
    """Approve a period that all organisations have closed. After this, values change only by a numbered correction.

    Raises:
        PeriodOver: it is approved already.
        PartnersLeft: an organisation has not closed it.
    """
    period = _lock(period)
    require(by, "partners.approve_period", period)
    if period.state == PeriodState.APPROVED:
        raise PeriodOver
    if organisations_left(period):
        raise PartnersLeft
    period.state, period.approved_by, period.approved_at = PeriodState.APPROVED, by, timezone.now()
    period.save(update_fields=["state", "approved_by", "approved_at"])
    record("grant_period.approved", period, by=by)
    return period


def notify_of_values(period: Period, *, by: System) -> int:
    """Tell everybody who has values to fill in: once for each number of days. Return how many people were told."""
    if period.state != PeriodState.OPEN:
        return 0
    coordinators, numbers = active_coordinators(), dict[User, int]()
    for planned in values_left(period).select_related("owner"):
        owner = planned.owner
        for person in [owner] if owner and owner.is_active else coordinators:
            numbers[person] = numbers.get(person, 0) + 1
    return sum(_notify(period, person, number, by=by) for person, number in numbers.items())


@transaction.atomic
def _notify(period: Period, person: User, number: int, *, by: System) -> bool:
    notice = compose_value_notice(period, person, number)
    period = _lock(period)
    left = (period.due_on - timezone.localdate()).days
    reached = [days for days in REMINDER_DAYS if left <= days]
    new = set(reached) - set(period.reminders.filter(person=person).values_list("days", flat=True))
    if period.state != PeriodState.OPEN or not new or min(reached) not in new:
        return False
    ValueReminder.objects.bulk_create(ValueReminder(period=period, person=person, days=days) for days in sorted(new))
    notice.send()
    record("grant_period.due_told", period, by=by, person=str(person.pk), days=min(reached), number=number)
    return True


@transaction.atomic
def release_owner(user_id: int, *, by: Actor) -> int:
    """Take somebody who has left off the values that are still to be filled in. Return how many they were."""
    rows = PlannedValue.objects.filter(~Q(period__state=PeriodState.APPROVED), owner=user_id)
    periods = list(Period.objects.select_for_update().filter(pk__in=rows.values("period")).order_by("pk"))
    number: int = rows.update(owner=None)
    for period in periods:
        record("grant_period.owner_removed", period, by=by)
    return number


def _lock(period: Period) -> Period:
    return Period.objects.select_for_update(of=["self"]).select_related("grant").get(pk=period.pk)
