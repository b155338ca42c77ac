"""A case is opened in three screens. What was typed travels in the form; nothing is stored before the last button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desks.cases import actions, notes
from desks.cases.candidates import SEARCHES, proof_of_search, search_child, was_searched
from desks.cases.code_lists import CaseSource
from desks.cases.errors import NotAnAdult, SearchFirst
from desks.cases.models import Case
from desks.cases.opening_form import LAST_STEP, SEARCHED, OpeningForm
from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.desk.querysets import key_holders
from desks.reports.models import Report
from partners.help_lines.presenters import lines_to_call_first
from victor.access import requires
from victor.formatting import short_moment
from victor.forms.numbers import read_digits

if TYPE_CHECKING:
    from desks.cases.candidates import SearchResult
    from victor.access import SignedInRequest


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: SignedInRequest, slug: str) -> HttpResponse:
    """The screens, one after the other; the last one opens the case."""
    desk = get_object_or_404(Desk.objects.for_worker(request.user).select_related("country", "group"), slug=slug)
    report = _report_of(request, desk)
    form = OpeningForm(
        request.POST if request.method == "POST" else None,
        colleagues=key_holders(desk).order_by("name"),
        has_report=report is not None,
    )
    if report is not None and not form.is_bound:
        form.initial["language"] = report.language
    if request.method != "POST":
        form.initial["worker"] = request.user.pk
        return _show(request, desk, form, report)
    if reference := request.POST.get("same"):
        return _add_to_case(request, desk, form, report, reference)
    return _go_on(request, desk, form, report)


def _go_on(request: SignedInRequest, desk: Desk, form: OpeningForm, report: Report | None) -> HttpResponse:
    """The next screen, the one before, or the case itself."""
    number = min(max(read_digits(request.POST.get("step", "1")) or 1, 1), LAST_STEP)
    go = request.POST.get("go", "next")
    if go == "back":
        form.check_step(max(number - 1, 1))
        form.errors.clear()
        return _show(request, desk, form, report)
    if not form.check_step(number):
        return _show(request, desk, form, report, status=422)
    if go == "search":
        return _show(request, desk, form, report, result=search_child(desk, form.searched, by=request.user))
    if not (form.knows_nothing or was_searched(form.searched, request.POST.get("proof", ""))):
        form.add_error(None, str(SearchFirst()))
        form.step_number = 1
        return _show(request, desk, form, report, status=422)
    if number < LAST_STEP:
        form.check_step(number + 1)
        form.errors.clear()
        return _show(request, desk, form, report)
    return _open(request, desk, form, report)


def _open(request: SignedInRequest, desk: Desk, form: OpeningForm, report: Report | None) -> HttpResponse:
    source = CaseSource.REPORT if report is not None else CaseSource(form.cleaned_data["source"])
    try:
        new = form.new_case(desk, source)
        case = actions.open_case(desk, new, report=report, worker=form.cleaned_data["worker"], by=request.user)
    except DeskRefusal as refusal:
        form.add_error("age_basis" if isinstance(refusal, NotAnAdult) else None, str(refusal))
        form.step_number = 2 if isinstance(refusal, NotAnAdult) else LAST_STEP
        return _show(request, desk, form, report, status=409)
    names = {"reference": case.reference, "moment": short_moment(case.due_at) if case.due_at else ""}
    messages.success(request, _("Case %(reference)s is open. First assessment of the risk due: %(moment)s.") % names)
    return redirect("desks:case", desk.slug, case.reference)


def _add_to_case(
    request: SignedInRequest, desk: Desk, form: OpeningForm, report: Report | None, reference: str
) -> HttpResponse:
    """It is this child: what was typed goes to the case that is there."""
    case = get_object_or_404(Case.objects.visible_to(request.user), desk=desk, reference=reference)
    lines = [
        f"{form.fields[name].label}: {value}" for name, value in form.searched.items() if value and name in SEARCHED
    ]
    try:
        if lines:
            notes.add_words(case, "\n".join(lines), by=request.user)
        if report is not None:
            notes.add_report(case, report, by=request.user)
    except DeskRefusal as refusal:
        form.check_step(1)
        form.add_error(None, str(refusal))
        return _show(request, desk, form, report, status=409)
    names = {"reference": case.reference, "worker": case.worker.name if case.worker else "–"}
    messages.success(request, _("Your words are added to %(reference)s. Its worker is told: %(worker)s") % names)
    return redirect("desks:case", desk.slug, case.reference)


def _report_of(request: SignedInRequest, desk: Desk) -> Report | None:
    """The report from which the case is opened, where the address names one."""
    reference = request.GET.get("report", "")
    if not reference:
        return None
    return get_object_or_404(Report.objects.visible_to(request.user), desk=desk, reference=reference)


def _show(
    request: SignedInRequest,
    desk: Desk,
    form: OpeningForm,
    report: Report | None,
    *,
    result: SearchResult | None = None,
    status: int = 200,
) -> HttpResponse:
    is_searched = result is not None or (form.is_bound and was_searched(form.searched, request.POST.get("proof", "")))
    context = {
        "desk": desk,
        "form": form,
        "report": report,
        "result": result,
        "emergency": lines_to_call_first(desk.country_id),
        "can_search": bool(SEARCHES),
        "proof": proof_of_search(form.searched) if is_searched and form.is_bound else "",
        "last_step": LAST_STEP,
        "has_unsaved": request.method == "POST",
    }
    return render(request, "desks/cases/new_case.html", context, status=status)
