"""Pages of agreements: the list, one agreement, its draft, its signatures, and its moves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.agreements import actions
from partners.agreements.dependants import dependants_in_words
from partners.agreements.forms import AgreementFilterForm, AgreementForm, MoveReasonForm, OwnerForm, SignatureForm
from partners.agreements.models import Agreement
from partners.agreements.presenters import AgreementList, AgreementPage
from partners.agreements.states import DECISION_DAYS, MOVES_WITH_REASON, AgreementMove, Gate
from victor.access import SignedInRequest, requires
from victor.accounts.errors import AccountRefusal
from victor.confirmations import Confirmation, asks_first, confirmation_data, confirmed_values
from victor.formatting import long_day

STEP_MESSAGES = {
    AgreementMove.SEND: gettext_lazy("The agreement is in signature. Enter the date of each party."),
    AgreementMove.TAKE_BACK: gettext_lazy("The agreement is a draft again."),
    AgreementMove.SIGN: gettext_lazy("The agreement is signed. What it allows is open from its first day."),
    AgreementMove.SUSPEND: gettext_lazy("The agreement is suspended."),
    AgreementMove.RESUME: gettext_lazy("The agreement is in force again."),
    AgreementMove.TERMINATE: gettext_lazy("The agreement is terminated."),
}
QUESTIONS = {
    AgreementMove.SUSPEND: (gettext_lazy("Suspend agreement %(code)s?"), gettext_lazy("Suspend")),
    AgreementMove.TERMINATE: (gettext_lazy("Terminate agreement %(code)s?"), gettext_lazy("Terminate")),
}


@requires("partners.view_agreements")
@require_safe
def agreements(request: SignedInRequest) -> HttpResponse:
    """The agreements that the reader may see; what needs action stands first."""
    form = AgreementFilterForm(request.GET or None)
    context = {"form": form, "listed": AgreementList.of(form, request.user)}
    return render(request, "partners/agreements/agreements.html", context)


@requires("partners.view_agreements")
@require_safe
def agreement(request: SignedInRequest, pk: int) -> HttpResponse:
    """One agreement: what it allows, who has signed, what can be done."""
    shown = get_agreement(request, pk)
    context = {"agreement": shown, "page": AgreementPage.of(shown, request.user)}
    return render(request, "partners/agreements/agreement.html", context)


@requires("partners.manage_agreements")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: SignedInRequest) -> HttpResponse:
    """Draft a new agreement."""
    return _edit(request, AgreementForm(request.POST or None))


@requires("partners.manage_agreements")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    shown = get_agreement(request, pk)
    return _edit(request, AgreementForm(request.POST or None, instance=get_agreement(request, pk)), shown)


@requires("partners.manage_agreements")
@require_POST
def sign_for_party(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Note which office has signed for a party, and when."""
    shown = get_agreement(request, pk)
    party = get_object_or_404(shown.parties.select_related("agreement"), pk=number)
    form = SignatureForm(request.POST, instance=party, prefix=f"party{party.pk}")
    if not form.is_valid():
        return _page_with(request, shown, party.pk, form)
    try:
        actions.record_signature(party, **form.cleaned_data, by=request.user)
    except AccountRefusal as refusal:
        form.add_error(None, str(refusal))
        return _page_with(request, shown, party.pk, form)
    messages.success(request, _("The signature has been saved."))
    return redirect(shown)


@requires("partners.manage_agreements")
@require_POST
def name_owner(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name another owner."""
    shown, form = get_agreement(request, pk), OwnerForm(request.POST)
    if form.is_valid():
        actions.change_owner(shown, form.cleaned_data["owner"], by=request.user)
        messages.success(request, _("Reminders of this agreement go to this person from now on."))
    else:
        messages.error(request, _("Choose an owner who can log in. Reminders go to this person."))
    return redirect(shown)


@requires("partners.manage_agreements")
@require_POST
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draft the next period."""
    shown = get_agreement(request, pk)
    try:
        renewal = actions.renew_agreement(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    messages.success(request, _("This is the draft of the new period. The old one stays as it was."))
    return redirect("partners:edit_agreement", renewal.pk)


def _ask_for_reason(request: SignedInRequest, pk: int, step: str) -> Confirmation | None:
    if step not in MOVES_WITH_REASON:
        return None
    shown = get_agreement(request, pk)
    question, verb = QUESTIONS[AgreementMove(step)]
    return Confirmation(
        question=question % {"code": shown.code},
        consequences=(
            _("From this moment nothing new is allowed by it. What was begun stays open."),
            *dependants_in_words(shown),
            *_decision_sentence(shown),
            _("The reason is shown to its parties."),
        ),
        verb=verb,
        back=shown.get_absolute_url(),
        form=MoveReasonForm(confirmation_data(request)),
    )


def _decision_sentence(agreement: Agreement) -> list[str]:
    """By when both desks decide on what runs between them."""
    if Gate.REFERRALS not in agreement.gates:
        return []
    day = long_day(timezone.localdate() + DECISION_DAYS)
    return [_("Both desks have each running referral in their tasks, and decide on it by %(day)s.") % {"day": day}]


@requires("partners.manage_agreements")
@require_POST
@asks_first(_ask_for_reason)
def take_step(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Take an agreement from one state to the next."""
    shown, move = get_agreement(request, pk), AgreementMove(step)
    reason = confirmed_values(request).get("reason", "") if move in MOVES_WITH_REASON else ""
    try:
        actions.move_agreement(shown, move, reason=reason, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, STEP_MESSAGES[move])
    return redirect(shown)


def _edit(request: SignedInRequest, form: AgreementForm, shown: Agreement | None = None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("organisations", "countries")}
        try:
            saved = actions.prepare_agreement(form.save(commit=False), **chosen, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft has been saved."))
            return redirect(saved)
    return render(request, "partners/agreements/edit.html", {"form": form, "agreement": shown})


def _page_with(request: SignedInRequest, shown: Agreement, party: int, form: SignatureForm) -> HttpResponse:
    """The page with what was typed for a party, and why it was not saved."""
    page = AgreementPage.of(get_agreement(request, shown.pk), request.user)
    page.parties[:] = [(row, form if row.pk == party else other) for row, other in page.parties]
    context = {"agreement": page.row.agreement, "page": page, "refused": form}
    return render(request, "partners/agreements/agreement.html", context, status=422)


def get_agreement(request: SignedInRequest, pk: int) -> Agreement:
    """One that the reader may see; otherwise there is none."""
    visible = Agreement.objects.visible_to(request.user).for_listing()
    shown: Agreement = get_object_or_404(visible, pk=pk)
    return shown
