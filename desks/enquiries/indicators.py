"""What the desks report: sums over months, from the reports that exist and from the statistics of deleted ones.

Test reports are in none of them.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.enquiries.models import Enquiry
from desks.enquiries.states import EnquiryTopic
from desks.reports.states import CALLER_CHOICES
from desks.retention.indicators import CHANNEL, CHILDREN, REPORTS, DeskPeriod, by_desk, count_reports
from partners.directory.models import Country
from victor.indicators.declarations import (
    STATISTICS_PAGES,
    Breakdown,
    Cells,
    Indicator,
    Source,
    StatisticsPage,
    declare_source,
    declares_indicators,
)
from victor.indicators.periods import HalfYear
from victor.languages import local_text

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


def all_desks(period: HalfYear) -> DeskPeriod:
    """All desks in a half-year."""
    return DeskPeriod(list(Desk.objects.order_by("pk").values_list("pk", flat=True)), period.first, period.last)


def count_contacts(scope: DeskPeriod) -> Cells:
    """Reports and enquiries together, by the country of the desk."""
    contacts: Counter[tuple[str, ...]] = Counter()
    for desk, country in Desk.objects.filter(pk__in=scope.desks).values_list("pk", "country__code"):
        own = DeskPeriod([desk], scope.first, scope.last)
        contacts[country,] += _sum(count_reports(own)) + _sum(count_enquiries(own))
    return contacts


def _sum(cells: Cells) -> int:
    return sum(int(number) for number in cells.values() if not isinstance(number, tuple))


@declares_indicators("contacts", rank=10)
def contact_indicators(_scope: DeskPeriod) -> list[Indicator]:
    """Contacts by country: only in releases, which protect them together with reports and enquiries."""
    countries = Country.objects.filter(desks__isnull=False).distinct().order_by("position")
    choices = tuple((country.code, local_text(country, "name").text) for country in countries)
    return [
        Indicator(
            key="contacts",
            name=_("Contacts by country"),
            definition=_(
                "Reports and enquiries that the desks of a country received in the period. "
                "One child can have several contacts."
            ),
            unit=_("contacts"),
            breakdowns=(Breakdown("where", _("Country"), choices, is_by_name=True),),
            tables=(("where",),),
            count=count_contacts,
            count_parts=partial(by_desk, count_contacts),
            **CHILDREN,
        )
    ]


declare_source(Source("desks", "desks", all_desks, "desks"), rank=10)
SUMS = {"contacts": [REPORTS.key, ENQUIRIES.key]}
declare_source(Source("contacts", "desks", all_desks, "desks", sums=SUMS, is_on_pages=False), rank=11)
