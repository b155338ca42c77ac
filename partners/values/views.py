"""Pages of targets and periods of a grant, and of one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.activities.forms import ReturnForm
from partners.directory.models import Organisation
from partners.grants.views import get_grant_or_404, grant_context
from partners.targets.models import Period, PlannedValue
from partners.values import actions, closures
from partners.values.errors import PartnersLeft
from partners.values.forms import ALL, CorrectionForm, PeriodForm, ValueForm
from partners.values.models import HandEnteredValue, ValueCorrection
from partners.values.presenters import TargetsPage, ValuePage, period_rows
from partners.values.readings import value_of
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
def targets(request: SignedInRequest, pk: int) -> HttpResponse:
    """The targets of a grant in one period, or in all."""
    grant = get_grant_or_404(request, pk)
    periods = list(grant.periods.all())
    form = PeriodForm(request.GET or None, periods=periods)
    chosen = form.cleaned_data["period"] if form.is_valid() else ""
    latest = grant.periods.latest_begun() if not chosen else None
    period = latest or next((period for period in periods if str(period.pk) == chosen), None)
    page = TargetsPage.of(grant, periods, None if chosen == ALL else period, request.user)
    context = grant_context(grant, "partners:grant_targets") | {"form": form, "page": page}
    return render(request, "partners/values/targets.html", context)


@requires("partners.view_grants")
@require_safe
def periods(request: SignedInRequest, pk: int) -> HttpResponse:
    """The periods of a grant, and which organisations have closed them."""
    grant = get_grant_or_404(request, pk)
    context = grant_context(grant, "partners:grant_periods") | {"rows": period_rows(grant, request.user)}
    return render(request, "partners/values/periods.html", context)


def _ask_to_close(request: SignedInRequest, pk: int, number: int, slug: str) -> Confirmation:
    period = _get_period(request, pk, number)
    get_object_or_404(Organisation, slug=slug)
    return Confirmation(
        question=_("Close the period %(period)s for this organisation?") % {"period": period},
        consequences=(_("After this, values of the organisation change only by a numbered correction."),),
        verb=_("Close the period"),
        back=reverse("partners:grant_periods", args=[pk]),
    )


@requires("partners.close_period")
@require_POST
@asks_first(_ask_to_close)
def close(request: SignedInRequest, pk: int, number: int, slug: str) -> HttpResponse:
    """Close a period for an organisation."""
    period, whose = _get_period(request, pk, number), get_object_or_404(Organisation, slug=slug)
    try:
        closures.close_period(period, whose, by=request.user)
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The period is closed for this organisation."))
    return redirect("partners:grant_periods", pk)


def _ask_to_approve(request: SignedInRequest, pk: int, number: int) -> Confirmation:
    period = _get_period(request, pk, number)
    return Confirmation(
        question=_("Approve the period %(period)s?") % {"period": period},
        consequences=(_("After this, values change only by a numbered correction."),),
        verb=_("Approve the period"),
        back=reverse("partners:grant_periods", args=[pk]),
    )


@requires("partners.approve_period")
@require_POST
@asks_first(_ask_to_approve)
def approve_period(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Approve a period that all organisations have closed."""
    period = _get_period(request, pk, number)
    try:
        closures.approve_period(period, by=request.user)
    except PartnersLeft:
        left = len(closures.organisations_left(period))
        words = ngettext("%(count)d partner has not finished.", "%(count)d partners have not finished.", left)
        messages.error(request, words % {"count": left})
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The period is approved."))
    return redirect("partners:grant_periods", pk)


@requires("partners.view_grants")
@require_http_methods(["GET", "HEAD", "POST"])
def value(request: SignedInRequest, pk: int) -> HttpResponse:
    """One value: fill it in, as a draft or to be checked."""
    planned = _get_planned(request, pk)
    if request.method != "POST":
        return _page(request, planned)
    entered = value_of(_get_planned(request, pk)) or HandEnteredValue(planned_id=planned.pk)
    form = ValueForm(request.POST, request.FILES, instance=entered, prefix="value")
    act = actions.propose_value if "propose" in request.POST else actions.save_draft
    proposed = _("The value has been proposed. Another person checks it.")
    done = proposed if "propose" in request.POST else _("The draft has been saved.")
    return _do(request, planned, "value", form, lambda: act(form.save(commit=False), by=request.user), done)


@requires("partners.check_value")
@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve a value as the second person."""
    planned = _get_planned(request, pk)
    entered = get_object_or_404(HandEnteredValue, planned=planned)
    return _decide(
        request, planned, lambda: actions.approve_value(entered, by=request.user), _("The value is approved.")
    )


def _ask_why(request: SignedInRequest, pk: int, number: int | None = None) -> Confirmation:
    planned = _get_planned(request, pk)
    return Confirmation(
        question=_("Return this value?") if number is None else _("Return this correction?"),
        consequences=(_("Whoever has entered it is asked to change it."),),
        verb=_("Return it"),
        back=reverse("partners:grant_value", args=[planned.pk]),
        form=ReturnForm(confirmation_data(request)),
    )


@requires("partners.check_value")
@require_POST
@asks_first(_ask_why)
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return a value with a reason."""
    planned, reason = _get_planned(request, pk), confirmed_values(request).get("reason", "")
    entered = get_object_or_404(HandEnteredValue, planned=planned)
    return _decide(
        request,
        planned,
        lambda: actions.return_value(entered, reason, by=request.user),
        _("The value has been returned."),
    )


@requires("partners.view_grants")
@require_safe
def evidence(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Download the evidence of a value, for its organisation and coordinators."""
    shown = get_object_or_404(HandEnteredValue.objects.evidence_for(request.user), planned=pk)
    file_format = FileFormat(shown.file_format)
    name = f"value-{shown.planned_id}.{file_format}"
    return answer_with_stored_file(name, shown.file, MEDIA_TYPES[file_format])


@requires("partners.enter_value")
@require_POST
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose a correction of an approved value."""
    planned = _get_planned(request, pk)
    entered = get_object_or_404(HandEnteredValue, planned=planned)
    form = CorrectionForm(request.POST, instance=ValueCorrection(value=entered), prefix="correction")
    return _do(
        request,
        planned,
        "correction",
        form,
        lambda: actions.propose_correction(form.save(commit=False), by=request.user),
        _("The correction has been proposed. Another person checks it."),
    )


@requires("partners.check_value")
@require_POST
def approve_correction(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Approve a correction as the second person."""
    planned = _get_planned(request, pk)
    correction = get_object_or_404(ValueCorrection.objects.select_related("value"), value__planned=planned, pk=number)
    return _decide(
        request,
        planned,
        lambda: actions.approve_correction(correction, by=request.user),
        _("The correction is approved."),
    )


@requires("partners.check_value")
@require_POST
@asks_first(_ask_why)
def send_correction_back(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Return a correction with a reason."""
    planned, reason = _get_planned(request, pk), confirmed_values(request).get("reason", "")
    correction = get_object_or_404(ValueCorrection.objects.select_related("value"), value__planned=planned, pk=number)
    return _decide(
        request,
        planned,
        lambda: actions.return_correction(correction, reason, by=request.user),
        _("The correction has been returned."),
    )


def _decide(request: SignedInRequest, planned: PlannedValue, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except AccountRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("partners:grant_value", planned.pk)


def _do(
    request: SignedInRequest,
    planned: PlannedValue,
    name: str,
    form: BaseForm,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    """Act on what was typed, or show the page with it and with what is wrong."""
    if form.is_valid():
        try:
            act()
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("partners:grant_value", planned.pk)
    return _page(request, planned, {name: form})


def _page(request: SignedInRequest, planned: PlannedValue, sent: dict[str, BaseForm] | None = None) -> HttpResponse:
    page = ValuePage.of(planned, request.user, sent)
    context: dict[str, object] = {"planned": planned, "page": page, "grant": planned.target.grant}
    context |= {"refused": next(iter(sent.values()))} if sent else {}
    return render(request, "partners/values/value.html", context, status=422 if sent else 200)


def _get_planned(request: SignedInRequest, pk: int) -> PlannedValue:
    rows = PlannedValue.objects.visible_to(request.user).entered_by_hand().for_listing()
    planned: PlannedValue = get_object_or_404(rows.select_related("value__entered_by", "value__checked_by"), pk=pk)
    return planned


def _get_period(request: SignedInRequest, pk: int, number: int) -> Period:
    period: Period = get_object_or_404(get_grant_or_404(request, pk).periods, pk=number)
    return period
