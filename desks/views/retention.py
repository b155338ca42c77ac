"""When reports are deleted: the rules, for coordinators; what is near and what is held, for the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks import actions
from desks.errors import Refusal
from desks.forms import HoldForm, RuleForm
from desks.models import Desk, Hold, Report, RetentionRule, Tombstone
from desks.retention import DEFAULTS, NOTICE, in_force, stop
from desks.states import State
from partners.models import Country
from victor.access import require, requires
from victor.vault.actions import read
from victor.vault.views import needs_vault

PAGE_LENGTH = 50
STEPS = {"approve": actions.approve_rule, "withdraw": actions.withdraw_rule}


@requires("desks.oversee")
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The rules, those that wait for a second coordinator, and the proofs of what was deleted."""
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.propose_rule(**form.cleaned_data, by=request.user)
        messages.success(request, _("Proposed. Another coordinator has to approve it."))
        return redirect("desks:retention_rules")
    known = RetentionRule.objects.select_related("country", "proposed_by", "approved_by")
    countries = Country.objects.in_partnership().order_by("position")
    stones = Tombstone.objects.select_related("desk", "rule")
    context = {
        "form": form,
        "outcomes": [State(each).label if each else _("No outcome yet") for each in DEFAULTS],
        "in_force": in_force(known.approved(), countries, timezone.localdate()),
        "proposed": known.proposed(),
        "history": known.exclude(pk__in=known.proposed()),
        "months": Tombstone.objects.by_month(),
        "page_obj": Paginator(stones, PAGE_LENGTH).get_page(request.GET.get("page")),
    }
    return render(request, "desks/retention_rules.html", context)


@requires("desks.oversee")
@require_POST
def decide_rule(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Approve a proposal, or let it fall."""
    rule = get_object_or_404(RetentionRule, pk=pk)
    try:
        STEPS[step](rule, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("desks:retention_rules")


@requires("desks.work")
@require_safe
def retention(request: HttpRequest, slug: str) -> HttpResponse:
    """What is deleted soon, what is asked for, what is held."""
    desk = get_object_or_404(Desk.objects.worked_by(request.user), slug=slug)
    today = timezone.localdate()
    here = Report.objects.visible_to(request.user).filter(desk=desk)
    soon = here.filter(erase_on__lte=today + NOTICE).order_by("erase_on", "reference")
    context = {
        "desk": desk,
        "soon": [(report, stop(report), report.erase_on == today + timedelta(days=1)) for report in soon],
        "asked": here.filter(deletion_asked_at__isnull=False).order_by("deletion_asked_at"),
        "holds": Hold.objects.open().filter(report__in=here).select_related("report", "by"),
        "leads": request.user.has_perm("desks.lead", desk),
    }
    return render(request, "desks/retention.html", context)


@requires("desks.lead")
@needs_vault
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Why a report is held by law; hold it."""
    report = _led(request, slug, reference)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.hold(report, form.cleaned_data["reason"], by=request.opened)
        messages.success(request, _("The report is kept until somebody lifts the hold."))
        return redirect("desks:hold", slug, reference)
    holds = report.holds.select_related("by", "lifted_by", "reason__key")
    reasons = [(each, read(each.reason, by=request.opened)["text"]) for each in holds]
    context = {"form": form, "desk": report.desk, "report": report, "reasons": reasons}
    return render(request, "desks/hold.html", context)


@requires("desks.lead")
@require_POST
def lift_hold(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """End a hold."""
    here = Report.objects.visible_to(request.user).filter(desk__slug=slug)
    held = get_object_or_404(Hold.objects.filter(report__in=here).select_related("report__desk"), pk=number)
    return _tried(request, slug, actions.lift_hold, held, _("The hold is lifted."))


@requires("desks.lead")
@require_POST
def erase(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Delete a report at once, as its reporter asks."""
    report = _led(request, slug, reference)
    return _tried(request, slug, actions.erase_on_request, report, _("The report is deleted."))


def _led(request: HttpRequest, slug: str, reference: str) -> Report:
    found = Report.objects.visible_to(request.user).select_related("desk")
    report = get_object_or_404(found, desk__slug=slug, reference=reference)
    require(request.user, "desks.lead", report.desk)
    return report


def _tried(request: HttpRequest, slug: str, action: Any, thing: Any, said: str) -> HttpResponse:
    try:
        action(thing, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("desks:retention", slug)
