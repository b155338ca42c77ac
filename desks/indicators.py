"""What the desks report: sums over months, from reports that are kept and from the tallies of those that are not.

Test reports are in none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.models import Enquiry, Report, Tally, Tombstone
from desks.retention import answer_kept, outcome_of, triage_kept
from desks.states import CALLERS, OUTCOME_CHOICES, Channel, Kept, Topic
from victor.indicators.declaring import Breakdown, Cells, Indicator


@dataclass(frozen=True)
class Scope:
    """Of which desks, and from the first day of a month to the last of another."""

    desks: Collection[int]
    first: date
    last: date

    @classmethod
    def of_months(cls, desks: Collection[int], first: date, last: date) -> Scope:
        """From the first month to the last, each named by any of its days."""
        after = (last.replace(day=1) + timedelta(days=31)).replace(day=1)
        return cls(desks, first.replace(day=1), after - timedelta(days=1))


CHANNEL = Breakdown("channel", _("Way"), tuple(Channel.choices))
CALLER = Breakdown("caller", _("Who asks"), tuple(CALLERS))
TOPIC = Breakdown("topic", _("About"), tuple(Topic.choices))
OUTCOME = Breakdown("outcome", _("Outcome"), (*OUTCOME_CHOICES, ("", _("No outcome yet"))))
DANGER = Breakdown(
    "danger",
    _("Danger now, says the reporter"),
    (("yes", pgettext_lazy("danger", "Yes")), ("no", pgettext_lazy("danger", "No"))),
)
TRIAGE = Breakdown("triage", _("Triage within the time that the desk promises"), tuple(Kept.choices))
ANSWER = Breakdown("answer", _("First answer within the time that the desk promises"), tuple(Kept.choices))
ON_DAY = Breakdown("kept", _("On the day that was shown"), tuple(each for each in Kept.choices if each[0] != Kept.RUNS))


def enquiries(scope: Scope) -> Cells:
    """By way, caller and topic."""
    found = Enquiry.objects.filter(desk__in=scope.desks, day__gte=scope.first, day__lte=scope.last)
    rows = found.order_by().values_list("channel", "caller", "topic").annotate(number=Count("pk"))
    return {row[:-1]: row[-1] for row in rows}


def reports(scope: Scope) -> Cells:
    """By way, outcome, danger, and whether triage and first answer were in time."""
    found: Counter[tuple[str, ...]] = Counter()
    now = timezone.now()
    for report in _living(scope):
        kept = triage_kept(report, now), answer_kept(report, now)
        found[report.channel, outcome_of(report), _yes_or_no(report.danger), *kept] += 1
    for tally in Tally.objects.filter(desk__in=scope.desks, month__gte=scope.first, month__lte=scope.last):
        kind = tally.channel, tally.outcome, _yes_or_no(tally.danger), tally.triage, tally.answer
        found[kind] += tally.number
    return found


def erased(scope: Scope) -> Cells:
    """Deleted reports by whether it was on the day that was shown; what was asked for has no such day."""
    found: Counter[tuple[str, ...]] = Counter()
    stones = Tombstone.objects.filter(desk__in=scope.desks, due__isnull=False)
    for stone in stones.erased_between(scope.first, scope.last):
        late = timezone.localdate(stone.erased_at) > stone.due
        found[Kept.NO if late else Kept.YES,] += 1
    return found


def _living(scope: Scope) -> Iterator[Any]:
    found = Report.objects.filter(desk__in=scope.desks, is_test=False)
    days = found.filter(received_at__date__gte=scope.first, received_at__date__lte=scope.last)
    return days.select_related("desk").iterator()


def _yes_or_no(danger: bool) -> str:
    return "yes" if danger else "no"


ENQUIRIES = Indicator(
    key="enquiries",
    name=_("Enquiries"),
    definition=_("Calls, visits and messages in which a desk gave information and no report was made."),
    unit=_("enquiries"),
    breakdowns=(CHANNEL, CALLER, TOPIC),
    faces=(("topic", "caller"), ("topic", "channel")),
    count=enquiries,
)
# One table for all that is said of reports: what is hidden in one part of it must not be worked out from another.
REPORTS = Indicator(
    key="reports",
    name=_("Reports"),
    definition=_("Reports that arrived in the period, as they stand today. One child is not one report."),
    unit=_("reports"),
    breakdowns=(CHANNEL, OUTCOME, DANGER, TRIAGE, ANSWER),
    faces=(("outcome", "channel"), ("danger",), ("triage",), ("answer",)),
    count=reports,
)
ERASED = Indicator(
    key="erased",
    name=_("Deleted"),
    definition=_("Reports that were deleted in the period, on the day that both sides were shown or later."),
    unit=_("reports"),
    breakdowns=(ON_DAY,),
    faces=(("kept",),),
    count=erased,
)
INDICATORS = (ENQUIRIES, REPORTS, ERASED)
