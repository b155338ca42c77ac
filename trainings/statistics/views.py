"""The statistics of seminars for those who manage them, and the rows behind each figure."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from trainings.statistics.forms import StatisticsForm
from trainings.statistics.indicators import StatisticsScope, rows_behind
from trainings.statistics.rules import statistics_subject
from victor.access import SignedInRequest, requires
from victor.accounts.models import User
from victor.files.downloads import answer_with_file
from victor.files.states import CSV_TYPE, XLSX_TYPE
from victor.indicators.actions import freeze_figures
from victor.indicators.declarations import Indicator, indicators_of, statistics_pages_for
from victor.indicators.exports import as_csv, as_xlsx
from victor.indicators.forms import HalfYearForm
from victor.indicators.periods import HalfYear
from victor.indicators.tables import CountedIndicator

CSV, XLSX = "csv", "xlsx"
TYPES = {CSV: CSV_TYPE, XLSX: XLSX_TYPE}
PAGE_LENGTH = 50
PEOPLE = "participants"  # the indicator whose rows are registrations; those of all others are seminars


@requires("trainings.manage")
@require_safe
def figures(request: SignedInRequest) -> HttpResponse:
    """The statistics as a page or a file. Those of people are protected for everybody, as reports are passed on."""
    form, scope = _requested_scope(request)
    counted = [
        CountedIndicator.own(indicator, scope, period=form.description)
        for indicator in indicators_of("seminars", scope)
    ]
    half_year = HalfYearForm(request.GET)
    people = _people(request.user, half_year.half_year) if form.has_default else None
    kind = request.GET.get("form")
    if kind in TYPES:
        return _file(kind, [*counted, *([people] if people else [])], scope)
    context: dict[str, object] = {"period": form, "half_year": half_year, "forms": TYPES, "scope": urlencode(form.data)}
    of = request.GET.get("of")
    context |= {"sections": [_section(indicator, of) for indicator in counted]} | _chart(counted[0])
    context["people"] = _section(people, of) if people else None
    context["statistics_pages"] = statistics_pages_for(request.user)
    return render(request, "trainings/statistics/statistics.html", context)


@requires("trainings.manage")
@require_safe
def figure_rows(request: SignedInRequest, indicator: str) -> HttpResponse:
    """The seminars behind a figure, or the registrations behind a figure of people that is shown."""
    if indicator == PEOPLE:
        half_year = HalfYearForm(request.GET)
        scope = _people_scope(request.user, half_year.half_year)
        people = _people(request.user, half_year.half_year)
        if people is None or not people.is_visible(**_chosen(request, people.indicator)):
            raise Http404
        return _answer_rows(request, people.indicator, scope, {"scope": half_year.query, "as_of": people.as_of})
    form, scope = _requested_scope(request)
    declared = {candidate.key: candidate for candidate in indicators_of("seminars", scope)}
    if indicator not in declared:
        raise Http404
    return _answer_rows(request, declared[indicator], scope, {"scope": urlencode(form.data), "as_of": None})


def _chosen(request: SignedInRequest, indicator: Indicator) -> dict[str, str]:
    """The values of the figure that was asked for, by breakdown."""
    keys = [breakdown.key for breakdown in indicator.breakdowns]
    return {key: request.GET[key] for key in keys if key in request.GET}


def _answer_rows(
    request: SignedInRequest, indicator: Indicator, scope: StatisticsScope, context: dict[str, object]
) -> HttpResponse:
    """The rows behind the figure that was asked for, as a page."""
    chosen, of_people = _chosen(request, indicator), indicator.key == PEOPLE
    words = [
        dict(breakdown.choices).get(chosen[breakdown.key], "")
        for breakdown in indicator.breakdowns
        if breakdown.key in chosen
    ]
    page = Paginator(rows_behind(indicator, scope, chosen), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {**context, "indicator": indicator, "words": words, "page_obj": page, "of_people": of_people}
    context["rows"] = _rows(request, list(page.object_list), of_people=of_people)
    return render(request, "trainings/statistics/statistics_rows.html", context)


def _file(kind: str, counted: Sequence[CountedIndicator], scope: StatisticsScope) -> HttpResponse:
    """All figures as a file of this type."""
    name = f"seminars-{scope.first:%Y-%m}-{scope.last:%Y-%m}.{kind}"
    return answer_with_file(name, (as_csv if kind == CSV else as_xlsx)(counted), TYPES[kind])


def _people_scope(user: User, half_year: HalfYear) -> StatisticsScope:
    """All seminars that a person manages, in a half-year. No filter makes this smaller."""
    return StatisticsScope(Seminar.objects.led_by(user), half_year.first, half_year.last)


def _people(user: User, half_year: HalfYear) -> CountedIndicator | None:
    """The figures of people in a half-year, as they were shown first. None where they are not shown yet."""
    if not half_year.is_shown:
        return None
    scope = _people_scope(user, half_year)
    indicator = indicators_of(PEOPLE, scope)[0]
    frozen = freeze_figures(indicator, half_year, scope, subject=statistics_subject(user))
    return CountedIndicator.protected(indicator, frozen, period=half_year.months)


def _rows(request: SignedInRequest, numbers: list[int], *, of_people: bool) -> list[Registration] | list[Seminar]:
    """The rows with these numbers, in the same order."""
    if of_people:
        people = Registration.objects.visible_to(request.user).select_related("seminar", "country").with_attended()
        return sorted(people.filter(pk__in=numbers), key=lambda person: numbers.index(person.pk))
    seminars = Seminar.objects.led_by(request.user).for_listing().filter(pk__in=numbers)
    return sorted(seminars, key=lambda seminar: numbers.index(seminar.pk))


def _requested_scope(request: SignedInRequest) -> tuple[StatisticsForm, StatisticsScope]:
    form = StatisticsForm(request.GET, seminars=Seminar.objects.led_by(request.user))
    return form, StatisticsScope.of_months(form.filtered(), form.first_month, form.last_month)


def _section(counted: CountedIndicator, of: str | None) -> dict[str, object]:
    """An indicator as the page shows it: lists with all its measures, and tables of the chosen measure."""
    measure = next((measure for measure in counted.indicator.measures if measure.key == of), None)
    filled = [table for table in counted.tables(measure) if table.rows]
    lists = [table for table in filled if not table.columns_name]
    tables = [table for table in filled if table.columns_name]
    return {"counted": counted, "indicator": counted.indicator, "of": measure, "lists": lists, "tables": tables}


def _chart(seminars: CountedIndicator) -> dict[str, object]:
    """The number of seminars of every month, including months without any."""
    months = seminars.indicator.breakdowns[seminars.indicator.position("month")].choices
    numbers = [seminars.number(month=value) or 0 for value, _name in months]
    return {"numbers": numbers, "ends": [months[0][1], months[-1][1]]}
