"""How many cases were deleted, by outcome, from what proves it."""

from __future__ import annotations

from functools import partial

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from desks.cases.code_lists import ClosureOutcome
from desks.endings.models import CaseDeletionRecord
from desks.retention.indicators import CHILDREN, DeskPeriod, by_desk
from victor.indicators.declarations import Breakdown, Cells, Indicator, declares_indicators

OUTCOME = Breakdown("case_outcome", _("Outcome"), tuple(ClosureOutcome.choices))


def count_deleted_cases(scope: DeskPeriod) -> Cells:
    """Cases that were deleted in the period, by outcome."""
    records = CaseDeletionRecord.objects.filter(desk__in=scope.desks)
    in_period = records.filter(erased_at__date__gte=scope.first, erased_at__date__lte=scope.last)
    rows = in_period.order_by().values_list("outcome").annotate(number=Count("pk"))
    return {row[:-1]: row[-1] for row in rows}


DELETED_CASES = Indicator(
    key="erased_cases",
    name=_("Deleted cases"),
    definition=_("Closed cases whose retention period ended in the period, and which were deleted."),
    unit=_("cases"),
    breakdowns=(OUTCOME,),
    tables=(("case_outcome",),),
    count=count_deleted_cases,
    count_parts=partial(by_desk, count_deleted_cases),
    **CHILDREN,
)


@declares_indicators("desks", rank=40)
def ending_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of cases that were deleted."""
    return [DELETED_CASES]
