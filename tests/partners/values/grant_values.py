"""Targets of grants with periods and values, for tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from partners.directory.models import Organisation
from partners.grants.models import Grant
from partners.memberships.models import Membership
from partners.memberships.states import Role
from partners.targets.models import IndicatorTarget, Period, PlannedValue
from partners.values import actions
from partners.values.models import HandEnteredValue
from tests.partners.activities.grants import make_grant
from tests.people import organisation, person
from victor.accounts.models import User


def make_target(grant: Grant | None = None, **fields: Any) -> IndicatorTarget:
    """An indicator whose values people enter; they are added."""
    given = {"title_en": "Guides printed", "unit": "guides", "level": "output"}
    given |= {"across_time": "sum", "across_places": "sum"} | fields
    return IndicatorTarget.objects.create(grant=grant or make_grant(), **given)


def make_period(grant: Grant, half: int = 1, **fields: Any) -> Period:
    """A half-year of 2026, whose values are due a month later."""
    days = (date(2026, 1, 1), date(2026, 6, 30)) if half == 1 else (date(2026, 7, 1), date(2026, 12, 31))
    given = {"first_on": days[0], "last_on": days[1], "due_on": days[1] + timedelta(days=31)} | fields
    return Period.objects.create(grant=grant, **given)


def plan(period: Period, at: Organisation | None = None, **fields: Any) -> PlannedValue:
    """A row that an organisation fills in, by default "one"."""
    target = fields.pop("target", None) or make_target(period.grant)
    given = {"number": Decimal(100), "organisation": at or organisation("one")} | fields
    return PlannedValue.objects.create(target=target, period=period, **given)


def entered(planned: PlannedValue, **fields: Any) -> HandEnteredValue:
    """A value as somebody has typed it, not saved."""
    given = {"number": Decimal(40), "source": "The printer's note"} | fields
    return HandEnteredValue(planned=planned, **given)


def partner(slug: str = "one") -> User:
    """Somebody who works for an organisation."""
    return person(Role.TRAINER, organisation(slug))


def checker() -> User:
    """A coordinator of long standing."""
    user = person(Role.COORDINATOR)
    Membership.objects.filter(user=user).update(granted_at=timezone.now() - timedelta(days=30))
    return user


def approved(planned: PlannedValue, by: User, second: User, **fields: Any) -> HandEnteredValue:
    """A value that somebody has entered and somebody else has approved."""
    value = actions.propose_value(entered(planned, **fields), by=by)
    return actions.approve_value(value, by=second)
