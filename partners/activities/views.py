"""Pages of activities: the work packages of a grant, one activity, its days, deviations, evidence and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.activities import actions
from partners.activities.forms import DayForm, DeviationForm, EvidenceForm, LinkForm, ReturnForm
from partners.activities.models import Activity, Deviation, Evidence
from partners.activities.presenters import ActivityPage, packages_of
from partners.grants.sections import tabs_of
from partners.grants.views import get_grant_or_404, grant_context
from victor.access import SignedInRequest, requires
from victor.accounts.errors import AccountRefusal
from victor.confirmations import Confirmation, asks_first, confirmation_data, confirmed_values
from victor.files.downloads import answer_with_stored_file
from victor.files.states import MEDIA_TYPES, FileFormat

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseForm


@requires("partners.view_grants")
@require_safe
def work_packages(request: SignedInRequest, pk: int) -> HttpResponse:
    """A grant: its work packages and their activities."""
    grant = get_grant_or_404(request, pk)
    context = grant_context(grant, "partners:grant") | {"packages": packages_of(grant, request.user)}
    return render(request, "partners/activities/work_packages.html", context)


@requires("partners.view_grants")
@require_safe
def activity(request: SignedInRequest, pk: int) -> HttpResponse:
    """One activity: its days, what went otherwise, what proves it."""
    return _page(request, _get_activity(request, pk))


@requires("partners.run_activity")
@require_POST
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note on which day it has begun."""
    form = DayForm(request.POST, prefix="day")
    return _do(
        request,
        pk,
        "day",
        form,
        lambda shown: actions.begin_activity(shown, **form.cleaned_data, by=request.user),
        _("The activity is running."),
    )


@requires("partners.run_activity")
@require_POST
def finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note on which day it has ended."""
    form = DayForm(request.POST, prefix="day")
    return _do(
        request,
        pk,
        "day",
        form,
        lambda shown: actions.finish_activity(shown, **form.cleaned_data, by=request.user),
        _("The activity is done."),
    )


@requires("partners.run_activity")
@require_POST
def deviate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose that it is changed or dropped."""
    form = DeviationForm(request.POST, instance=Deviation(activity=_get_activity(request, pk)), prefix="deviation")
    return _do(
        request,
        pk,
        "deviation",
        form,
        lambda _shown: actions.propose_deviation(form.save(commit=False), by=request.user),
        _("The deviation has been proposed. A coordinator approves it."),
    )


@requires("partners.decide_deviation")
@require_POST
def approve(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Approve a deviation as the second person."""
    shown = _get_activity(request, pk)
    try:
        actions.approve_deviation(_get_deviation(shown, number), by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The deviation is approved."))
    return redirect(shown)


def _ask_why(request: SignedInRequest, pk: int, number: int) -> Confirmation:
    shown = _get_activity(request, pk)
    _get_deviation(shown, number)
    return Confirmation(
        question=_("Return this deviation?"),
        consequences=(_("The activity stays as it is."),),
        verb=_("Return it"),
        back=shown.get_absolute_url(),
        form=ReturnForm(confirmation_data(request)),
    )


@requires("partners.decide_deviation")
@require_POST
@asks_first(_ask_why)
def send_back(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Return a deviation with a reason."""
    shown = _get_activity(request, pk)
    try:
        actions.return_deviation(
            _get_deviation(shown, number), confirmed_values(request).get("reason", ""), by=request.user
        )
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The deviation has been returned."))
    return redirect(shown)


@requires("partners.run_activity")
@require_POST
def prove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a file that proves it."""
    proof = Evidence(activity=_get_activity(request, pk))
    form = EvidenceForm(request.POST, request.FILES, instance=proof, prefix="evidence")
    return _do(
        request,
        pk,
        "evidence",
        form,
        lambda _shown: actions.add_evidence(form.save(commit=False), by=request.user),
        _("The evidence has been added."),
    )


@requires("partners.view_grants")
@require_safe
def evidence(request: SignedInRequest, pk: int, number: int) -> HttpResponseBase:
    """Download evidence."""
    shown = get_object_or_404(Evidence.objects.visible_to(request.user), activity=pk, pk=number)
    file_format = FileFormat(shown.file_format)
    name = f"{shown.kind}-{shown.pk}.{file_format}"
    return answer_with_stored_file(name, shown.file, MEDIA_TYPES[file_format])


@requires("partners.run_activity")
@require_POST
def link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Link it to a seminar, a campaign or a desk."""
    form = LinkForm(request.POST, prefix="link")

    def act(shown: Activity) -> object:
        kind, key = form.cleaned_data["work"]
        return actions.link_activity(shown, kind=kind, key=key, by=request.user)

    return _do(request, pk, "link", form, act, _("The link has been added."))


def _do(
    request: SignedInRequest, pk: int, name: str, form: BaseForm, act: Callable[[Activity], object], done: str
) -> HttpResponse:
    """Act on what was typed, or show the page with it and with what is wrong."""
    shown = _get_activity(request, pk)
    if form.is_valid():
        try:
            act(shown)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(shown)
    return _page(request, shown, {name: form})


def _page(request: SignedInRequest, shown: Activity, sent: dict[str, BaseForm] | None = None) -> HttpResponse:
    context = {"page": ActivityPage.of(shown, request.user, sent), "activity": shown}
    context |= {"grant": shown.package.grant, "tabs": tabs_of(shown.package.grant, "")}
    context |= {"refused": next(iter(sent.values()))} if sent else {}
    return render(request, "partners/activities/activity.html", context, status=422 if sent else 200)


def _get_activity(request: SignedInRequest, pk: int) -> Activity:
    shown: Activity = get_object_or_404(Activity.objects.visible_to(request.user).for_listing(), pk=pk)
    return shown


def _get_deviation(shown: Activity, number: int) -> Deviation:
    deviation: Deviation = get_object_or_404(shown.deviations, pk=number)
    return deviation
