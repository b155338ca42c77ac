"""The door of a service: offered, accepted, declined, given, ended, and why it may be given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desks.cases.case_views import get_case_or_404, render_step
from desks.cases.code_lists import Answer
from desks.cases.forms import StepForm
from desks.cases.steps import can_write
from desks.desk.errors import DeskRefusal
from desks.plans import provision
from desks.plans.casework import ServiceRow
from desks.plans.code_lists import ServiceBasis
from desks.plans.states import ServiceState
from desks.plans.step_forms import (
    ServiceAnswerForm,
    ServiceBasisForm,
    ServiceEndForm,
    ServiceGivenForm,
    ServiceMoveForm,
)
from victor.access import requires

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest


def _move_to(state: ServiceState) -> Callable[[ServiceRow, StepForm, User], object]:
    def move(row: ServiceRow, form: StepForm, user: User) -> object:
        data = form.cleaned_data
        basis = ServiceBasis(data["basis"]) if data.get("basis") else None
        helpful = Answer(data["helpful"]) if data.get("helpful") else None
        words = {"text": data["text"]}
        return provision.move_service(row, state, words, day=data["day"], basis=basis, helpful=helpful, by=user)

    return move


def _record_basis(row: ServiceRow, form: StepForm, user: User) -> object:
    data = form.cleaned_data
    return provision.record_basis(row, ServiceBasis(data["basis"]), {"text": data["text"]}, day=data["day"], by=user)


@dataclass(frozen=True)
class ServicePage:
    """What a step of a service asks for, under which title, and its one action."""

    title: StrOrPromise
    form: type[StepForm]
    apply: Callable[[ServiceRow, StepForm, User], object]


FORMS: dict[ServiceState, type[StepForm]] = {
    ServiceState.OFFERED: ServiceMoveForm,
    ServiceState.ACCEPTED: ServiceAnswerForm,
    ServiceState.DECLINED: ServiceAnswerForm,
    ServiceState.PROVIDED: ServiceGivenForm,
    ServiceState.ENDED: ServiceEndForm,
}
PAGES = {str(state): ServicePage(state.label, form, _move_to(state)) for state, form in FORMS.items()}
PAGES["basis"] = ServicePage(gettext_lazy("Consent or another basis"), ServiceBasisForm, _record_basis)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponse:
    """Record what has happened with one service."""
    case = get_case_or_404(request.user, slug, reference)
    row = get_object_or_404(ServiceRow.objects.select_related("case"), case=case, pk=number)
    if step not in PAGES:
        raise Http404
    page, back = PAGES[step], reverse("desks:case_section", args=[slug, reference, "services"])
    if not case.is_running or not can_write(case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect(back)
    form = page.form(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        try:
            page.apply(row, form, request.user)
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The service is saved."))
            return redirect(back)
    return render_step(
        request,
        case,
        form,
        title=page.title,
        lead=row.get_service_display(),
        verb=_("Save the step"),
        back=back,
    )
