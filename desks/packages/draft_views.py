"""The doors of a package that is written: for whom, what leaves, on which basis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
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
from desks.referrals.code_lists import MAX_DAYS, BasisKind, TransferGround
from desks.referrals.errors import ConsentIncomplete
from desks.referrals.forms import BasisForm, ConsentForm, GroundForm
from victor.access import requires
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from django.forms import Form
    from django_stubs_ext import StrOrPromise

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
    if form.is_valid():
        try:
            row = wishes.start_package(case, form.wish, by=request.user)
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("desks:package_groups", slug, row.reference)
    back = reverse("desks:case_section", args=[slug, reference, "sharing"])
    return _show(request, form, title=_("Give to somebody outside"), verb=_("Continue"), back=back, name=reference)


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
    return _save(
        request,
        row,
        form,
        lambda: wishes.change_wish(row, form.wish, by=request.user),
        title=_("For whom, and what for"),
        verb=_("Save"),
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Tick what leaves, group by group."""
    row = _unsent_or_404(request.user, slug, reference, PackageState.DRAFT)
    form = PackageChoiceForm(request.POST if request.method == "POST" else None, referral=row, case=row.case)
    return _save(
        request,
        row,
        form,
        lambda: wishes.choose_groups(row, form.choice, by=request.user),
        title=_("What leaves"),
        verb=_("Save the choice"),
        lead=_("Nothing is ticked beforehand. What has left cannot be taken back."),
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Write down a consent to this package."""
    row = _unsent_or_404(request.user, slug, reference)
    today = timezone.localdate(timezone=row.case.desk.zone)
    initial = {"language": row.case.language, "valid_from": today, "valid_to": today + timedelta(days=MAX_DAYS)}
    form = ConsentForm(request.POST if request.method == "POST" else None, groups=row.groups, initial=initial)
    return _save(
        request,
        row,
        form,
        lambda: consents.record_consent(row, form.facts, by=request.user),
        title=_("Consent"),
        verb=_("Save the consent"),
        lead=_("All seven answers have to be yes. Without consent, another lawful basis needs a second person."),
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def basis(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Say why it leaves without consent."""
    row = _unsent_or_404(request.user, slug, reference)
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
        lead=_("A supervisor who has not written this confirms it."),
    )


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
    return _save(
        request,
        row,
        form,
        lambda: consents.record_ground(
            row, TransferGround(form.cleaned_data["ground"]), form.cleaned_data["necessity"], by=request.user
        ),
        title=_("Ground of the transfer"),
        verb=_("Save the ground"),
        lead=_("This receiver is outside the European Union. A public body cannot rely on consent."),
    )


def _unsent_or_404(user: User, slug: str, reference: str, *states: PackageState) -> Package:
    """A package that was not made yet, for whoever may write in its case."""
    row = get_package_or_404(user, slug, reference)
    if row.state not in (states or UNSENT) or not can_write(row.case, user):
        raise Http404
    return row


def _save(
    request: VaultRequest,
    row: Package,
    form: Form,
    act: Callable[[], object],
    *,
    title: StrOrPromise,
    verb: StrOrPromise,
    lead: StrOrPromise = "",
) -> HttpResponseBase:
    """Do it where the form is right; else show it with what was typed, and the reason."""
    slug = row.case.desk.slug
    if form.is_valid():
        try:
            act()
        except ConsentIncomplete as refusal:
            for point in refusal.points:
                form.add_error(point, _("This answer is missing or no. Sharing needs all seven."))
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desks:package", slug, row.reference)
    back = reverse("desks:package", args=[slug, row.reference])
    return _show(request, form, title=title, verb=verb, back=back, lead=lead, name=row.reference)


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
    context: dict[str, object] = {"form": form, "title": title, "verb": verb, "back": back, "lead": lead, "name": name}
    context["unconfirmed"] = getattr(form, "unconfirmed", [])
    refused = 422 if form.errors.keys() - {"__all__"} else 409
    return render(request, "desks/packages/form.html", context, status=refused if form.errors else 200)
