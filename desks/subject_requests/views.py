"""The doors of requests of the people concerned: their steps at a desk, and the list of all desks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from desks.cases.case_views import get_case_or_404, render_step
from desks.cases.rules import supervises
from desks.cases.steps import holds_keys
from desks.desk.errors import DeskRefusal
from desks.subject_requests import actions
from desks.subject_requests.forms import DecisionForm, IdentityForm, WordsForm
from desks.subject_requests.models import SubjectRequest
from desks.subject_requests.presenters import GUIDANCE
from desks.subject_requests.states import SubjectDecision
from victor.access import SignedInRequest, requires
from victor.vault.errors import VaultRefusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.forms import StepForm
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest

PAGE_LENGTH = 50


@dataclass(frozen=True)
class StepPage:
    """What a step asks for, in which words, and its one action."""

    title: StrOrPromise
    verb: StrOrPromise
    message: StrOrPromise
    form: type[StepForm]
    apply: Callable[[SubjectRequest, Any, User], object]
    needs_supervisor: bool = False


PAGES = {
    "identity": StepPage(
        title=gettext_lazy("Check who asks"),
        verb=gettext_lazy("Save the check"),
        message=gettext_lazy("The check is saved."),
        form=IdentityForm,
        apply=lambda row, form, user: actions.check_identity(row, form.cleaned_data["words"], by=user),
    ),
    "extend": StepPage(
        title=gettext_lazy("Take two months more"),
        verb=gettext_lazy("Take two months more"),
        message=gettext_lazy("There are two months more. Tell whoever asked why."),
        form=WordsForm,
        apply=lambda row, form, user: actions.extend_request(row, form.cleaned_data["words"], by=user),
    ),
    "withdraw": StepPage(
        title=gettext_lazy("They no longer ask for it"),
        verb=gettext_lazy("Save that it is withdrawn"),
        message=gettext_lazy("The request is withdrawn."),
        form=WordsForm,
        apply=lambda row, form, user: actions.withdraw_request(row, form.cleaned_data["words"], by=user),
    ),
    "decide": StepPage(
        title=gettext_lazy("Decide the request"),
        verb=gettext_lazy("Save the decision"),
        message=gettext_lazy("The decision is saved. Tell whoever asked."),
        form=DecisionForm,
        apply=lambda row, form, user: actions.decide_request(
            row, SubjectDecision(form.cleaned_data["decision"]), form.cleaned_data["words"], by=user
        ),
        needs_supervisor=True,
    ),
}


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def request_step(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponse:
    """Take a step of a request. What was typed stays where it is refused."""
    case = get_case_or_404(request.user, slug, reference)
    row = get_object_or_404(SubjectRequest.objects.select_related("case"), case=case, pk=number)
    if step not in PAGES:
        raise Http404
    page, back = PAGES[step], reverse("desks:case_section", args=[slug, reference, "rights"])
    is_possible = row.is_open and holds_keys(case, request.user)
    if not is_possible or (page.needs_supervisor and not supervises(request.user, case)):
        messages.error(request, _("This step is not possible now."))
        return redirect(back)
    form = page.form(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        try:
            page.apply(row, form, request.user)
        except (DeskRefusal, VaultRefusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, page.message)
            return redirect(back)
    lead = GUIDANCE[row.kind] if page.needs_supervisor else ""
    return render_step(request, case, form, title=page.title, lead=lead, verb=page.verb, back=back)


@requires("desks.view_subject_requests")
@require_safe
def requests(request: SignedInRequest) -> HttpResponse:
    """What people have asked at all desks, the soonest first: codes and days, without a word of content."""
    waiting = SubjectRequest.objects.open().for_listing()
    settled = SubjectRequest.objects.exclude(pk__in=waiting.values("pk")).for_listing().reverse()
    context = {
        "waiting": Paginator(waiting, PAGE_LENGTH).get_page(request.GET.get("waiting")),
        "page_obj": Paginator(settled, PAGE_LENGTH).get_page(request.GET.get("page")),
        "now": timezone.now(),
    }
    return render(request, "desks/subject_requests/requests.html", context)
