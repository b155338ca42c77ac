"""The doors of a package that is written: for whom, what leaves, on which basis."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from desks.cases.case_views import get_case_or_404
from desks.cases.steps import can_write
from desks.desk.errors import DeskRefusal
from desks.packages import consents, wishes
from desks.packages.contents import read_words
from desks.packages.forms import PackageChoiceForm, PackageForm
from desks.packages.legal_bases import PackageBasis
from desks.packages.states import UNSENT, PackageState, PackageWordsKind
from desks.packages.views import get_package_or_404
from desks.referrals.code_lists import MAX_DAYS
from desks.referrals.form_views import BASIS, CONSENT, FormPage, PageWords, save_form
from desks.referrals.forms import BasisForm, ConsentForm, GroundForm
from victor.access import requires
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from desks.packages.models import Package
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Begin to write a package for somebody without a desk here."""
    case = get_case_or_404(request.user, slug, reference)
    if not case.is_running or not can_write(case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect("desks:case_section", slug, reference, "sharing")
    form = PackageForm(request.POST if request.method == "POST" else None, desk=case.desk)
    back = reverse("desks:case_section", args=[slug, reference, "sharing"])
    page = FormPage(PageWords(title=_("Give to somebody outside"), verb=_("Continue")), reference, back)
    return save_form(
        request,
        form,
        lambda: wishes.start_package(case, form.wish, by=request.user),
        page,
        leads_to=lambda row: reverse("desks:package_groups", args=[slug, row.reference]),
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def wish(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Write to somebody else, or for something else. The office that was typed is sealed, so this opens the vault."""
    row = _unsent_or_404(request.user, slug, reference, PackageState.DRAFT)
    office = read_words(row, by=request.unlocked_vault)[PackageWordsKind.OFFICE].get("text", "")
    data = request.POST if request.method == "POST" else None
    form = PackageForm(data, desk=row.case.desk, package=row, office=str(office))
    page = _page_of(row, PageWords(title=_("For whom, and what for"), verb=_("Save")))
    return save_form(request, form, lambda: wishes.change_wish(row, form.wish, by=request.user), page)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Tick what leaves, group by group."""
    row = _unsent_or_404(request.user, slug, reference, PackageState.DRAFT)
    form = PackageChoiceForm(request.POST if request.method == "POST" else None, referral=row, case=row.case)
    page = _page_of(
        row,
        PageWords(
            title=_("What leaves"),
            verb=_("Save the choice"),
            lead=_("Nothing is ticked beforehand. What has left cannot be taken back."),
        ),
    )
    return save_form(request, form, lambda: wishes.choose_groups(row, form.choice, by=request.user), page)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Write down a consent to this package."""
    row = _unsent_or_404(request.user, slug, reference)
    today = timezone.localdate(timezone=row.case.desk.zone)
    initial = {"language": row.case.language, "valid_from": today, "valid_to": today + timedelta(days=MAX_DAYS)}
    form = ConsentForm(request.POST if request.method == "POST" else None, groups=row.groups, initial=initial)
    page = _page_of(row, CONSENT)
    return save_form(request, form, lambda: consents.record_consent(row, form.facts, by=request.user), page)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def basis(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Say why it leaves without consent."""
    row = _unsent_or_404(request.user, slug, reference)
    form = BasisForm(request.POST if request.method == "POST" else None)
    page = _page_of(row, BASIS)
    return save_form(request, form, lambda: consents.record_basis(row, *form.basis, by=request.user), page)


@requires("desks.lead")
@require_POST
def confirm_basis(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """A second person agrees that it leaves on this basis."""
    row = _unsent_or_404(request.user, slug, reference)
    lawful_basis = get_object_or_404(PackageBasis.objects.select_related("package__case"), package=row, pk=number)
    try:
        consents.confirm_basis(lawful_basis, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The basis is confirmed."))
    return redirect("desks:package", slug, reference)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ground(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Say on what ground the data leave the European Union."""
    row = _unsent_or_404(request.user, slug, reference)
    if not consents.needs_ground(row):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = GroundForm(data, possible=consents.possible_grounds(row))
    page = _page_of(
        row,
        PageWords(
            title=_("Ground of the transfer"),
            verb=_("Save the ground"),
            lead=_("This receiver is outside the European Union. A public body cannot rely on consent."),
        ),
    )
    return save_form(request, form, lambda: consents.record_ground(row, *form.chosen, by=request.user), page)


def _unsent_or_404(user: User, slug: str, reference: str, *states: PackageState) -> Package:
    """A package that was not made yet, for whoever may write in its case."""
    row = get_package_or_404(user, slug, reference)
    if row.state not in (states or UNSENT) or not can_write(row.case, user):
        raise Http404
    return row


def _page_of(row: Package, words: PageWords) -> FormPage:
    return FormPage(words, row.reference, reverse("desks:package", args=[row.case.desk.slug, row.reference]))
