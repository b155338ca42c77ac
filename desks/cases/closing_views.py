"""What takes two people, or cannot be undone: decisions on requests, and a case for named people only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desks.cases import closures, restrictions
from desks.cases.case_views import get_case_or_404, refusals_on_page, render_step
from desks.cases.code_lists import ClosureOutcome
from desks.cases.locks import able_colleagues
from desks.cases.requests import MoveRequest
from desks.cases.states import CaseMove
from desks.cases.step_forms import DecisionForm, PersonForm, ReasonForm, RestrictForm
from desks.cases.steps import can_write
from desks.desk.errors import DeskRefusal
from victor.access import require, requires
from victor.confirmations import Confirmation, asks_first, confirmation_data
from victor.vault.errors import VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest


def _request_of(request: VaultRequest, slug: str, reference: str, number: int) -> tuple[Case, MoveRequest]:
    case = get_case_or_404(request.user, slug, reference)
    return case, get_object_or_404(MoveRequest.objects.select_related("case", "author"), case=case, pk=number)


def _ask_to_decide(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> Confirmation | None:
    """What follows from agreeing."""
    if step != "approve":
        return None
    case, asked = _request_of(request, slug, reference, number)
    names = {"reference": case.reference, "name": asked.author.name if asked.author else "–"}
    if asked.move == CaseMove.CLOSE:
        outcome = {"outcome": ClosureOutcome(asked.closure.outcome).label}
        question = _("Close %(reference)s?") % names
        consequences = [
            _("Outcome: %(outcome)s") % outcome,
            _("Asked for by %(name)s.") % names,
            _("Reminders end. Follow-ups after six and twelve months stay, where they were asked for."),
            _("The case can be reopened by two people."),
        ]
        verb = _("Close the case")
    elif asked.move == CaseMove.REOPEN:
        question = _("Reopen %(reference)s?") % names
        consequences = [
            _("Asked for by %(name)s.") % names,
            _("The case is in support again. The deletion date is lifted."),
        ]
        verb = _("Reopen the case")
    elif asked.move == CaseMove.MERGE:
        names["other"] = asked.merge.into.reference
        question = _("Merge %(reference)s with %(other)s?") % names
        consequences = [
            _("Asked for by %(name)s.") % names,
            _("The work goes on in %(other)s. Nothing new is written in %(reference)s; it stays readable.") % names,
            _("A supervisor can undo this for 30 days."),
        ]
        verb = _("Merge the cases")
    else:
        question = _("Move %(reference)s to the next stage?") % names
        consequences = [
            _("Next stage: %(stage)s") % {"stage": CaseMove(asked.move).label},
            _("Asked for by %(name)s.") % names,
        ]
        verb = _("Approve")
    return Confirmation(
        question=question,
        consequences=tuple(consequences),
        verb=verb,
        back=reverse("desks:case", args=[slug, reference]),
        form=DecisionForm(confirmation_data(request), case=case),
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@asks_first(_ask_to_decide)
@refusals_on_page
def decide(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponseBase:
    """Agree, give back, or withdraw what one has asked oneself."""
    case, asked = _request_of(request, slug, reference, number)
    if step == "approve":
        form = DecisionForm(request.POST, case=case)
        form.is_valid()
        closures.approve_move(asked, form.cleaned_data.get("words", ""), by=request.user)
        messages.success(request, _("Done. The timeline shows who asked and who approved."))
    elif step == "withdraw" and request.method == "POST":
        closures.withdraw_request(asked, by=request.user)
        messages.success(request, _("Your request is withdrawn."))
    elif step == "give-back":
        return _give_back(request, case, asked)
    else:
        raise Http404
    return redirect("desks:case", slug, reference)


def _give_back(request: VaultRequest, case: Case, asked: MoveRequest) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        closures.give_back_move(asked, form.cleaned_data["words"], by=request.user)
        messages.success(request, _("The request is given back, with your reason."))
        return redirect("desks:case", case.desk.slug, case.reference)
    return render_step(
        request,
        case,
        form,
        title=_("Give the request back"),
        verb=_("Return the request"),
        back=reverse("desks:case", args=[case.desk.slug, case.reference]),
    )


def _ask_to_restrict(request: VaultRequest, slug: str, reference: str) -> Confirmation:
    case = get_case_or_404(request.user, slug, reference)
    require(request.user, "desks.lead_case", case)
    count = able_colleagues(case).count()
    return Confirmation(
        question=_("Restrict %(reference)s to named people?") % {"reference": case.reference},
        consequences=(
            _("%(count)d colleagues can open it now. From this moment only those whom you name can.")
            % {"count": count},
            _("The others get “Not found”. Supervisors who are not named see the reference and due times."),
            _("The recovery officers of your desk, two together, can restore a lost access."),
        ),
        verb=_("Restrict the case"),
        back=reverse("desks:case", args=[slug, reference]),
        form=RestrictForm(confirmation_data(request), case=case),
        is_possible=can_write(case, request.user) and not case.is_restricted,
    )


@requires("desks.lead")
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
@asks_first(_ask_to_restrict)
@refusals_on_page
def restrict(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """From now on only named people open the case."""
    case = get_case_or_404(request.user, slug, reference)
    form = RestrictForm(request.POST, case=case)
    form.is_valid()
    people = list(form.cleaned_data.get("people", []))
    restrictions.restrict_case(case, people, by=request.unlocked_vault)
    messages.success(request, _("Only the named people can open the case now."))
    return redirect("desks:case", slug, reference)


@requires("desks.lead")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def lift_restriction(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """The whole desk opens the case again."""
    case = get_case_or_404(request.user, slug, reference)
    require(request.user, "desks.lead_case", case)
    if not case.is_restricted:
        messages.error(request, _("This step is not possible now."))
        return redirect("desks:case", slug, reference)
    form = ReasonForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        try:
            restrictions.lift_restriction(case, form.cleaned_data["words"], by=request.unlocked_vault)
        except (DeskRefusal, VaultRefusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("All who work at your desk can open the case again."))
            return redirect("desks:case_section", slug, reference, "people")
    return render_step(
        request,
        case,
        form,
        title=_("Lift the restriction"),
        lead=_("All who work at your desk can then open this case. Your reason stands in the timeline."),
        verb=_("Lift the restriction"),
        back=reverse("desks:case_section", args=[slug, reference, "people"]),
    )


@requires("desks.lead")
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def name_person(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """One more person may open a restricted case."""
    case = get_case_or_404(request.user, slug, reference)
    require(request.user, "desks.lead_case", case)
    form = PersonForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        try:
            restrictions.name_person(case, form.cleaned_data["person"], by=request.unlocked_vault)
        except (DeskRefusal, VaultRefusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This person can open the case now."))
            return redirect("desks:case_section", slug, reference, "people")
    return render_step(
        request,
        case,
        form,
        title=_("Named people"),
        verb=_("Add a person"),
        back=reverse("desks:case_section", args=[slug, reference, "people"]),
    )


def _named_person(request: VaultRequest, slug: str, reference: str, number: int) -> tuple[Case, User]:
    case = get_case_or_404(request.user, slug, reference)
    require(request.user, "desks.lead_case", case)
    if not case.is_restricted:
        raise Http404
    return case, get_object_or_404(able_colleagues(case), pk=number)


def _ask_to_remove(request: VaultRequest, slug: str, reference: str, number: int) -> Confirmation:
    case, person = _named_person(request, slug, reference, number)
    names = {"reference": case.reference, "name": person.name}
    return Confirmation(
        question=_("Remove %(name)s from %(reference)s?") % names,
        consequences=(
            _("%(name)s can no longer open this case.") % names,
            _("At least two people who hold keys have to remain."),
        ),
        verb=_("Remove this person"),
        back=reverse("desks:case_section", args=[slug, reference, "people"]),
    )


@requires("desks.lead")
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
@asks_first(_ask_to_remove)
@refusals_on_page
def remove_person(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """Somebody may no longer open a restricted case."""
    case, person = _named_person(request, slug, reference, number)
    restrictions.remove_person(case, person, by=request.unlocked_vault)
    messages.success(request, _("This person can no longer open the case."))
    if person == request.user:
        return redirect("desks:cases", slug)
    return redirect("desks:case_section", slug, reference, "people")
