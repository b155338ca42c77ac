"""The reach of a campaign: figures of activities and of this site. Figures of different measures are never added up."""

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

MAX_WEEKS = 26  # shown on the page


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
