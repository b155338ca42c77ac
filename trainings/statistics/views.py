"""What the seminars report: figures for those who hold them, each down to its rows."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from trainings.registrations.models import Registration
from trainings.seminars.models import Seminar
from trainings.statistics.forms import StatisticsForm
from trainings.statistics.indicators import StatisticsScope, rows_behind
from victor.access import requires
from victor.indicators.declarations import indicators_of
from victor.indicators.exports import as_csv, as_xlsx
from victor.indicators.tables import CountedIndicator

CSV, XLSX = "csv", "xlsx"
TYPES = {CSV: "text/csv; charset=utf-8", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
PAGE_LENGTH = 50
SMALL_GROUP = 5  # figures below it may be about somebody
PEOPLE = "participants"  # what opens to registrations; all else to seminars


@requires("trainings.manage")
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """As a page, or as the file that is asked for. What is reported leaves the house: it is protected for all."""
    form, scope = _requested_scope(request)
    counted = [CountedIndicator(each, scope, hide_below=SMALL_GROUP) for each in indicators_of("seminars", scope)]
    kind = request.GET.get("form")
    if kind not in TYPES:
        sections = [_section(each, request.GET.get("of")) for each in counted]
        context = {"period": form, "sections": sections, "scope": urlencode(form.data), "forms": TYPES}
        return render(request, "trainings/statistics/statistics.html", context | _chart(counted[0]))
    response = HttpResponse((as_csv if kind == CSV else as_xlsx)(counted, period=form.said), content_type=TYPES[kind])
    name = f"seminars-{scope.first:%Y-%m}-{scope.last:%Y-%m}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@requires("trainings.manage")
@require_safe
def figure_rows(request: HttpRequest, indicator: str) -> HttpResponse:
    """The registrations or seminars that a figure was counted from."""
    form, scope = _requested_scope(request)
    said = next((each for each in indicators_of("seminars", scope) if each.key == indicator), None)
    if said is None:
        raise Http404
    chosen = {each.key: request.GET[each.key] for each in said.breakdowns if each.key in request.GET}
    words = [dict(each.choices).get(chosen[each.key], "") for each in said.breakdowns if each.key in chosen]
    page = Paginator(rows_behind(said, scope, chosen), PAGE_LENGTH).get_page(request.GET.get("page"))
    page.object_list = _rows(request, page.object_list, of_people=said.key == PEOPLE)
    context = {"indicator": said, "words": words, "page_obj": page, "scope": urlencode(form.data)}
    return render(request, "trainings/statistics/statistics_rows.html", context | {"of_people": said.key == PEOPLE})


def _rows(request: HttpRequest, numbers: list[int], *, of_people: bool) -> list[Any]:
    """What these numbers stand for, in their order."""
    people = Registration.objects.visible_to(request.user).select_related("seminar", "country").with_attended()
    found = (people if of_people else Seminar.objects.led_by(request.user).for_listing()).filter(pk__in=numbers)
    return sorted(found, key=lambda each: numbers.index(each.pk))


def _requested_scope(request: HttpRequest) -> tuple[StatisticsForm, StatisticsScope]:
    form = StatisticsForm(request.GET, seminars=Seminar.objects.led_by(request.user))
    return form, StatisticsScope.of_months(form.narrowed(), form.first_month, form.last_month)


def _section(counted: CountedIndicator, of: str | None) -> dict[str, Any]:
    """An indicator as the page shows it: lists with all its measures, tables of the one that is chosen."""
    measure = next((each for each in counted.indicator.measures if each.key == of), None)
    faces = [each for each in counted.tables(measure) if each.rows]
    lists = [each for each in faces if not each.columns_name]
    tables = [each for each in faces if each.columns_name]
    return {"counted": counted, "indicator": counted.indicator, "of": measure, "lists": lists, "tables": tables}


def _chart(held: CountedIndicator) -> dict[str, Any]:
    """Seminars by month, those without one too."""
    months = held.indicator.breakdowns[held.indicator.position("month")].choices
    numbers = [held.number(month=value) or 0 for value, _words in months]
    return {"numbers": numbers, "ends": [months[0][1], months[-1][1]]}
