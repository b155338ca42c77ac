"""The doors of plans: write one and ask for approval, choose between two texts, approve, agree, end a goal."""

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

from desks.cases.case_views import answer_self_saving, get_case_or_404, refusals_on_page, render_step, with_reader
from desks.cases.step_forms import ReasonForm
from desks.cases.steps import can_write
from desks.desk.errors import DeskRefusal
from desks.plans import actions, approvals
from desks.plans.approvals import SignatureFacts
from desks.plans.code_lists import AnswerWay, PlanAnswer, SignerRole
from desks.plans.completeness import RETURN_NEEDS
from desks.plans.errors import ReturnLacks
from desks.plans.forms import PlanForm
from desks.plans.models import Goal, Plan
from desks.plans.presenters import plans_of_case, return_needs
from desks.plans.states import VALID_STATES, GoalState, PlanState
from desks.plans.step_forms import GoalForm, SignatureForm
from victor.access import requires
from victor.confirmations import Confirmation, asks_first

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django_stubs_ext import StrOrPromise

    from desks.cases.forms import StepForm
    from desks.cases.models import Case
    from desks.cases.sections import CaseReader
    from desks.plans.completeness import ReturnNeed
    from desks.plans.presenters import PlanOfCase, ShownPlan
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest

CHOICES = {"use": actions.use_second_plan, "aside": actions.set_second_plan_aside}


def _section(case: Case) -> str:
    return reverse("desks:case_section", args=[case.desk.slug, case.reference, "plan"])


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Write a plan, with the earlier versions beside it. It works with a locked vault, too."""
    case = get_case_or_404(request.user, slug, reference)
    if request.POST.get("go") == "auto":
        return _autosave(PlanForm(request.POST, case=case), request.user)
    if not case.is_running or not can_write(case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect(_section(case))
    if request.method != "POST":
        return _show(request, case, None)
    form = PlanForm(request.POST, case=case)
    if not form.is_valid():
        return _show(request, case, form, status=422)
    if request.POST.get("go") == "more":
        return _show(request, case, _with_more_goals(request, case, form))
    try:
        row = _save(request, case, form)
    except DeskRefusal as refusal:
        form.show_refusal(refusal)
        needs = RETURN_NEEDS if isinstance(refusal, ReturnLacks) else ()
        return _show(request, case, form, needs=needs, status=409)
    _add_message(request, row)
    return redirect(_section(case))


def _autosave(form: PlanForm, user: User) -> HttpResponse:
    return answer_self_saving(
        form, lambda: actions.autosave_plan(form.case, form.text, seen=form.seen_envelope, by=user)
    )


def _with_more_goals(request: VaultRequest, case: Case, form: PlanForm) -> PlanForm:
    """The same form with room for more goals. Nothing is saved, and nothing that was typed is lost."""
    grown = request.POST.copy()
    grown["count"] = str(form.goal_count + 2)
    return PlanForm(grown, case=case)


def _save(request: VaultRequest, case: Case, form: PlanForm) -> Plan:
    save = actions.request_approval if request.POST.get("go") == "ask" else actions.save_plan
    return save(case, form.text, seen=form.seen_envelope, by=request.user)


def _add_message(request: VaultRequest, row: Plan) -> None:
    if row.state == PlanState.SECOND:
        messages.warning(
            request, _("Somebody else saved this part while you wrote. Both texts are kept. Please choose.")
        )
    elif row.state == PlanState.DRAFT:
        messages.success(request, _("Your draft is saved."))
    else:
        messages.success(request, _("Another supervisor approves the plan. This version cannot be changed any more."))


def _show(
    request: VaultRequest,
    case: Case,
    form: PlanForm | None,
    *,
    needs: Sequence[ReturnNeed] = (),
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed, or with the draft. With a locked vault it is empty, and the draft is covered."""

    def show(reader: CaseReader) -> HttpResponse:
        plans = plans_of_case(reader)
        context = {
            "case": case,
            "plans": plans,
            "words": plans.draft.words if plans.draft else None,
            "is_locked": reader.is_locked,
            "form": form or _form_of(case, plans),
            "needs": needs or return_needs(plans.draft),
            "back": _section(case),
            "has_unsaved": request.method == "POST",
        }
        return render(request, "desks/plans/plan.html", context, status=status)

    return with_reader(request, case, show, "plan")


def _form_of(case: Case, plans: PlanOfCase) -> PlanForm:
    """The draft; else the last version, with the goals that go on. Who has not seen the draft writes a second text."""
    before = plans.draft or next(iter(plans.current), None)
    if before is None or before.words is None or before.words.is_locked or before.words.is_damaged:
        return PlanForm(case=case)
    initial = {name: value for name, value in before.words.content.items() if name != "goals"}
    if plans.draft is None:
        initial.pop("changed", None)
    else:
        initial["seen"] = before.row.envelope_id
    goals = _goals_to_go_on(before)
    for number, goal in enumerate(goals, start=1):
        initial |= {f"goal_{number}_{name}": value for name, value in goal.items()}
    form = PlanForm(case=case, initial=initial)
    form.show_goals(len(goals) + 1)
    return form


def _goals_to_go_on(plan: ShownPlan) -> list[dict[str, object]]:
    texts = plan.words.content.get("goals") if plan.words else None
    words = texts if isinstance(texts, list) else []
    return [
        {**words[goal.row.number - 1], "kind": goal.row.kind, "planned_on": goal.row.planned_on}
        for goal in plan.goals
        if goal.row.state == GoalState.OPEN and goal.row.number <= len(words)
    ]


def _plan_of(request: VaultRequest, slug: str, reference: str, number: int) -> tuple[Case, Plan]:
    case = get_case_or_404(request.user, slug, reference)
    return case, get_object_or_404(Plan.objects.select_related("case", "author"), case=case, pk=number)


def _ask_to_approve(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> Confirmation | None:
    """What follows from agreeing."""
    if step != "approve":
        return None
    case, row = _plan_of(request, slug, reference, number)
    consequences = (
        _("Written by %(name)s.") % {"name": row.author.name if row.author else "–"},
        _("The child and the guardian are asked to agree. A plan that was agreed before stays until then."),
    )
    is_possible = row.state == PlanState.ASKED and request.user.pk not in {row.author_id, *row.writers}
    question = _("Approve version %(number)d of the plan for %(reference)s?")
    names = {"number": row.version, "reference": case.reference}
    return Confirmation(question % names, consequences, _("Approve"), _section(case), is_possible=is_possible)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@asks_first(_ask_to_approve)
@refusals_on_page
def settle(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponseBase:
    """Choose between two texts; approve a plan, or give it back; record who agrees."""
    case, row = _plan_of(request, slug, reference, number)
    if step == "give-back":
        return _give_back(request, case, row)
    if step == "sign":
        return _sign(request, case, row)
    if request.method != "POST" or step not in {*CHOICES, "approve"}:
        raise Http404
    if step == "approve":
        approvals.approve_plan(row, by=request.user)
        messages.success(request, _("The plan is approved. Now ask the child and the guardian."))
    else:
        CHOICES[step](row, by=request.user)
        messages.success(request, _("Your choice is saved. The other text is kept."))
    return redirect(_section(case))


def _give_back(request: VaultRequest, case: Case, row: Plan) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None, case=case)

    def save() -> object:
        return approvals.give_back_plan(row, form.cleaned_data["words"], by=request.user)

    return _take_step(
        request,
        case,
        form,
        save,
        (_("Give the plan back"), _("Give back"), _("The plan is given back, with your reason.")),
    )


def _sign(request: VaultRequest, case: Case, row: Plan) -> HttpResponse:
    form = SignatureForm(request.POST if request.method == "POST" else None, case=case)

    def save() -> object:
        data = form.cleaned_data
        facts = SignatureFacts(
            SignerRole(data["role"]), PlanAnswer(data["answer"]), AnswerWay(data["way"]), data["signed_on"]
        )
        words = {name: data[name] for name in ("name", "text") if data[name]}
        return approvals.record_signature(row, facts, words, by=request.user)

    words = (_("Agreement to the plan"), _("Save the answer"), _("The answer is saved."))
    return _take_step(request, case, form, save, words, is_possible=row.state in VALID_STATES)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """A goal is reached, changed or dropped."""
    case = get_case_or_404(request.user, slug, reference)
    row = get_object_or_404(Goal.objects.select_related("plan__case"), case=case, pk=number)
    form = GoalForm(request.POST if request.method == "POST" else None, case=case)

    def save() -> object:
        data = form.cleaned_data
        return approvals.end_goal(
            row, GoalState(data["state"]), data["words"], ended_on=data["ended_on"], by=request.user
        )

    words = (_("What became of the goal?"), _("Save the result"), _("The result is saved."))
    return _take_step(request, case, form, save, words)


def _take_step(
    request: VaultRequest,
    case: Case,
    form: StepForm,
    save: Callable[[], object],
    words: tuple[StrOrPromise, StrOrPromise, StrOrPromise],
    *,
    is_possible: bool = True,
) -> HttpResponse:
    """One page that asks for something and keeps what was typed. `words`: its title, its button, the message after."""
    title, verb, message = words
    if not is_possible or not case.is_running or not can_write(case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect(_section(case))
    if form.is_valid() and _is_done(form, save):
        messages.success(request, message)
        return redirect(_section(case))
    return render_step(request, case, form, title=title, verb=verb, back=_section(case))


def _is_done(form: StepForm, save: Callable[[], object]) -> bool:
    """Take the step; a refusal stands above the form."""
    try:
        save()
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
