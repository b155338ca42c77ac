"""What a campaign reached: figures of activities and of the site, never added up across measures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from campaigns.campaigns.models import Campaign
from campaigns.events.models import Event
from campaigns.materials.models import Material
from campaigns.news.models import News
from campaigns.reach.models import Activity
from campaigns.reach.states import AUTOMATIC_MEASURES, ENTERED_MEASURES, Measure
from partners.directory.models import Country
from victor.analytics.models import DailyTotal
from victor.analytics.querysets import DailyTotalQuerySet
from victor.analytics.states import Use

MAX_WEEKS = 26  # of readers that are shown


@dataclass(frozen=True)
class Progress:
    """What was reached of a measure, and what was to be reached; None: nothing was set."""

    measure: Measure
    reached: int
    target: int | None

    @property
    def percent(self) -> int | None:
        """The share of the target in whole per cent, never rounded up to 100."""
        return self.reached * 100 // self.target if self.target else None


@dataclass(frozen=True)
class CountryFigures:
    """Figures by country: a row for each, a column for each measure."""

    measures: list[Measure]
    rows: list[tuple[Country, list[int]]]


@dataclass(frozen=True)
class Week:
    """How the site was used in the seven days from `first` on."""

    first: date
    numbers: dict[Use, int]


def progress_of(campaign: Campaign) -> list[Progress]:
    """Every measure that has a figure or a target, in the order of their declaration."""
    entered = Activity.objects.filter(campaign=campaign).sums_by("measure")
    by_use = totals_of(campaign).sums_by("use")
    targets = dict(campaign.targets.values_list("measure", "number"))
    reached = {each: entered.get((each.value,), 0) for each in ENTERED_MEASURES}
    reached |= {measure: by_use.get((use.value,), 0) for measure, use in AUTOMATIC_MEASURES.items()}
    return [Progress(each, reached[each], targets.get(each)) for each in Measure if reached[each] or targets.get(each)]


def figures_by_country(campaign: Campaign) -> CountryFigures:
    """The figures of activities in each country, a column for each measure that any of them has."""
    sums = Activity.objects.filter(campaign=campaign).sums_by("country", "measure")
    said = {measure for _country, measure in sums}
    measures = [each for each in Measure if each.value in said]
    countries = Country.objects.filter(pk__in={country for country, _measure in sums}).order_by("position")
    rows = [(each, [sums.get((each.pk, measure.value), 0) for measure in measures]) for each in countries]
    return CountryFigures(measures, rows)


def weeks_of_readers(campaign: Campaign) -> list[Week]:
    """The last weeks of readers, the present one last; weeks begin on Monday."""
    today = timezone.localdate()
    first = today - timedelta(days=today.weekday(), weeks=MAX_WEEKS - 1)
    by_day = totals_of(campaign).between(first, today).sums_by("day", "use")
    sums: dict[date, Counter[Use]] = {first + timedelta(weeks=number): Counter() for number in range(MAX_WEEKS)}
    for (day, use), number in by_day.items():
        sums[day - timedelta(days=day.weekday())][Use(use)] += number
    return [Week(monday, {use: numbers[use] for use in Use}) for monday, numbers in sums.items()]


def readers_by_language(campaign: Campaign) -> dict[str, dict[Use, int]]:
    """How the site was used in each language that readers asked for."""
    sums = totals_of(campaign).sums_by("language", "use")
    languages = {language for language, _use in sums}
    return {language: {use: sums.get((language, use.value), 0) for use in Use} for language in sorted(languages)}


def totals_of(campaign: Campaign) -> DailyTotalQuerySet:
    """What the site counted of a campaign: its page, its news, its events, its materials."""
    totals: DailyTotalQuerySet = DailyTotal.objects.of(Campaign, [campaign.pk])
    for model in (News, Event, Material):
        totals |= DailyTotal.objects.of(model, model.objects.filter(campaign=campaign).values("pk"))
    return totals
