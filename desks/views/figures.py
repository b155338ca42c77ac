"""Figures of a desk for those who work there; of all desks, protected, for coordinators."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from desks.forms import PeriodForm
from desks.indicators import INDICATORS, Scope
from desks.models import Desk
from victor.access import requires
from victor.indicators.declaring import FEW
from victor.indicators.exports import as_csv, as_xlsx
from victor.indicators.tables import Counted

CSV, XLSX = "csv", "xlsx"
TYPES = {CSV: "text/csv; charset=utf-8", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@requires("desks.work")
@require_safe
def desk_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """What a desk reports, to itself: every figure as it is."""
    desk = get_object_or_404(Desk.objects.worked_by(request.user), slug=slug)
    return _answer(request, [desk.pk], desk, hide_below=0)


@requires("desks.oversee")
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What all desks report together, in which no figure tells of anybody."""
    return _answer(request, list(Desk.objects.values_list("pk", flat=True)), None, hide_below=FEW)


def _answer(request: HttpRequest, desks: Collection[int], desk: Desk | None, *, hide_below: int) -> HttpResponse:
    """As a page, or as the file that is asked for."""
    period = PeriodForm(request.GET)
    scope = Scope.of_months(desks, period.first, period.last)
    counted = [Counted(each, scope, hide_below=hide_below) for each in INDICATORS]
    form = request.GET.get("form")
    if form not in TYPES:
        context = {"desk": desk, "period": period, "counted": counted, "forms": TYPES}
        return render(request, "desks/figures.html", context)
    said = f"{scope.first:%Y-%m} – {scope.last:%Y-%m}"
    content = (as_csv if form == CSV else as_xlsx)(counted, period=said)
    response = HttpResponse(content, content_type=TYPES[form])
    name = f"{desk.slug if desk else 'desks'}-{scope.first:%Y-%m}-{scope.last:%Y-%m}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
