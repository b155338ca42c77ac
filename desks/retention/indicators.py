"""What the desks report: sums over months, from the reports that exist and from the statistics of deleted ones.

Test reports are in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TypedDict

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.reports.models import Report
from desks.reports.states import OUTCOME_CHOICES, Channel
from desks.retention.models import DeletedReportStats, DeletionRecord
from desks.retention.periods import answer_promise, outcome_of, triage_promise
from desks.retention.states import PromiseStatus
from victor.indicators.declarations import Breakdown, Cells, Indicator, declares_indicators


@dataclass(frozen=True)
class DeskPeriod:
    """Of which desks, and from the first day of a month to the last of another."""

    desks: Collection[int]
    first: date
    last: date

    @classmethod
    def of_months(cls, desks: Collection[int], first: date, last: date) -> DeskPeriod:
        """From the first month to the last, each named by any of its days."""
        after = (last.replace(day=1) + timedelta(days=31)).replace(day=1)
        return cls(desks, first.replace(day=1), after - timedelta(days=1))


class Protection(TypedDict):
    """How the figures of an indicator are protected."""

    threshold: int
    step: int


CHILDREN: Protection = {"threshold": 11, "step": 10}  # of what may be about children
CHANNEL = Breakdown("channel", _("Contact channel"), tuple(Channel.choices))
OUTCOME = Breakdown("outcome", _("Outcome"), (*OUTCOME_CHOICES, ("", _("No outcome yet"))))
DANGER = Breakdown(
    "danger",
    _("Reporter says: danger now"),
    (("yes", pgettext_lazy("danger", "Yes")), ("no", pgettext_lazy("danger", "No"))),
)
TRIAGE = Breakdown("triage", _("Triaged within the promised time"), tuple(PromiseStatus.choices))
ANSWER = Breakdown("answer", _("First reply within the promised time"), tuple(PromiseStatus.choices))
ON_DAY = Breakdown(
    "kept",
    _("Deleted on the announced day"),
    tuple(choice for choice in PromiseStatus.choices if choice[0] != PromiseStatus.RUNS),
)


def by_desk(count: Callable[[DeskPeriod], Cells], scope: DeskPeriod) -> Mapping[str, Cells]:
    """What each desk alone has counted, and so knows."""
    return {str(desk): count(replace(scope, desks=[desk])) for desk in scope.desks}


def count_reports(scope: DeskPeriod) -> Cells:
    """By way, outcome, danger, and whether triage and first answer were in time."""
    cells: Counter[tuple[str, ...]] = Counter()
    now = timezone.now()
    for report in _existing_reports(scope):
        promises = triage_promise(report, now), answer_promise(report, now)
        cells[report.channel, outcome_of(report), _yes_or_no(report.danger), *promises] += 1
    for stats in DeletedReportStats.objects.filter(desk__in=scope.desks, month__gte=scope.first, month__lte=scope.last):
        kind = stats.channel, stats.outcome, _yes_or_no(stats.danger), stats.triage, stats.answer
        cells[kind] += stats.number
    return cells


def count_erased(scope: DeskPeriod) -> Cells:
    """Deleted reports by whether it was on the day that was shown; what was asked for has no such day."""
    cells: Counter[tuple[str, ...]] = Counter()
    records = DeletionRecord.objects.filter(desk__in=scope.desks, due__isnull=False)
    for record in records.erased_between(scope.first, scope.last):
        late = record.due is not None and timezone.localdate(record.erased_at) > record.due
        cells[PromiseStatus.NO if late else PromiseStatus.YES,] += 1
    return cells


def _existing_reports(scope: DeskPeriod) -> Iterator[Report]:
    reports = Report.objects.filter(desk__in=scope.desks, is_test=False)
    in_period = reports.filter(received_at__date__gte=scope.first, received_at__date__lte=scope.last)
    return in_period.select_related("desk").iterator()


def _yes_or_no(danger: bool) -> str:
    return "yes" if danger else "no"


# One table for all that is said of reports: what is hidden in one part of it must not be worked out from another.
REPORTS = Indicator(
    key="reports",
    name=_("Reports"),
    definition=_(
        "Reports received in the period, with their status today. One report can concern several "
        "children, and one child several reports."
    ),
    unit=_("reports"),
    breakdowns=(CHANNEL, OUTCOME, DANGER, TRIAGE, ANSWER),
    tables=(("outcome", "channel"), ("danger",), ("triage",), ("answer",)),
    count=count_reports,
    count_parts=partial(by_desk, count_reports),
    **CHILDREN,
)
ERASED = Indicator(
    key="erased",
    name=_("Deleted"),
    definition=_("Reports deleted in the period, on the date shown to both sides or later."),
    unit=_("reports"),
    breakdowns=(ON_DAY,),
    tables=(("kept",),),
    count=count_erased,
    count_parts=partial(by_desk, count_erased),
    **CHILDREN,
)


@declares_indicators("desks", rank=20)
def report_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of reports, and of those that were deleted."""
    return [REPORTS, ERASED]
