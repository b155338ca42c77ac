"""What the desks report: sums over months, from reports that are kept and from the tallies of those that are not.

Test reports are in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

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
    tuple(each for each in PromiseStatus.choices if each[0] != PromiseStatus.RUNS),
)


def count_reports(scope: DeskPeriod) -> Cells:
    """By way, outcome, danger, and whether triage and first answer were in time."""
    found: Counter[tuple[str, ...]] = Counter()
    now = timezone.now()
    for report in _kept_reports(scope):
        kept = triage_promise(report, now), answer_promise(report, now)
        found[report.channel, outcome_of(report), _yes_or_no(report.danger), *kept] += 1
    for tally in DeletedReportStats.objects.filter(desk__in=scope.desks, month__gte=scope.first, month__lte=scope.last):
        kind = tally.channel, tally.outcome, _yes_or_no(tally.danger), tally.triage, tally.answer
        found[kind] += tally.number
    return found


def count_erased(scope: DeskPeriod) -> Cells:
    """Deleted reports by whether it was on the day that was shown; what was asked for has no such day."""
    found: Counter[tuple[str, ...]] = Counter()
    stones = DeletionRecord.objects.filter(desk__in=scope.desks, due__isnull=False)
    for stone in stones.erased_between(scope.first, scope.last):
        late = timezone.localdate(stone.erased_at) > stone.due
        found[PromiseStatus.NO if late else PromiseStatus.YES,] += 1
    return found


def _kept_reports(scope: DeskPeriod) -> Iterator[Any]:
    found = Report.objects.filter(desk__in=scope.desks, is_test=False)
    days = found.filter(received_at__date__gte=scope.first, received_at__date__lte=scope.last)
    return days.select_related("desk").iterator()


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
    faces=(("outcome", "channel"), ("danger",), ("triage",), ("answer",)),
    count=count_reports,
)
ERASED = Indicator(
    key="erased",
    name=_("Deleted"),
    definition=_("Reports deleted in the period, on the date shown to both sides or later."),
    unit=_("reports"),
    breakdowns=(ON_DAY,),
    faces=(("kept",),),
    count=count_erased,
)


@declares_indicators("desks", rank=20)
def report_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of reports, and of those that were deleted."""
    return [REPORTS, ERASED]
