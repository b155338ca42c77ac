"""The doors of a referral that is written: for what and whom, what leaves, on which basis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from desks.cases.case_views import get_case_or_404
from desks.cases.steps import can_write
from desks.desk.errors import DeskRefusal
from desks.referrals import wishes
from desks.referrals.emergencies import share_in_emergency
from desks.referrals.errors import AlreadyOpen, ConsentIncomplete
from desks.referrals.forms import ChoiceForm, WishForm
from desks.referrals.models import Referral
from desks.referrals.presenters import shown_groups
from desks.referrals.sharing import read_snapshot
from desks.referrals.states import OPEN, SHARED, ReferralState, Side
from desks.referrals.step_forms import EmergencyForm
from desks.referrals.views import get_referral_or_404
from partners.help_lines.presenters import lines_to_call_first
from victor.access import requires
from victor.vault.errors import VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from django.forms import Form
    from django_stubs_ext import StrOrPromise

    from desks.cases.models import Case
    from partners.help_lines.models import HelpLine
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
            messages.success(request, _("Saved."))
            return redirect("desks:referral_groups", slug, row.reference)
    title = _("Send an update") if parent else _("Refer")
    return show_form(request, form, title=title, verb=_("Continue"), back=back, name=case.reference)


def _parent_of(request: VaultRequest, case: Case) -> Referral | None:
    """The referral that is brought up to date, where the address names one."""
    reference = request.GET.get("update", "")
    if not reference:
        return None
    return get_object_or_404(Referral, case=case, reference=reference, parent=None, state__in=sorted(SHARED))


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Tell a desk on duty what it needs at once. The numbers to call stand first; no vault need be open."""
    case = get_case_or_404(request.user, slug, reference)
    if not case.is_running or not can_write(case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect("desks:case_section", slug, reference, "sharing")
    form = EmergencyForm(request.POST if request.method == "POST" else None, desk=case.desk)
    if form.is_valid():
        try:
            row = share_in_emergency(case, form.cleaned_data["to_desk"], form.words, by=request.user)
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Shared for 72 hours. A colleague confirms within 24 hours, or it ends."))
            return redirect("desks:referral", slug, row.reference)
    back = reverse("desks:case_section", args=[slug, reference, "sharing"])
    lead = _("It lasts 72 hours. A colleague confirms within 24 hours, or it ends and the lead is told.")
    lines = lines_to_call_first(case.desk.country_id)
    return show_form(
        request,
        form,
        title=_("Emergency sharing"),
        verb=_("Share now"),
        back=back,
        name=case.reference,
        lead=lead,
        lines=lines,
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Ask for something else, or another desk."""
    row = get_draft_or_404(request.user, slug, reference)
    form = WishForm(request.POST if request.method == "POST" else None, desk=row.from_desk, referral=row)
    return save_form(
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
    row = get_draft_or_404(request.user, slug, reference)
    if row.case is None:
        raise Http404
    form = ChoiceForm(request.POST if request.method == "POST" else None, referral=row, case=row.case)
    return save_form(
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
    row = get_draft_or_404(request.user, slug, reference)
    try:
        snapshot = read_snapshot(row, by=request.unlocked_vault)
    except (DeskRefusal, VaultRefusal) as refusal:
        messages.error(request, str(refusal))
        return redirect("desks:referral", slug, reference)
    context = {"referral": row, "desk": row.from_desk, "groups": shown_groups(snapshot.groups)}
    return render(request, "desks/referrals/preview.html", context)


def get_draft_or_404(user: User, slug: str, reference: str) -> Referral:
    """The same of a draft."""
    row = get_open_or_404(user, slug, reference)
    if row.state != ReferralState.DRAFT:
        raise Http404
    return row


def get_open_or_404(user: User, slug: str, reference: str) -> Referral:
    """A referral that is not over, for whoever may write in its case at the desk that refers."""
    row, side = get_referral_or_404(user, slug, reference)
    if side != Side.SENDER or row.state not in OPEN or row.case is None or not can_write(row.case, user):
        raise Http404
    return row


def save_form(
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
    return show_form(request, form, title=title, verb=verb, back=back, lead=lead, name=row.reference)


def _add_refusal(form: Form, refusal: DeskRefusal) -> None:
    """A refusal beside the answers that are missing, else above the form."""
    if isinstance(refusal, ConsentIncomplete):
        for point in refusal.points:
            form.add_error(point, _("This answer is missing or no. Sharing needs all seven."))
    else:
        form.add_error(None, str(refusal))


def show_form(
    request: VaultRequest,
    form: Form,
    *,
    title: StrOrPromise,
    verb: StrOrPromise,
    back: str,
    name: str,
    lead: StrOrPromise = "",
    lines: Sequence[HelpLine] = (),
) -> HttpResponse:
    """The page of a form, with what was typed."""
    context = {
        "lines": lines,
        "form": form,
        "title": title,
        "verb": verb,
        "back": back,
        "lead": lead,
        "name": name,
        "refused": getattr(form, "refused", []),
        "folded": getattr(form, "folded", ()),
        "has_unsaved": form.is_bound,
    }
    refused = 422 if form.errors.keys() - {"__all__"} else 409
    return render(request, "desks/referrals/form.html", context, status=refused if form.errors else 200)
