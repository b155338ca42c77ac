"""The doors of alerts: which there are, a new one, one of them, its answer, and how it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.alerts import actions
from desks.alerts.errors import AlertOver
from desks.alerts.forms import AlertForm, AnswerForm
from desks.alerts.models import Alert
from desks.alerts.presenters import AlertPage, desks_to_tell, first_contacts, lines_to_call
from desks.alerts.states import AlertAnswer
from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from victor.access import requires
from victor.confirmations import Confirmation, asks_first
from victor.forms.statuses import status_of
from victor.vault.errors import NoGrant, VaultLocked

if TYPE_CHECKING:
    from django.http import HttpResponse

    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest

PAGE_LENGTH = 50


def get_desk_or_404(user: User, slug: str) -> Desk:
    """The desk at this address, for those who work there."""
    desk: Desk = get_object_or_404(Desk.objects.for_worker(user).for_work().select_related("group"), slug=slug)
    return desk


def get_alert_or_404(user: User, desk: Desk, pk: UUID) -> Alert:
    """The alert that this desk has sent, or was told of while it runs."""
    alert: Alert = get_object_or_404(Alert.objects.visible_to(user).for_page(), pk=pk)
    is_told = any(row.desk_id == desk.pk for row in alert.deliveries.all())
    if alert.from_desk_id != desk.pk and not (is_told and alert.is_running):
        raise Http404
    return alert


@requires("desks.work")
@require_safe
def alerts(request: VaultRequest, slug: str) -> HttpResponse:
    """The alerts that the desk was told of and that run, and those that it has sent."""
    desk = get_desk_or_404(request.user, slug)
    rows = Alert.objects.visible_to(request.user).for_page()
    received = list(rows.running().filter(deliveries__desk=desk))
    page = Paginator(rows.filter(from_desk=desk), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"desk": desk, "received": received, "page_obj": page}
    return render(request, "desks/alerts/alerts.html", context)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VaultRequest, slug: str) -> HttpResponse:
    """Tell other desks that a child is missing."""
    desk = get_desk_or_404(request.user, slug)
    others = desks_to_tell(desk)
    form = AlertForm(request.POST if request.method == "POST" else None, desk=desk, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            alert = actions.send_alert(desk, form.facts, list(form.cleaned_data["desks"]), by=request.user)
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The alert is sent. This page says which desk has opened it."))
            return redirect(alert.address_at(desk))
    contacts = first_contacts(desk, others, request.user)
    context = {"desk": desk, "form": form, "contacts": contacts, "lines": lines_to_call(desk)}
    return render(request, "desks/alerts/new_alert.html", context, status=status_of(form))


@requires("desks.work")
@require_safe
def alert(request: VaultRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """One alert. With a locked vault the words are covered, not the numbers to call."""
    desk = get_desk_or_404(request.user, slug)
    return _render(request, desk, get_alert_or_404(request.user, desk, alert_id), AnswerForm())


def _render(request: VaultRequest, desk: Desk, row: Alert, form: AnswerForm) -> HttpResponse:
    try:
        with request.vault.unlock() as vault:
            page = AlertPage.of(row, desk, request.user, vault)
    except (VaultLocked, NoGrant):
        page = AlertPage.of(row, desk, request.user, None)
    except AlertOver as refusal:
        raise Http404 from refusal
    context = {"desk": desk, "alert": row, "page": page, "form": form}
    return render(request, "desks/alerts/alert.html", context, status=status_of(form))


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def answer(request: VaultRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """Answer the desk that has sent it."""
    desk = get_desk_or_404(request.user, slug)
    row = get_alert_or_404(request.user, desk, alert_id)
    if row.from_desk_id == desk.pk:
        raise Http404
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = AlertAnswer(form.cleaned_data["answer"])
        try:
            actions.answer_alert(row, desk, given, form.cleaned_data["text"], by=request.user)
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your answer is sent. The other desk can read it."))
            return redirect(row.address_at(desk))
    return _render(request, desk, row, form)


def _ask_take_back(request: VaultRequest, slug: str, alert_id: UUID) -> Confirmation:
    desk = get_desk_or_404(request.user, slug)
    row = get_alert_or_404(request.user, desk, alert_id)
    if row.from_desk_id != desk.pk:
        raise Http404
    return Confirmation(
        question=_("Take the alert back?"),
        consequences=(
            _("Within 60 seconds no desk can open it. They may remember it or have printed it."),
            _("What the desks have answered is deleted, too. Write down first what you need."),
        ),
        verb=_("Take the alert back"),
        back=reverse("desks:alert", args=[slug, alert_id]),
        is_possible=row.is_running,
    )


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
@asks_first(_ask_take_back)
def take_back(request: VaultRequest, slug: str, alert_id: UUID) -> HttpResponseBase:
    """Take it back."""
    desk = get_desk_or_404(request.user, slug)
    row = get_alert_or_404(request.user, desk, alert_id)
    try:
        actions.take_back_alert(row, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The alert is taken back. No desk can open it any more."))
    return redirect(row.address_at(desk))
