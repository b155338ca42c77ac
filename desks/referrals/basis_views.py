"""The doors of what allows a referral: a consent, another lawful basis, the ground of a transfer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from desks.desk.errors import DeskRefusal
from desks.referrals import consents
from desks.referrals.draft_views import get_draft_or_404, get_open_or_404, page_of
from desks.referrals.form_views import BASIS, CONSENT, PageWords, save_form
from desks.referrals.forms import BasisForm, ConsentForm, GroundForm
from desks.referrals.legal_bases import LawfulBasis
from victor.access import requires
from victor.vault.passphrases.middleware import VaultRequest


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Write down a consent to this sharing act, or renew it."""
    row = get_open_or_404(request.user, slug, reference)
    form = ConsentForm.of_referral(request.POST if request.method == "POST" else None, row)
    page = page_of(row, CONSENT)
    return save_form(request, form, lambda: consents.record_consent(row, form.facts, by=request.user), page)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def basis(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Say why it is shared without consent."""
    row = get_open_or_404(request.user, slug, reference)
    form = BasisForm(request.POST if request.method == "POST" else None)
    page = page_of(row, BASIS)
    return save_form(request, form, lambda: consents.record_basis(row, *form.basis, by=request.user), page)


@requires("desks.lead")
@require_POST
def confirm_basis(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """A second person agrees that it is shared on this basis."""
    row = get_open_or_404(request.user, slug, reference)
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
    row = get_draft_or_404(request.user, slug, reference)
    if not consents.needs_transfer_ground(row):
        raise Http404
    form = GroundForm(request.POST if request.method == "POST" else None, possible=consents.possible_grounds(row))
    page = page_of(
        row,
        PageWords(
            title=_("Ground of the transfer"),
            verb=_("Save the ground"),
            lead=_("This desk is outside the European Union. A public body cannot rely on consent."),
        ),
    )
    return save_form(request, form, lambda: consents.record_transfer_basis(row, *form.chosen, by=request.user), page)
