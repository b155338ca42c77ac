"""The doors of assessments: write and finish one, choose between two texts, agree or give back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desks.assessments import actions, approvals
from desks.assessments.forms import AssessmentForm
from desks.assessments.models import Assessment
from desks.assessments.presenters import texts_of_kind, what_lowering_needs
from desks.assessments.states import AssessmentKind, AssessmentState
from desks.cases.case_views import answer_self_saving, get_case_or_404, refusals_on_page, render_step, with_reader
from desks.cases.step_forms import ReasonForm
from desks.cases.steps import can_write
from desks.desk.errors import DeskRefusal
from desks.reports.states import Risk
from partners.help_lines.presenters import lines_to_call_first
from victor.access import requires
from victor.confirmations import Confirmation, asks_first

if TYPE_CHECKING:
    from desks.cases.case_page import Written
    from desks.cases.models import Case
    from desks.cases.sections import CaseReader
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest

CHOICES = {"use": actions.use_second_text, "aside": actions.set_second_text_aside}


def _section(case: Case) -> str:
    return reverse("desks:case_section", args=[case.desk.slug, case.reference, "assessments"])


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: VaultRequest, slug: str, reference: str, kind: str) -> HttpResponse:
    """Write an assessment, with the earlier ones beside it. It works with a locked vault, too."""
    case = get_case_or_404(request.user, slug, reference)
    if kind not in AssessmentKind.values:
        raise Http404
    chosen = AssessmentKind(kind)
    if request.POST.get("go") == "auto":
        return _autosave(AssessmentForm(chosen, request.POST, case=case), request.user)
    if not case.is_running or not can_write(case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect(_section(case))
    if request.method != "POST":
        return _show(request, case, chosen, None)
    form = AssessmentForm(chosen, request.POST, case=case)
    if not form.is_valid():
        return _show(request, case, chosen, form, status=422)
    try:
        row = _save(request, case, form)
    except DeskRefusal as refusal:
        form.show_refusal(refusal)
        return _show(request, case, chosen, form, status=409)
    _add_message(request, row)
    return redirect(_section(case))


def _autosave(form: AssessmentForm, user: User) -> HttpResponse:
    return answer_self_saving(
        form,
        lambda: actions.autosave_draft(form.case, form.kind, form.answers, seen=form.seen_envelope, by=user),
    )


def _save(request: VaultRequest, case: Case, form: AssessmentForm) -> Assessment:
    seen = form.seen_envelope
    if request.POST.get("go") != "finish":
        return actions.save_draft(case, form.kind, form.answers, seen=seen, by=request.user)
    return actions.finish_assessment(
        case, form.kind, form.answers, risk=form.risk, next_on=form.next_on, seen=seen, by=request.user
    )


def _add_message(request: VaultRequest, row: Assessment) -> None:
    if row.state == AssessmentState.SECOND:
        messages.warning(
            request, _("Somebody else saved this part while you wrote. Both texts are kept. Please choose.")
        )
    elif row.state == AssessmentState.DRAFT:
        messages.success(request, _("Your draft is saved."))
    elif row.state == AssessmentState.ASKED:
        messages.success(request, _("You have signed it. Another supervisor decides; until then all stays as it was."))
    else:
        messages.success(request, _("You have signed the assessment. It cannot be changed any more."))


def _show(
    request: VaultRequest, case: Case, kind: AssessmentKind, form: AssessmentForm | None, *, status: int = 200
) -> HttpResponse:
    """The form with what was typed, or with the draft. With a locked vault it is empty, and the draft is covered."""

    def show(reader: CaseReader) -> HttpResponse:
        texts = texts_of_kind(reader, kind)
        words = texts.draft.words if texts.draft else None
        context = {
            "case": case,
            "kind": kind,
            "title": kind.label,
            "texts": texts,
            "words": words,
            "is_locked": reader.is_locked,
            "earlier": [*texts.current, *texts.earlier],
            "form": form or _form_of_draft(case, kind, texts.draft.row if texts.draft else None, words),
            "emergency": lines_to_call_first(case.desk.country_id) if kind == AssessmentKind.RISK else [],
            "lowering": what_lowering_needs(case) if kind == AssessmentKind.RISK and case.risk != Risk.LOW else "",
            "back": _section(case),
            "has_unsaved": request.method == "POST",
        }
        return render(request, "desks/assessments/assessment.html", context, status=status)

    return with_reader(request, case, show, "assessments")


def _form_of_draft(case: Case, kind: AssessmentKind, draft: Assessment | None, words: Written | None) -> AssessmentForm:
    """Who has not seen the draft writes a second text beside it: nothing is written over."""
    if draft is None or words is None or words.is_locked or words.is_damaged:
        return AssessmentForm(kind, case=case)
    return AssessmentForm(kind, case=case, initial={**words.content, "seen": draft.envelope_id})


def _assessment_of(request: VaultRequest, slug: str, reference: str, number: int) -> tuple[Case, Assessment]:
    case = get_case_or_404(request.user, slug, reference)
    return case, get_object_or_404(Assessment.objects.select_related("case", "author"), case=case, pk=number)


def _ask_to_approve(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> Confirmation | None:
    """What follows from agreeing."""
    if step != "approve":
        return None
    case, row = _assessment_of(request, slug, reference, number)
    consequences = [_("Signed by %(name)s.") % {"name": row.author.name if row.author else "–"}]
    if row.kind == AssessmentKind.RISK:
        names = {"reference": case.reference, "risk": Risk(row.risk).label if row.risk else "–"}
        question = _("Lower the risk of %(reference)s?") % names
        consequences += [
            _("The risk is from now on: %(risk)s") % names,
            _("It moves down in the list of cases."),
        ]
        verb = _("Lower the risk")
    else:
        question = _("Approve the determination for %(reference)s?") % {"reference": case.reference}
        consequences.append(_("The outcomes that need a determination become possible."))
        verb = _("Approve")
    is_possible = row.state == AssessmentState.ASKED and row.author_id != request.user.pk
    return Confirmation(question, tuple(consequences), verb, _section(case), is_possible=is_possible)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@asks_first(_ask_to_approve)
@refusals_on_page
def settle(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponseBase:
    """Choose between two texts; agree to what was signed, or give it back."""
    case, row = _assessment_of(request, slug, reference, number)
    if step == "give-back":
        return _give_back(request, case, row)
    if request.method != "POST" or step not in {*CHOICES, "approve"}:
        raise Http404
    if step == "approve":
        approvals.approve_assessment(row, by=request.user)
        messages.success(request, _("Done. The timeline shows who asked and who approved."))
    else:
        CHOICES[step](row, by=request.user)
        messages.success(request, _("Your choice is saved. The other text is kept."))
    return redirect(_section(case))


def _give_back(request: VaultRequest, case: Case, row: Assessment) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        approvals.give_back_assessment(row, form.cleaned_data["words"], by=request.user)
        messages.success(request, _("The request is given back, with your reason."))
        return redirect(_section(case))
    return render_step(
        request,
        case,
        form,
        title=_("Give the request back"),
        verb=_("Return the request"),
        back=_section(case),
    )
