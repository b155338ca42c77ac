"""Indicators of seminars: each figure is the sum of lines, and every line names the rows behind it.

So every figure leads to exactly the rows that were counted. A person who attended several seminars in the period is
counted once, identified by the email address, with the details of the latest registration. Figures of people are
protected, so they exist for half-years and all seminars only.

Answers are counted by pseudonyms, which lead to nobody, so the rows behind them are seminars. Figures of answers can be
filtered to a single seminar and subtracted from each other. So the answers of a seminar count from five on, and grow by
five at a time, as in its results. Each figure is a sum of such groups, and none is hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.directory.models import Country
from trainings.evaluation.models import Response
from trainings.evaluation.scoring import GOOD_SCORE, SMALL_GROUP
from trainings.registrations.models import Registration
from trainings.registrations.names import search_key
from trainings.registrations.states import OrganisationType, Sex, Stage
from trainings.seminars.courses import Course
from trainings.seminars.models import Seminar, Session
from trainings.seminars.querysets import SeminarQuerySet
from trainings.seminars.states import Profession
from victor.formatting import month_and_year
from victor.indicators.declarations import (
    STATISTICS_PAGES,
    Breakdown,
    Cells,
    Indicator,
    Kind,
    Measure,
    Source,
    StatisticsPage,
    declare_source,
    declares_indicators,
)
from victor.indicators.periods import HalfYear
from victor.languages import local_text

MIN_ORGANISATION_TYPES = 3  # kinds of organisations that make a seminar a multi-agency one
USEFUL_ITEM, FROM_USEFUL = "reaction-useful", 4  # a scale from 1 to 5
USED_ITEM, YES = "follow-up-used", 0  # true or false
HOUR = timedelta(hours=1)
SEMINAR_FIELDS = ("country", "starts", "course")
RESPONSE_FIELDS = tuple(f"seminar__{name}" for name in SEMINAR_FIELDS)
# The length of all sessions of a seminar.
_LENGTH = Subquery(
    Session.objects.filter(seminar=OuterRef("pk")).order_by().values("seminar").values(sum=Sum(F("ends") - F("starts")))
)
# The number of kinds of organisations from which people attended a seminar.
_KINDS = Subquery(
    Registration.objects.filter(seminar=OuterRef("pk"), attendances__isnull=False)
    .order_by()
    .values("seminar")
    .values(number=Count("organisation_type", distinct=True))
)


@dataclass(frozen=True)
class StatisticsScope:
    """The seminars to count: those that begin from `first` to `last`, the first and the last day of a month."""

    seminars: SeminarQuerySet
    first: date
    last: date

    @classmethod
    def of_months(cls, seminars: SeminarQuerySet, first: date, last: date) -> StatisticsScope:
        """The scope from one month to another, each given by any of its days."""
        after = (last.replace(day=1) + timedelta(days=31)).replace(day=1)
        return cls(seminars, first.replace(day=1), after - timedelta(days=1))

    def seminars_in_period(self) -> SeminarQuerySet:
        """The seminars that begin in the period and are not cancelled."""
        in_period = self.seminars.filter(starts__date__gte=self.first, starts__date__lte=self.last)
        return in_period.filter(cancelled=False)

    def months(self) -> list[str]:
        """Every month of the period, as `2026-03`."""
        numbers = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


@dataclass(frozen=True)
class CountedLine:
    """One thing that is counted: the cell it belongs to, the values that are summed up, and the rows behind it."""

    cell: tuple[str, ...]
    sums: tuple[float, ...]
    rows: tuple[int, ...]


def held_seminars(scope: StatisticsScope) -> Iterator[CountedLine]:
    """Seminars that are over and that somebody attended, with their hours and whether they were multi-agency."""
    over = scope.seminars_in_period().filter(ends__lte=timezone.now()).annotate(hours=_LENGTH, kinds=_KINDS)
    for pk, hours, kinds, *place in (
        over.filter(kinds__gt=0).order_by().values_list("pk", "hours", "kinds", *SEMINAR_FIELDS)
    ):
        yield CountedLine(_seminar_cell(*place), (hours / HOUR, kinds >= MIN_ORGANISATION_TYPES), (pk,))


def planned_seminars(scope: StatisticsScope) -> Iterator[CountedLine]:
    """Seminars that are published and not over."""
    planned = scope.seminars_in_period().published().filter(ends__gt=timezone.now())
    for pk, *place in planned.order_by().values_list("pk", *SEMINAR_FIELDS):
        yield CountedLine(_seminar_cell(*place), (), (pk,))


def persons_who_came(scope: StatisticsScope) -> Iterator[CountedLine]:
    """People who attended at least one session, with the number of seminars and the hours they attended.

    A person is known by name and address: several people may share an address.
    """
    for line, _hosts in _persons_with_hosts(scope):
        yield line


def persons_by_host(scope: StatisticsScope) -> dict[str, Cells]:
    """The number of people in each cell who attended a seminar of each host, whose people know them."""
    cells: dict[str, Counter[tuple[str, ...]]] = {}
    for line, hosts in _persons_with_hosts(scope):
        for host in hosts:
            cells.setdefault(str(host), Counter())[line.cell] += 1
    return dict(cells)


def _persons_with_hosts(scope: StatisticsScope) -> Iterator[tuple[CountedLine, set[int]]]:
    fields = ["seminar__organisation", "profession", "country", "organisation_type", "sex"]
    by_person: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    # Django's stubs do not know annotations.
    registrations: Any = Registration.objects.filter(seminar__in=scope.seminars_in_period()).with_attended()
    attended_any = registrations.filter(attended__gt=timedelta())
    for row in attended_any.order_by("seminar__starts", "pk").values_list("email", "name", "pk", "attended", *fields):
        by_person.setdefault((row[0].lower(), *sorted(search_key(row[1]).split())), []).append(row[2:])
    for rows in by_person.values():
        latest = rows[-1][3:]
        hours = sum((attended for _pk, attended, *_rest in rows), timedelta()) / HOUR
        line = CountedLine(tuple(value or "" for value in latest), (len(rows), hours), tuple(row[0] for row in rows))
        yield line, {row[2] for row in rows}


def from_five(lines: Iterable[CountedLine]) -> Iterator[CountedLine]:
    """The answers of seminars from which there are five or more."""
    lines = list(lines)
    numbers = Counter(line.rows for line in lines)
    for line in lines:
        if numbers[line.rows] >= SMALL_GROUP:
            yield line


def score_pairs(scope: StatisticsScope) -> Iterator[CountedLine]:
    """Pairs of seminars that have five or more of them."""
    return from_five(_score_pairs(scope))


def _score_pairs(scope: StatisticsScope) -> Iterator[CountedLine]:
    """Pairs of the same questionnaire before and after, with the percentages of correct answers."""
    responses = Response.objects.filter(seminar__in=scope.seminars_in_period()).for_pairs().order_by()
    pairs: dict[tuple[Any, ...], dict[str, int]] = {}
    for stage, score, *pair in responses.values_list(
        "stage", "score", "key", "questionnaire", "seminar", *RESPONSE_FIELDS
    ):
        pairs.setdefault(tuple(pair), {})[stage] = score
    for (_key, _questionnaire, seminar, *place), scores in pairs.items():
        if len(scores) == len(("before", "after")):
            before, after = scores[Stage.BEFORE], scores[Stage.AFTER]
            yield CountedLine(_seminar_cell(*place), (before, after, after - before, after >= GOOD_SCORE), (seminar,))


def usefulness_answers(scope: StatisticsScope) -> Iterator[CountedLine]:
    """Answers to how useful the seminar is for work, with whether it is useful."""
    answers = _counted_answers(scope, Stage.REACTION, USEFUL_ITEM)
    return from_five(CountedLine(cell, (answer >= FROM_USEFUL,), (seminar,)) for seminar, cell, answer in answers)


def use_answers(scope: StatisticsScope) -> Iterator[CountedLine]:
    """Answers after three months to whether people have used what they learned, with whether they have."""
    answers = _counted_answers(scope, Stage.FOLLOW_UP, USED_ITEM)
    return from_five(CountedLine(cell, (answer == YES,), (seminar,)) for seminar, cell, answer in answers)


LINES_BY_INDICATOR: dict[str, Callable[[StatisticsScope], Iterator[CountedLine]]] = {
    "held": held_seminars,
    "planned": planned_seminars,
    "participants": persons_who_came,
    "gain": score_pairs,
    "useful": usefulness_answers,
    "used": use_answers,
}


def sum_lines(lines: Callable[[StatisticsScope], Iterable[CountedLine]], scope: StatisticsScope) -> Cells:
    """The number of lines in each cell, followed by the sums of their values."""
    cells: dict[tuple[str, ...], tuple[float, ...]] = {}
    for line in lines(scope):
        values = (1, *line.sums)
        sums = cells.get(line.cell, (0,) * len(values))
        cells[line.cell] = tuple(before + value for before, value in zip(sums, values, strict=True))
    return cells


def rows_behind(indicator: Indicator, scope: StatisticsScope, chosen: Mapping[str, str]) -> list[int]:
    """The primary keys of the seminars or registrations behind a figure, those of one person together."""
    wanted = {indicator.position(key): value for key, value in chosen.items()}
    lines = LINES_BY_INDICATOR[indicator.key](scope)
    matching = (line for line in lines if all(line.cell[number] == value for number, value in wanted.items()))
    return list(dict.fromkeys(row for line in matching for row in line.rows))


STATISTICS_PAGES.append(StatisticsPage(_("Seminars"), "trainings:figures", "trainings.manage"))


@declares_indicators("seminars", rank=10)
def training_indicators(scope: StatisticsScope) -> tuple[Indicator, ...]:
    """The indicators of seminars and of answers, with labels in the active language."""
    countries = _countries()
    courses = tuple((str(course.pk), local_text(course, "title").text) for course in Course.objects.all())
    where = Breakdown("where", _("Country"), countries, is_by_name=True)
    course = Breakdown("course", _("Course"), (*courses, ("", _("Individual programme"))))
    month = Breakdown("month", _("Month"), tuple((month, _month_name(month)) for month in scope.months()))
    return (*_of_seminars(where, month, course), *_of_answers(where, month, course))


@declares_indicators("participants", rank=10)
def people_indicators(_scope: StatisticsScope) -> tuple[Indicator]:
    """The indicator of people, with labels in the active language."""
    from_ = Breakdown("from", _("Country"), (*_countries(), ("", _("Another country"))), is_by_name=True)
    return (_of_people(from_),)


def _countries() -> tuple[tuple[str, str], ...]:
    return tuple((country.pk, local_text(country, "name").text) for country in Country.objects.all())


def _of_seminars(*places: Breakdown) -> list[Indicator]:
    return [
        Indicator(
            key="held",
            name=_("Seminars held"),
            definition=_("Seminars that started in the period, have ended, and were attended by at least one person."),
            unit=_("seminars"),
            breakdowns=places,
            tables=(("month",), ("where",), ("course",), ("where", "month")),
            count=partial(sum_lines, held_seminars),
            measures=(
                Measure("hours", pgettext_lazy("of a seminar", "Hours"), pgettext_lazy("unit", "hours")),
                Measure("agencies", _("Seminars with three or more kinds of organisations"), _("per cent"), Kind.SHARE),
            ),
        ),
        Indicator(
            key="planned",
            name=_("Seminars planned"),
            definition=_("Seminars that have been announced, start in the period and have not ended yet."),
            unit=_("seminars"),
            breakdowns=places,
            tables=(("where", "month"), ("course",)),
            count=partial(sum_lines, planned_seminars),
        ),
    ]


def _of_people(country: Breakdown) -> Indicator:
    profession = Breakdown("profession", _("Profession"), tuple(Profession.choices))
    organisation = Breakdown("organisation", _("Kind of organisation"), tuple(OrganisationType.choices))
    sex = Breakdown("sex", pgettext_lazy("breakdown", "Sex"), tuple(Sex.choices))
    return Indicator(
        key="participants",
        name=_("Participants"),
        definition=_("People who attended at least one session. Anyone who attended several seminars is counted once."),
        unit=pgettext_lazy("unit", "people"),
        breakdowns=(profession, country, organisation, sex),
        tables=(
            *(("profession",), ("from",), ("organisation",), ("sex",)),
            *(("profession", "from"), ("profession", "organisation"), ("profession", "sex"), ("organisation", "from")),
        ),
        count=partial(sum_lines, persons_who_came),
        count_parts=persons_by_host,
        threshold=SMALL_GROUP,
        measures=(
            Measure("attendances", _("Attendances"), _("attendances")),
            Measure("hours", _("Hours attended"), pgettext_lazy("unit", "hours")),
        ),
    )


def _of_answers(*places: Breakdown) -> list[Indicator]:
    share = partial(Measure, unit=_("per cent"), kind=Kind.SHARE)
    mean = partial(Measure, unit=_("per cent"), kind=Kind.MEAN)
    common: dict[str, Any] = {"breakdowns": places, "tables": (("where",), ("course",))}
    return [
        Indicator(
            key="gain",
            name=_("What was learned"),
            definition=_("Correct answers to the same questions before and after, from people who answered both."),
            unit=_("pairs"),
            count=partial(sum_lines, score_pairs),
            measures=(
                mean("before", _("Before, per cent")),
                mean("after", _("After, per cent")),
                mean("gain", _("Gain, points")),
                share("good", _("70 per cent or more correct after")),
            ),
            **common,
        ),
        Indicator(
            key="useful",
            name=_("Useful for work"),
            definition=_(
                "People who gave four or five out of five points for “useful for my work” right after the seminar."
            ),
            unit=_("answers"),
            count=partial(sum_lines, usefulness_answers),
            measures=(share("useful", _("Useful")),),
            **common,
        ),
        Indicator(
            key="used",
            name=_("Used after three months"),
            definition=_("People who said three months later that they had used what they learned."),
            unit=_("answers"),
            count=partial(sum_lines, use_answers),
            measures=(share("used", _("Used")),),
            **common,
        ),
    ]


def _seminar_cell(country: str, starts: datetime, course: int | None) -> tuple[str, str, str]:
    """The cell of a seminar: country, month and course."""
    return country, f"{timezone.localtime(starts):%Y-%m}", str(course or "")


def _counted_answers(
    scope: StatisticsScope, stage: Stage, item: str
) -> Iterator[tuple[int, tuple[str, str, str], int]]:
    """Every answer to a question that results may show, with its seminar and the cell of it."""
    responses = (
        Response.objects.counted()
        .at(stage)
        .filter(seminar__in=scope.seminars_in_period(), answers__has_key=item)
        .order_by()
    )
    for seminar, answers, *place in responses.values_list("seminar", "answers", *RESPONSE_FIELDS):
        yield seminar, _seminar_cell(*place), answers[item]


def _month_name(value: str) -> str:
    return month_and_year(date.fromisoformat(f"{value}-01"))


def all_seminars(period: HalfYear) -> StatisticsScope:
    """All seminars of a half-year."""
    return StatisticsScope(Seminar.objects.all(), period.first, period.last)


declare_source(Source("participants", "seminars", all_seminars, "seminars"), rank=20)
declare_source(Source("seminars", "seminars", all_seminars, "seminars", leaves_out=["planned"]), rank=21)
