"""What the desks report: sums over months, from the reports that exist and from the statistics of deleted ones.

Test reports are in none of them.
"""

from __future__ import annotations

from functools import partial

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from desks.enquiries.models import Enquiry
from desks.enquiries.states import EnquiryTopic
from desks.reports.states import CALLER_CHOICES
from desks.retention.indicators import CHANNEL, CHILDREN, DeskPeriod, by_desk
from victor.indicators.declarations import (
    STATISTICS_PAGES,
    Breakdown,
    Cells,
    Indicator,
    StatisticsPage,
    declares_indicators,
)

CALLER = Breakdown("caller", _("Person who contacted us"), tuple(CALLER_CHOICES))
TOPIC = Breakdown("topic", _("Topic"), tuple(EnquiryTopic.choices))


def count_enquiries(scope: DeskPeriod) -> Cells:
    """By way, caller and topic."""
    enquiries = Enquiry.objects.filter(desk__in=scope.desks, day__gte=scope.first, day__lte=scope.last)
    rows = enquiries.order_by().values_list("channel", "caller", "topic").annotate(number=Count("pk"))
    return {row[:-1]: row[-1] for row in rows}


ENQUIRIES = Indicator(
    key="enquiries",
    name=_("Enquiries"),
    definition=_("Calls, visits and messages in which a desk gave information and no report was made."),
    unit=_("enquiries"),
    breakdowns=(CHANNEL, CALLER, TOPIC),
    tables=(("topic", "caller"), ("topic", "channel")),
    count=count_enquiries,
    count_parts=partial(by_desk, count_enquiries),
    **CHILDREN,
)
STATISTICS_PAGES.append(StatisticsPage(_("Desks"), "desks:figures", "desks.oversee"))


@declares_indicators("desks", rank=10)
def enquiry_indicators(scope: DeskPeriod) -> list[Indicator]:
    """What is reported of enquiries."""
    return [ENQUIRIES]
