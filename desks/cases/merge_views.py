"""Two cases of one child: which one stays, what stands in both, and the request to merge them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desks.cases import closures
from desks.cases.case_views import get_case_or_404, render_step, with_reader
from desks.cases.models import Case
from desks.cases.obstacles import Ending, obstacles_to
from desks.cases.presenters import compare_cases
from desks.cases.sections import CaseReader
from desks.cases.step_forms import OtherCaseForm, ReasonForm
from desks.cases.steps import can_write, rights_of
from desks.desk.errors import DeskRefusal
from victor.access import requires
from victor.vault.errors import VaultRefusal

if TYPE_CHECKING:
    from victor.vault.passphrases.middleware import VaultRequest


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Which other case of the desk is of the same child?"""
    case = get_case_or_404(request.user, slug, reference)
    if not rights_of(case, request.user).may_merge:
        messages.error(request, _("This step is not possible now."))
        return redirect("desks:case", slug, reference)
    others = Case.objects.visible_to(request.user).running().filter(desk=case.desk_id).exclude(pk=case.pk)
    form = OtherCaseForm(request.POST if request.method == "POST" else None, case=case, others=others)
    if form.is_valid():
        return redirect("desks:case_merge_into", slug, reference, form.cleaned_data["other"].reference)
    return render_step(
        request,
        case,
        form,
        title=_("Merge with another case"),
        lead=_("The work goes on in the other case. You see both before you ask."),
        verb=_("Compare both cases"),
        back=reverse("desks:case", args=[slug, reference]),
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: VaultRequest, slug: str, reference: str, other: str) -> HttpResponse:
    """Both cases side by side, and the request that another person decides."""
    case, into = get_case_or_404(request.user, slug, reference), get_case_or_404(request.user, slug, other)
    if case == into:
        raise Http404
    form, status = ReasonForm(request.POST if request.method == "POST" else None, case=case), 200
    if form.is_valid():
        try:
            closures.ask_to_merge(case, into, {"text": form.cleaned_data["words"]}, by=request.user)
        except (DeskRefusal, VaultRefusal) as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, _("Another supervisor decides. Until then both cases stay as they are."))
            return redirect("desks:case", slug, reference)
    elif form.is_bound:
        status = 422

    def show(reader: CaseReader) -> HttpResponse:
        context = {
            "case": case,
            "into": into,
            "rows": compare_cases(reader, CaseReader(into, reader.user, reader.vault)),
            "is_locked": reader.is_locked,
            "obstacles": obstacles_to(Ending.MERGE, case),
            "may_ask": can_write(case, request.user) and rights_of(case, request.user).may_merge,
            "form": form,
            "has_unsaved": request.method == "POST",
        }
        return render(request, "desks/cases/merge.html", context, status=status)

    return with_reader(request, case, show, "merge", into)
