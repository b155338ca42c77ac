"""Pages of deliverables: those of a grant, one of them, its versions and its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from partners.activities.forms import ReturnForm
from partners.deliverables import actions
from partners.deliverables.forms import ReviewerForm, VersionForm
from partners.deliverables.models import Deliverable, DeliverableVersion
from partners.deliverables.presenters import DeliverablePage
from partners.grants.views import get_grant_or_404, grant_context
from victor.access import SignedInRequest, requires
from victor.accounts.errors import AccountRefusal
from victor.confirmations import Confirmation, asks_first, confirmation_data, confirmed_values
from victor.files.downloads import answer_with_stored_file
from victor.files.states import MEDIA_TYPES, FileFormat

if TYPE_CHECKING:
    from django.forms import BaseForm

STEPS = {
    "pass": (actions.pass_review, gettext_lazy("You have passed this version. A coordinator can submit it.")),
    "submit": (actions.submit_deliverable, gettext_lazy("The deliverable is submitted. This version stays as it is.")),
    "accept": (actions.accept_deliverable, gettext_lazy("The deliverable is accepted.")),
}
WAYS_BACK = {
    "return": (
        actions.return_draft,
        gettext_lazy("Return this version to its author?"),
        gettext_lazy("Return it"),
        gettext_lazy("The version has been returned to its author."),
    ),
    "send_back": (
        actions.send_back_deliverable,
        gettext_lazy("Has the funder sent this deliverable back?"),
        gettext_lazy("Mark as sent back"),
        gettext_lazy("The deliverable is sent back. Add a new version."),
    ),
}


@requires("partners.view_grants")
@require_safe
def deliverables(request: SignedInRequest, pk: int) -> HttpResponse:
    """The deliverables of a grant; what is due first stands first."""
    grant = get_grant_or_404(request, pk)
    rows = Deliverable.objects.visible_to(request.user).filter(package__grant=grant).for_listing()
    context = grant_context(grant, "partners:grant_deliverables") | {"deliverables": rows}
    return render(request, "partners/deliverables/deliverables.html", context)


@requires("partners.view_grants")
@require_safe
def deliverable(request: SignedInRequest, pk: int) -> HttpResponse:
    """One deliverable: where it stands, and its versions."""
    return _page(request, _get_deliverable(request, pk))


@requires("partners.write_deliverable")
@require_POST
def upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a version."""
    shown, form = _get_deliverable(request, pk), VersionForm(request.POST, request.FILES, prefix="version")
    if form.is_valid():
        file_format, file = form.cleaned_data["file"]
        try:
            actions.add_version(shown, file, file_format, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The version has been added."))
            return redirect(shown)
    return _page(request, shown, {"version": form})


@requires("partners.view_grants")
@require_safe
def version(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """Download a version."""
    rows = DeliverableVersion.objects.visible_to(request.user).select_related("deliverable")
    shown = get_object_or_404(rows, deliverable=pk, number=number)
    file_format = FileFormat(shown.file_format)
    name = f"{shown.deliverable.code}-{shown.number}.{file_format}"
    return answer_with_stored_file(name, shown.file, MEDIA_TYPES[file_format])


@requires("partners.write_deliverable")
@require_POST
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask somebody to read the newest version."""
    shown, form = _get_deliverable(request, pk), ReviewerForm(request.POST, prefix="reviewer")
    if form.is_valid():
        try:
            actions.ask_for_review(shown, form.cleaned_data["reviewer"], by=request.user)
        except AccountRefusal as refusal:
            form.add_error("reviewer", str(refusal))
        else:
            messages.success(request, _("The reviewer has been asked."))
            return redirect(shown)
    return _page(request, shown, {"reviewer": form})


@requires("partners.view_grants")
@require_POST
def take_step(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Pass, submit or accept the newest version."""
    shown, (act, done) = _get_deliverable(request, pk), STEPS[step]
    try:
        act(shown, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(shown)


def _ask_why(request: SignedInRequest, pk: int, step: str) -> Confirmation:
    shown, (_act, question, verb, _done) = _get_deliverable(request, pk), WAYS_BACK[step]
    return Confirmation(
        question=question,
        consequences=(_("What was written stays. A new version follows."),),
        verb=verb,
        back=shown.get_absolute_url(),
        form=ReturnForm(confirmation_data(request)),
    )


@requires("partners.view_grants")
@require_POST
@asks_first(_ask_why)
def give_back(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """Return the newest version to its author, or note that the funder has."""
    shown, (act, _question, _verb, done) = _get_deliverable(request, pk), WAYS_BACK[step]
    try:
        act(shown, confirmed_values(request).get("reason", ""), by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(shown)


def _page(request: SignedInRequest, shown: Deliverable, sent: dict[str, BaseForm] | None = None) -> HttpResponse:
    context: dict[str, object] = {"deliverable": shown, "page": DeliverablePage.of(shown, request.user, sent)}
    context["grant"] = shown.package.grant
    context |= {"refused": next(iter(sent.values()))} if sent else {}
    return render(request, "partners/deliverables/deliverable.html", context, status=422 if sent else 200)


def _get_deliverable(request: SignedInRequest, pk: int) -> Deliverable:
    shown: Deliverable = get_object_or_404(Deliverable.objects.visible_to(request.user).for_listing(), pk=pk)
    return shown
