"""The statistics of seminars for those who manage them, and the rows behind each figure."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from trainings.statistics.forms import StatisticsForm
from trainings.statistics.indicators import StatisticsScope, rows_behind
from victor.access import SignedInRequest, requires
from victor.files.states import CSV_TYPE, XLSX_TYPE
from victor.indicators.declarations import indicators_of, statistics_pages_for
from victor.indicators.exports import as_csv, as_xlsx
from victor.indicators.tables import CountedIndicator

CSV, XLSX = "csv", "xlsx"
TYPES = {CSV: CSV_TYPE, XLSX: XLSX_TYPE}
PAGE_LENGTH = 50
SMALL_GROUP = 5  # people: a figure about fewer may identify somebody
PEOPLE = "participants"  # the indicator whose rows are registrations; those of all others are seminars


@requires("trainings.manage")
@require_safe
def figures(request: SignedInRequest) -> HttpResponse:
    """The statistics as a page or a file. Small figures are suppressed for everybody, as reports are passed on."""
    form, scope = _requested_scope(request)
    indicators = indicators_of("seminars", scope)
    counted = [CountedIndicator(indicator, scope, hide_below=SMALL_GROUP) for indicator in indicators]
    kind = request.GET.get("form")
    if kind not in TYPES:
        sections = [_section(indicator, request.GET.get("of")) for indicator in counted]
        context = {"period": form, "sections": sections, "scope": urlencode(form.data), "forms": TYPES}
        context |= {"statistics_pages": statistics_pages_for(request.user)} | _chart(counted[0])
        return render(request, "trainings/statistics/statistics.html", context)
    response = HttpResponse(
        (as_csv if kind == CSV else as_xlsx)(counted, period=form.description), content_type=TYPES[kind]
    )
    name = f"seminars-{scope.first:%Y-%m}-{scope.last:%Y-%m}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@requires("trainings.manage")
@require_safe
def figure_rows(request: SignedInRequest, indicator: str) -> HttpResponse:
    """The registrations or seminars behind a figure."""
    form, scope = _requested_scope(request)
    declared = {candidate.key: candidate for candidate in indicators_of("seminars", scope)}
    if indicator not in declared:
        raise Http404
    counted = declared[indicator]
    breakdowns = [breakdown for breakdown in counted.breakdowns if breakdown.key in request.GET]
    chosen = {breakdown.key: request.GET[breakdown.key] for breakdown in breakdowns}
    words = [dict(breakdown.choices).get(chosen[breakdown.key], "") for breakdown in breakdowns]
    page = Paginator(rows_behind(counted, scope, chosen), PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = _rows(request, list(page.object_list), of_people=counted.key == PEOPLE)
    context = {"indicator": counted, "words": words, "page_obj": page, "rows": rows, "scope": urlencode(form.data)}
    return render(request, "trainings/statistics/statistics_rows.html", context | {"of_people": counted.key == PEOPLE})


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
