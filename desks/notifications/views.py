"""The doors of notifications: the list, what was sent, one that is not told, the letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from desks.cases.case_views import get_case_or_404, refusals_on_page, render_step
from desks.cases.step_forms import ReasonForm
from desks.desk.errors import DeskRefusal
from desks.notifications import actions, approvals
from desks.notifications.forms import AuthorityForm, LetterForm, ReceiptForm, SentForm
from desks.notifications.letters import LetterWish, make_letter
from desks.notifications.models import Notification
from desks.notifications.presenters import languages_of
from desks.notifications.states import AuthorityKind, Channel
from victor.access import requires
from victor.files.downloads import PDF, answer_with_file
from victor.vault.errors import VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.forms import StepForm
    from desks.cases.models import Case
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest


@dataclass(frozen=True)
class NotificationPage:
    """What a step about an authority asks for, in which words, and its one action."""

    title: StrOrPromise
    verb: StrOrPromise
    message: StrOrPromise
    form: type[StepForm]
    apply: Callable[[Notification, StepForm, User], object]
    lead: StrOrPromise = ""


def _words(form: StepForm) -> dict[str, object]:
    return {name: form.cleaned_data[name] for name in ("number", "text")}


def _send(row: Notification, form: StepForm, user: User) -> object:
    data = form.cleaned_data
    facts = {"sent_on": data["sent_on"], "how": Channel(data["how"]), "receipt": data["receipt"]}
    return actions.record_sent(row, _words(form), by=user, **facts)


PAGES = {
    "sent": NotificationPage(
        gettext_lazy("Authority notified"),
        gettext_lazy("Save what was sent"),
        gettext_lazy("It is saved that this authority was told."),
        SentForm,
        _send,
        gettext_lazy("The portal sends nothing. Telephone first, then write to the address they give you."),
    ),
    "receipt": NotificationPage(
        gettext_lazy("Receipt confirmed"),
        gettext_lazy("Save the receipt"),
        gettext_lazy("The receipt is saved."),
        ReceiptForm,
        lambda row, form, user: actions.record_receipt(row, _words(form), by=user),
    ),
    "not-told": NotificationPage(
        gettext_lazy("One not to be told?"),
        gettext_lazy("Ask the lead"),
        gettext_lazy("The lead decides. Until then the time runs on."),
        ReasonForm,
        lambda row, form, user: actions.ask_exception(row, form.cleaned_data["words"], by=user),
        gettext_lazy("Nobody's consent is needed to notify. Give a reason: the lead decides."),
    ),
    "allow": NotificationPage(
        gettext_lazy("This authority is not told"),
        gettext_lazy("Agree"),
        gettext_lazy("This authority is not told. Your reason is kept."),
        ReasonForm,
        lambda row, form, user: approvals.allow_exception(row, form.cleaned_data["words"], by=user),
    ),
    "refuse": NotificationPage(
        gettext_lazy("This authority is told"),
        gettext_lazy("Do not agree"),
        gettext_lazy("This authority has to be told. Your reason is kept."),
        ReasonForm,
        lambda row, form, user: approvals.refuse_exception(row, form.cleaned_data["words"], by=user),
    ),
}


def _section(case: Case) -> str:
    return reverse("desks:case_section", args=[case.desk.slug, case.reference, "authorities"])


def _notification_of(request: VaultRequest, slug: str, reference: str, number: int) -> tuple[Case, Notification]:
    case = get_case_or_404(request.user, slug, reference)
    return case, get_object_or_404(Notification.objects.select_related("case", "authority"), case=case, pk=number)


@requires("desks.work")
@require_POST
@refusals_on_page
def take_list(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Make a row for each authority of the country's list."""
    case = get_case_or_404(request.user, slug, reference)
    actions.prepare_notifications(case, by=request.user)
    messages.success(request, _("The authorities of the list are added, all with the same start."))
    return redirect(_section(case))


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Add an authority that is on no list."""
    case = get_case_or_404(request.user, slug, reference)
    form = AuthorityForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_authority(case, AuthorityKind(data["kind"]), data["name"], by=request.user)
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The authority is added."))
            return redirect(_section(case))
    return _show(request, case, form, _("Add an authority"), _("Add this authority"))


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponse:
    """Record what was done about one authority."""
    case, row = _notification_of(request, slug, reference, number)
    if step not in PAGES:
        raise Http404
    page = PAGES[step]
    form = page.form(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        try:
            page.apply(row, form, request.user)
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, page.message)
            return redirect(_section(case))
    return _show(request, case, form, page.title, page.verb, lead=page.lead)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def letter(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """Make the letter to an authority. It is handed to whoever asks, and kept nowhere."""
    case, row = _notification_of(request, slug, reference, number)
    form = LetterForm(request.POST if request.method == "POST" else None, case=case)
    form.fit(row, languages_of(case))
    if form.is_valid():
        try:
            content = make_letter(row, LetterWish(**form.cleaned_data), by=request.unlocked_vault)
        except (DeskRefusal, VaultRefusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _file(case, row, content)
    lead = _("Print it and send it yourself: by post, by hand, or in the authority's own system. Never by email.")
    return _show(request, case, form, _("Letter to an authority"), _("Make the letter"), lead=lead)


def _file(case: Case, row: Notification, content: bytes) -> HttpResponse:
    earlier = Notification.objects.filter(case=case, pk__lte=row.pk).count()
    return answer_with_file(f"{case.reference}-letter-{earlier}.pdf", content, PDF)


def _show(
    request: VaultRequest,
    case: Case,
    form: StepForm,
    title: StrOrPromise,
    verb: StrOrPromise,
    *,
    lead: StrOrPromise = "",
) -> HttpResponse:
    return render_step(
        request,
        case,
        form,
        title=title,
        lead=lead,
        verb=verb,
        back=_section(case),
    )
