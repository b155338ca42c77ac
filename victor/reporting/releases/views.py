"""The doors of releases: which there are, one of them, and what coordinators do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from victor.access import SignedInRequest, requires
from victor.accounts.errors import AccountRefusal
from victor.confirmations import Confirmation, asks_first
from victor.forms.statuses import status_of
from victor.reporting.releases import actions
from victor.reporting.releases.forms import ApprovalForm, CorrectionForm, ReleaseForm, ReturnForm
from victor.reporting.releases.models import Release
from victor.reporting.releases.presenters import ReleasePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

PAGE_LENGTH = 25
COUNTING = gettext_lazy("The figures are being counted. You can leave this page.")


@requires("reporting.view_releases")
@require_safe
def releases(request: SignedInRequest) -> HttpResponse:
    """All releases, the newest first."""
    rows = Release.objects.visible_to(request.user).for_listing()
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    can_manage = request.user.has_perm(actions.PERMISSION)
    return render(request, "reporting/releases/releases.html", {"page_obj": page, "can_manage": can_manage})


@requires("reporting.manage_releases")
@require_http_methods(["GET", "HEAD", "POST"])
def new_release(request: SignedInRequest) -> HttpResponse:
    """Choose what is counted; the worker counts it."""
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            release = actions.begin_release(**form.cleaned_data, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, COUNTING)
            return redirect(release)
    return render(request, "reporting/releases/new_release.html", {"form": form}, status=status_of(form))


@requires("reporting.view_releases")
@require_safe
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    """One release: how far it is, what the check found, what comes next."""
    shown = _get_release(request, pk)
    context = {"release": shown, "page": ReleasePage.of(shown, request.user)}
    return render(request, "reporting/releases/release.html", context)


@requires("reporting.manage_releases")
@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve what another coordinator has made."""
    form = ApprovalForm(request.POST)
    form.full_clean()
    has_compared = bool(form.cleaned_data.get("has_compared"))
    shown = _get_release(request, pk)
    try:
        actions.approve_release(shown, has_compared=has_compared, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The release is approved. It can be published now."))
    return redirect(shown)


@requires("reporting.manage_releases")
@require_POST
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return a release with a reason."""
    shown, form = _get_release(request, pk), ReturnForm(request.POST)
    form.full_clean()
    try:
        actions.return_release(shown, reason=form.cleaned_data.get("reason", ""), by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The release is returned to whoever made it."))
    return redirect(shown)


def _ask_to_publish(request: SignedInRequest, pk: int) -> Confirmation:
    shown = _get_release(request, pk)
    return Confirmation(
        question=_("Publish release %(number)s?") % {"number": shown.label},
        consequences=(
            _("Everybody can see these figures at once."),
            _("A published release is never changed, only corrected."),
        ),
        verb=_("Publish"),
        back=shown.get_absolute_url(),
    )


@requires("reporting.manage_releases")
@require_POST
@asks_first(_ask_to_publish)
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an approved release out."""
    shown = _get_release(request, pk)
    try:
        actions.publish_release(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Release %(number)s is published.") % {"number": shown.label})
    return redirect(shown)


@requires("reporting.manage_releases")
@require_POST
def leave_out(request: SignedInRequest, pk: int) -> HttpResponse:
    """Count anew without what would reveal a figure."""
    return _count_again(request, pk, actions.leave_out_figures)


@requires("reporting.manage_releases")
@require_POST
def count_anew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Count a draft anew."""
    return _count_again(request, pk, actions.count_release_anew)


def _ask_to_discard(request: SignedInRequest, pk: int) -> Confirmation:
    shown = _get_release(request, pk)
    return Confirmation(
        question=_("Delete the draft of release %(number)s?") % {"number": shown.label},
        consequences=(_("It did not go out. The log says that there was one."),),
        verb=_("Delete"),
        back=shown.get_absolute_url(),
    )


@requires("reporting.manage_releases")
@require_POST
@asks_first(_ask_to_discard)
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    shown = _get_release(request, pk)
    try:
        actions.discard_release(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect(shown)
    messages.success(request, _("The draft is deleted."))
    return redirect("reporting:releases")


@requires("reporting.manage_releases")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the correction of a release that went out."""
    shown = _get_release(request, pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            correction = actions.begin_correction(shown, **form.cleaned_data, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, COUNTING)
            return redirect(correction)
    context = {"form": form, "release": shown}
    return render(request, "reporting/releases/correct.html", context, status=status_of(form))


def _count_again(request: SignedInRequest, pk: int, action: Callable[..., Release]) -> HttpResponse:
    shown = _get_release(request, pk)
    try:
        action(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, COUNTING)
    return redirect(shown)


def _get_release(request: SignedInRequest, pk: int) -> Release:
    visible = Release.objects.visible_to(request.user).select_related("made_by", "approved_by", "corrects")
    shown: Release = get_object_or_404(visible, pk=pk)
    return shown
