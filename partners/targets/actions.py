"""Totals of money are typed with their source, until their period is approved."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from partners.targets.errors import PeriodLocked
from partners.targets.models import MoneyTotal, Period
from partners.targets.states import MoneyKind, PeriodState
from victor.access import require
from victor.audit.actions import record

if TYPE_CHECKING:
    from partners.directory.models import Organisation
    from victor.accounts.models import User


@transaction.atomic
def save_total(
    period: Period, organisation: Organisation, kind: MoneyKind, *, amount: Decimal, source: str, by: User
) -> MoneyTotal:
    """Save a total of an organisation, new or changed.

    Raises:
        PeriodLocked: the period is approved.
    """
    period = Period.objects.select_for_update().get(pk=period.pk)
    require(by, "partners.enter_money", organisation)
    if period.state == PeriodState.APPROVED:
        raise PeriodLocked
    given = {"amount": amount, "source": source, "typed_by": by, "typed_at": timezone.now()}
    total, _is_new = MoneyTotal.objects.update_or_create(
        period=period, organisation=organisation, kind=kind, defaults=given
    )
    record("grant_money.saved", total, by=by, kind=kind, organisation=organisation.pk)
    return total
