"""The doors of a referral that is written: for what and whom, what leaves, on which basis."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.cases.case_views import get_case_or_404
from desks.cases.steps import can_write
from desks.desk.errors import DeskRefusal
from desks.referrals import consents, wishes
from desks.referrals.code_lists import BasisKind, TransferGround
from desks.referrals.errors import AlreadyOpen, ConsentIncomplete
from desks.referrals.forms import BasisForm, ChoiceForm, ConsentForm, GroundForm, WishForm
from desks.referrals.legal_bases import LawfulBasis
from desks.referrals.models import Referral
from desks.referrals.presenters import shown_groups
from desks.referrals.sharing import read_snapshot
from desks.referrals.states import OPEN, SHARED, ReferralState, Side
from desks.referrals.views import get_referral_or_404
from victor.access import requires
from victor.vault.errors import VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from django.forms import Form
    from django_stubs_ext import StrOrPromise

    from desks.cases.models import Case
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Begin to refer the child of a case: what is asked for, and of whom."""
    case = get_case_or_404(request.user, slug, reference)
    if not case.is_running or not can_write(case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect("desks:case_section", slug, reference, "sharing")
    parent = _parent_of(request, case)
    form = WishForm(request.POST if request.method == "POST" else None, desk=case.desk, referral=parent)
    back = reverse("desks:case_section", args=[slug, reference, "sharing"])
    if form.is_valid():
        try:
            row = wishes.start_referral(case, form.wish, parent=parent, by=request.user)
        except AlreadyOpen as refusal:
            messages.error(request, str(refusal))
            return redirect("desks:referral", slug, refusal.referral.reference)
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("desks:referral_groups", slug, row.reference)
    title = _("Send an update") if parent else _("Refer")
    return _show(request, form, title=title, verb=_("Continue"), back=back, name=case.reference)


def _parent_of(request: VaultRequest, case: Case) -> Referral | None:
    """The referral that is brought up to date, where the address names one."""
    reference = request.GET.get("update", "")
    if not reference:
        return None
    return get_object_or_404(Referral, case=case, reference=reference, parent=None, state__in=sorted(SHARED))


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Ask for something else, or another desk."""
    row = _draft_or_404(request.user, slug, reference)
    form = WishForm(request.POST if request.method == "POST" else None, desk=row.from_desk, referral=row)
    return _save(
        request,
        row,
        form,
        lambda: wishes.change_wish(row, form.wish, by=request.user),
        title=_("What you ask for, and whom"),
        verb=_("Save"),
        next_page="desks:referral",
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Tick what leaves, group by group."""
    row = _draft_or_404(request.user, slug, reference)
    if row.case is None:
        raise Http404
    form = ChoiceForm(request.POST if request.method == "POST" else None, referral=row, case=row.case)
    return _save(
        request,
        row,
        form,
        lambda: wishes.choose_groups(row, form.choice, by=request.user),
        title=_("What leaves"),
        verb=_("Save the choice"),
        next_page="desks:referral",
        lead=_("Nothing is ticked beforehand. Before they accept, the other desk sees the summary only."),
    )


@requires("desks.work")
@require_safe
@needs_vault
def preview(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Exactly what would leave now."""
    row = _draft_or_404(request.user, slug, reference)
    try:
        snapshot = read_snapshot(row, by=request.unlocked_vault)
    except (DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
        return redirect("desks:referral", slug, reference)
    context = {"referral": row, "desk": row.from_desk, "groups": shown_groups(snapshot.groups)}
    return render(request, "desks/referrals/preview.html", context)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Write down a consent to this sharing act, or renew it."""
    row = _open_or_404(request.user, slug, reference)
    form = ConsentForm(request.POST if request.method == "POST" else None, referral=row)
    return _save(
        request,
        row,
        form,
        lambda: consents.record_consent(row, form.facts, by=request.user),
        title=_("Consent"),
        verb=_("Save the consent"),
        next_page="desks:referral",
        lead=_("All seven answers have to be yes. Without consent, another lawful basis needs a second person."),
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def basis(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Say why it is shared without consent."""
    row = _open_or_404(request.user, slug, reference)
    form = BasisForm(request.POST if request.method == "POST" else None)
    return _save(
        request,
        row,
        form,
        lambda: consents.record_basis(
            row, BasisKind(form.cleaned_data["kind"]), form.cleaned_data["reasons"], by=request.user
        ),
        title=_("Without consent"),
        verb=_("Save the basis"),
        next_page="desks:referral",
        lead=_("A supervisor who has not written this confirms it."),
    )


@requires("desks.lead")
@require_POST
def confirm_basis(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """A second person agrees that it is shared on this basis."""
    row = _open_or_404(request.user, slug, reference)
    lawful_basis = get_object_or_404(LawfulBasis, referral=row, pk=number)
    try:
        consents.confirm_basis(lawful_basis, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The basis is confirmed."))
    return redirect("desks:referral", slug, reference)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ground(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Say on what ground the data leave the European Union."""
    row = _draft_or_404(request.user, slug, reference)
    if not consents.needs_transfer_ground(row):
        raise Http404
    form = GroundForm(request.POST if request.method == "POST" else None, referral=row)
    return _save(
        request,
        row,
        form,
        lambda: consents.record_transfer_basis(
            row, TransferGround(form.cleaned_data["ground"]), form.cleaned_data["necessity"], by=request.user
        ),
        title=_("Ground of the transfer"),
        verb=_("Save the ground"),
        next_page="desks:referral",
        lead=_("This desk is outside the European Union. A public body cannot rely on consent."),
    )


def _draft_or_404(user: User, slug: str, reference: str) -> Referral:
    row = _open_or_404(user, slug, reference)
    if row.state != ReferralState.DRAFT:
        raise Http404
    return row


def _open_or_404(user: User, slug: str, reference: str) -> Referral:
    """A referral that is not over, for whoever may write in its case at the desk that refers."""
    row, side = get_referral_or_404(user, slug, reference)
    if side != Side.SENDER or row.state not in OPEN or row.case is None or not can_write(row.case, user):
        raise Http404
    return row


def _save(
    request: VaultRequest,
    row: Referral,
    form: Form,
    act: Callable[[], object],
    *,
    title: StrOrPromise,
    verb: StrOrPromise,
    next_page: str,
    lead: StrOrPromise = "",
) -> HttpResponseBase:
    """Do it where the form is right; else show it with what was typed, and the reason."""
    slug, back = row.from_desk.slug, reverse("desks:referral", args=[row.from_desk.slug, row.reference])
    if form.is_valid():
        try:
            act()
        except DeskRefusal as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(next_page, slug, row.reference)
    return _show(request, form, title=title, verb=verb, back=back, lead=lead, name=row.reference)


def _add_refusal(form: Form, refusal: DeskRefusal) -> None:
    """A refusal beside the answers that are missing, else above the form."""
    if isinstance(refusal, ConsentIncomplete):
        for point in refusal.points:
            form.add_error(point, _("This answer is missing or no. Sharing needs all seven."))
    else:
        form.add_error(None, str(refusal))


def _show(
    request: VaultRequest,
    form: Form,
    *,
    title: StrOrPromise,
    verb: StrOrPromise,
    back: str,
    name: str,
    lead: StrOrPromise = "",
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "verb": verb,
        "back": back,
        "lead": lead,
        "name": name,
        "refused": getattr(form, "refused", []),
        "has_unsaved": form.is_bound,
    }
    refused = 422 if form.errors.keys() - {"__all__"} else 409
    return render(request, "desks/referrals/form.html", context, status=refused if form.errors else 200)
