"""The reach of a campaign: figures of activities and of this site. Figures of different measures are never added up.

In releases each measure is an indicator of its own, by channel: what one channel reached stands beside another's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.campaigns.models import Campaign
from campaigns.events.models import Event
from campaigns.materials.models import Material
from campaigns.news.models import News
from campaigns.reach.models import Activity
from campaigns.reach.states import AUTOMATIC_MEASURES, ENTERED_MEASURES, Channel, Measure
from partners.directory.models import Country
from victor.analytics.models import DailyTotal
from victor.analytics.querysets import DailyTotalQuerySet
from victor.analytics.states import Use
from victor.indicators.declarations import (
    Breakdown,
    Cells,
    Indicator,
    Source,
    declare_source,
    declares_indicators,
)
from victor.indicators.periods import HalfYear

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    Count: TypeAlias = Callable[[HalfYear], Cells]

MAX_WEEKS = 26  # shown on the page
ENTERED_DEFINITION = _(
    "What partners have recorded in the period, each figure with its source. Different channels reach the same people."
)
COUNTED_DEFINITION = _("What this site has counted in the period, without any data about readers.")
CHANNEL = Breakdown("channel", pgettext_lazy("of a campaign", "Channel"), tuple(Channel.choices))
LANGUAGE = Breakdown("language", _("Language"), tuple(settings.CONTENT_LANGUAGES))


@dataclass(frozen=True)
class Progress:
    """How far a measure is. `target` is None where none was set."""

    measure: Measure
    reached: int
    target: int | None

    @property
    def percent(self) -> int | None:
        """The percentage of the target, rounded down."""
        return self.reached * 100 // self.target if self.target else None


@dataclass(frozen=True)
class CountryFigures:
    """Figures with a row for each country and a column for each measure."""

    measures: list[Measure]
    rows: list[tuple[Country, list[int]]]


@dataclass(frozen=True)
class Week:
    """How the site was used in the seven days from `first`."""

    first: date
    numbers: dict[Use, int]


def progress_of(campaign: Campaign) -> list[Progress]:
    """Every measure that has a figure or a target, in the order in which measures are declared."""
    entered = Activity.objects.filter(campaign=campaign).sums_by("measure")
    by_use = totals_of(campaign).sums_by("use")
    targets = dict(campaign.targets.values_list("measure", "number"))
    reached = {measure: entered.get((measure.value,), 0) for measure in ENTERED_MEASURES}
    reached |= {measure: by_use.get((use.value,), 0) for measure, use in AUTOMATIC_MEASURES.items()}
    return [
        Progress(measure, reached[measure], targets.get(measure))
        for measure in Measure
        if reached[measure] or targets.get(measure)
    ]


def figures_by_country(campaign: Campaign) -> CountryFigures:
    """The figures of activities by country, with the measures that have any figure."""
    sums = Activity.objects.filter(campaign=campaign).sums_by("country", "measure")
    used = {measure for _country, measure in sums}
    measures = [measure for measure in Measure if measure.value in used]
    countries = Country.objects.filter(pk__in={country for country, _measure in sums}).order_by("position")
    rows = [(country, [sums.get((country.pk, measure.value), 0) for measure in measures]) for country in countries]
    return CountryFigures(measures, rows)


def weeks_of_readers(campaign: Campaign) -> list[Week]:
    """How the site was used in each of the last weeks, this week last. Weeks begin on Monday."""
    today = timezone.localdate()
    first = today - timedelta(days=today.weekday(), weeks=MAX_WEEKS - 1)
    by_day = totals_of(campaign).between(first, today).sums_by("day", "use")
    sums: dict[date, Counter[Use]] = {first + timedelta(weeks=number): Counter() for number in range(MAX_WEEKS)}
    for (day, use), number in by_day.items():
        sums[day - timedelta(days=day.weekday())][Use(use)] += number
    return [Week(monday, {use: numbers[use] for use in Use}) for monday, numbers in sums.items()]


def readers_by_language(campaign: Campaign) -> dict[str, dict[Use, int]]:
    """How the site was used in each language."""
    sums = totals_of(campaign).sums_by("language", "use")
    languages = {language for language, _use in sums}
    return {language: {use: sums.get((language, use.value), 0) for use in Use} for language in sorted(languages)}


def totals_of(campaign: Campaign) -> DailyTotalQuerySet:
    """The totals of a campaign: of its page, its news, its events and its materials."""
    totals: DailyTotalQuerySet = DailyTotal.objects.of(Campaign, [campaign.pk])
    for model in (News, Event, Material):
        totals |= DailyTotal.objects.of(model, model.objects.filter(campaign=campaign).values("pk"))
    return totals


def count_entered(measure: Measure, period: HalfYear) -> Cells:
    """By channel: the sum of what partners have recorded of a measure."""
    activities = Activity.objects.filter(measure=measure, date__gte=period.first, date__lte=period.last)
    return {(str(channel),): number for (channel, _measure), number in activities.sums_by("channel", "measure").items()}


def count_on_site(use: Use, period: HalfYear) -> Cells:
    """By language: how often the pages of campaigns were used in a way."""
    totals = DailyTotal.objects.of(Campaign, Campaign.objects.values("pk"))
    for model in (News, Event, Material):
        totals |= DailyTotal.objects.of(model, model.objects.exclude(campaign=None).values("pk"))
    by_language = totals.between(period.first, period.last).filter(use=use).sums_by("language", "use")
    return {(str(language),): number for (language, _use), number in by_language.items()}


@declares_indicators("reach", rank=10)
def reach_indicators(_period: HalfYear) -> list[Indicator]:
    """Each measure by itself."""
    entered = [
        _indicator(measure, ENTERED_DEFINITION, CHANNEL, partial(count_entered, measure))
        for measure in ENTERED_MEASURES
    ]
    counted = [
        _indicator(measure, COUNTED_DEFINITION, LANGUAGE, partial(count_on_site, use))
        for measure, use in AUTOMATIC_MEASURES.items()
    ]
    return [*entered, *counted]


def _indicator(measure: Measure, definition: StrOrPromise, breakdown: Breakdown, count: Count) -> Indicator:
    return Indicator(
        key=f"reach_{measure}",
        name=measure.label,
        definition=definition,
        unit="",
        breakdowns=(breakdown,),
        tables=((breakdown.key,),),
        count=count,
        adds_up=False,
    )


declare_source(Source("reach", "campaign", lambda period: period, "reach"), rank=30)
