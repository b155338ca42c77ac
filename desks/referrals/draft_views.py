"""The doors of a referral that is written: for what and whom, what leaves, on which basis."""

from __future__ import annotations

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
from desks.referrals.errors import AlreadyOpen
from desks.referrals.form_views import FormPage, PageWords, save_form, show_form
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
            messages.success(request, _("Saved."))
            return redirect("desks:referral_groups", slug, row.reference)
    words = PageWords(title=_("Send an update") if parent else _("Refer"), verb=_("Continue"))
    return show_form(request, form, FormPage(words, case.reference, back))


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
    words = PageWords(
        title=_("Emergency sharing"),
        verb=_("Share now"),
        lead=_("It lasts 72 hours. A colleague confirms within 24 hours, or it ends and the lead is told."),
        message=_("Shared for 72 hours. A colleague confirms within 24 hours, or it ends."),
    )
    back = reverse("desks:case_section", args=[slug, reference, "sharing"])
    page = FormPage(words, case.reference, back, {"lines": lines_to_call_first(case.desk.country_id)})
    return save_form(
        request,
        form,
        lambda: share_in_emergency(case, form.cleaned_data["to_desk"], form.words, by=request.user),
        page,
        leads_to=lambda row: reverse("desks:referral", args=[slug, row.reference]),
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Ask for something else, or another desk."""
    row = get_draft_or_404(request.user, slug, reference)
    form = WishForm(request.POST if request.method == "POST" else None, desk=row.from_desk, referral=row)
    page = page_of(row, PageWords(title=_("What you ask for, and whom"), verb=_("Save")))
    return save_form(request, form, lambda: wishes.change_wish(row, form.wish, by=request.user), page)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Tick what leaves, group by group."""
    row = get_draft_or_404(request.user, slug, reference)
    if row.case is None:
        raise Http404
    form = ChoiceForm(request.POST if request.method == "POST" else None, referral=row, case=row.case)
    page = page_of(
        row,
        PageWords(
            title=_("What leaves"),
            verb=_("Save the choice"),
            lead=_("Nothing is ticked beforehand. Before they accept, the other desk sees the summary only."),
        ),
    )
    return save_form(request, form, lambda: wishes.choose_groups(row, form.choice, by=request.user), page)


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


def page_of(row: Referral, words: PageWords) -> FormPage:
    """The page of a form of a referral, which leads back to it."""
    return FormPage(words, row.reference, reverse("desks:referral", args=[row.from_desk.slug, row.reference]))
