"""The day on which a case is deleted. Every change of a case sets it in the same transaction.

A hold and a reopening take it away. A sweep corrects the days that a new rule moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desks.cases.locks import lock_case
from desks.cases.models import Case
from desks.cases.states import Stage
from desks.endings.periods import deletion_day
from desks.endings.querysets import closed_cases
from desks.retention.models import RetentionRule
from desks.retention.periods import announced_day, ruling_for
from victor.vault.errors import Unopenable

if TYPE_CHECKING:
    from datetime import datetime

    from desks.retention.periods import Ruling


# Asked of higher slices: on which day some of these cases were granted to be deleted, sooner than by the rules.
GRANTED: list[Callable[[Sequence[Case]], Mapping[UUID, date]]] = []


def grants_deletion(
    read: Callable[[Sequence[Case]], Mapping[UUID, date]],
) -> Callable[[Sequence[Case]], Mapping[UUID, date]]:
    """Ask this function on which day deletions were granted."""
    GRANTED.append(read)
    return read


def set_deletion_date(case: Case) -> date | None:
    """Set the day on which a locked case will be deleted; None while it runs or the law holds it."""
    day = None
    if case.stage == Stage.CLOSED and not case.hold:
        closed = closed_cases().select_related("desk").get(pk=case.pk)
        day = _day_of(closed, RetentionRule.objects.approved(), _granted_days([closed]))
    if day != case.erase_on:
        case.erase_on = day
        case.save(update_fields=["erase_on"])
    return day


def reschedule_cases() -> int:
    """Set the days that are not what the rules of today say; return how many changed."""
    rules = list(RetentionRule.objects.approved())
    cases = list(closed_cases().select_related("desk").order_by("pk"))
    granted = _granted_days(cases)
    changed = [case.pk for case in cases if _day_of(case, rules, granted) != case.erase_on]
    return sum(_reschedule(pk) for pk in changed)


@transaction.atomic
def _reschedule(pk: UUID) -> bool:
    """Whether the day has changed; a case that somebody has altered in the database is left as it is."""
    try:
        case = lock_case(Case(pk=pk))
    except (Case.DoesNotExist, Unopenable):
        return False
    return case.erase_on != set_deletion_date(case)


def ruling_of(case: Case, outcome: str, rules: Iterable[RetentionRule]) -> Ruling:
    """For how many days a case with this outcome is kept, in the country of its desk."""
    return ruling_for(rules, country=case.desk.country_id, outcome=outcome, on=timezone.localdate())


def _granted_days(cases: Sequence[Case]) -> Mapping[UUID, date]:
    return {pk: day for read in GRANTED for pk, day in read(cases).items()}


def _day_of(case: Case, rules: Iterable[RetentionRule], granted: Mapping[UUID, date]) -> date | None:
    """The day of a case of `closed_cases`. Without an outcome, nothing says how long it is kept."""
    outcome, closed_at = case.outcome, case.closed_at  # type: ignore[attr-defined]
    if case.hold or not outcome or closed_at is None:
        return None
    days = ruling_of(case, outcome, rules).days
    day = deletion_day(
        timezone.localdate(closed_at),
        _local_day(case.last_words),  # type: ignore[attr-defined]
        days=days,
        age_band=case.age_band,
    )
    day = min(day, granted.get(case.pk, day))
    return announced_day(day, shown=case.erase_on, today=timezone.localdate())


def _local_day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
