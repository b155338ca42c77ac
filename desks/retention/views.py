"""When things are deleted: the rules, for coordinators. When reports are: coming deletions and holds, for the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.desk.querysets import colleagues
from desks.reports.envelopes import note_of
from desks.reports.models import Report
from desks.reports.states import ReportState
from desks.retention import actions, retention_rules
from desks.retention.forms import HoldForm, RetentionRuleForm
from desks.retention.models import DeletionRecord, Hold, RetentionRule
from desks.retention.periods import (
    DEFAULT_DAYS,
    NOTICE_PERIOD,
    obstacle_to_deletion,
    ruled_kind_of,
    rulings_in_force,
    rulings_of_other_kinds,
)
from partners.directory.models import Country
from partners.memberships.states import Role
from victor.access import SignedInRequest, require, requires
from victor.confirmations import Confirmation, asks_first
from victor.formatting import long_day
from victor.languages import local_text
from victor.vault.keys.keyring import verify_stamp
from victor.vault.passphrases.middleware import VaultRequest
from victor.vault.passphrases.views import needs_vault
from victor.vault.records.actions import read_all

PAGE_LENGTH = 50
RULE_STEPS = {"approve": retention_rules.approve_rule, "withdraw": retention_rules.withdraw_rule}
RULE_MESSAGES = {
    "approve": gettext_lazy("The rule has been approved."),
    "withdraw": gettext_lazy("The proposed rule has been cancelled."),
}


@requires("desks.view_retention")
@require_http_methods(["GET", "HEAD", "POST"])
def rules_overview(request: VaultRequest) -> HttpResponse:
    """The rules, those that wait for a second coordinator, and the proofs of what was deleted."""
    form = RetentionRuleForm(request.POST or None)
    if request.method == "POST":
        require(request.user, "desks.oversee")
    if request.method == "POST" and form.is_valid():
        retention_rules.propose_rule(**form.cleaned_data, by=request.user)
        messages.success(request, _("The rule has been proposed. Another coordinator has to approve it."))
        return redirect("desks:retention_rules")
    known = RetentionRule.objects.select_related("country", "proposed_by", "approved_by")
    countries, today = list(Country.objects.in_partnership().order_by("position")), timezone.localdate()
    records = DeletionRecord.objects.select_related("desk__country", "rule")
    context = {
        "form": form,
        "outcomes": [ReportState(outcome).label if outcome else _("No outcome yet") for outcome in DEFAULT_DAYS],
        "in_force": rulings_in_force(known.approved(), countries, today),
        "other_kinds": rulings_of_other_kinds(known.approved(), countries, today),
        "proposed": known.proposed(),
        "history": known.exclude(pk__in=known.proposed()),
        "months": DeletionRecord.objects.by_month(),
        "page_obj": Paginator(records, PAGE_LENGTH).get_page(request.GET.get("page")),
    }
    return render(request, "desks/retention/retention_rules.html", context)


def _ask_to_approve(request: VaultRequest, pk: int, step: str) -> Confirmation | None:
    if step != "approve":
        return None
    rule = get_object_or_404(RetentionRule.objects.select_related("country", "proposed_by"), pk=pk)
    country = local_text(rule.country, "name").text if rule.country else _("all countries")
    values = {
        "outcome": rule.get_outcome_display(),
        "country": country,
        "days": rule.days,
        "starts": long_day(rule.starts),
        "name": rule.proposed_by.name,
    }
    return Confirmation(
        question=_("Approve this retention rule?"),
        consequences=(
            _("%(outcome)s, %(country)s: %(days)s days, in force from %(starts)s. Proposed by %(name)s.") % values,
            str(ruled_kind_of(rule.outcome).approval),
            _("An approved rule cannot be cancelled. Only a newer rule replaces it."),
        ),
        verb=_("Approve"),
        back=reverse("desks:retention_rules"),
    )


@requires("desks.oversee")
@require_POST
@asks_first(_ask_to_approve)
def decide_rule(request: VaultRequest, pk: int, step: str) -> HttpResponse:
    """Approve a proposal, or let it fall."""
    rule = get_object_or_404(RetentionRule, pk=pk)
    try:
        RULE_STEPS[step](rule, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, RULE_MESSAGES[step])
    return redirect("desks:retention_rules")


@requires("desks.view_deletions")
@require_safe
def deletions(request: SignedInRequest) -> HttpResponse:
    """What is deleted soon and what is held at all desks, by reference and date, without a word of content."""
    today = timezone.localdate()
    soon = Report.objects.filter(erase_on__lte=today + NOTICE_PERIOD).select_related("desk__country")
    page = Paginator(soon.order_by("erase_on", "reference"), PAGE_LENGTH).get_page(request.GET.get("page"))
    holds = Hold.objects.open().select_related("report__desk__country", "by").order_by("since", "pk")
    context = {"page_obj": page, "holds": holds}
    return render(request, "desks/retention/deletions.html", context)


@requires("desks.work")
@require_safe
def retention(request: VaultRequest, slug: str) -> HttpResponse:
    """What is deleted soon, what is asked for, what is held."""
    desk = get_object_or_404(Desk.objects.for_worker(request.user), slug=slug)
    today = timezone.localdate()
    here = Report.objects.visible_to(request.user).filter(desk=desk)
    soon = here.filter(erase_on__lte=today + NOTICE_PERIOD).order_by("erase_on", "reference")
    leads = request.user.has_perm("desks.lead", desk)
    supervisors = [] if leads else colleagues(desk, Role.SUPERVISOR).order_by("name")
    context = {
        "desk": desk,
        "soon": [
            (report, obstacle_to_deletion(report), report.erase_on == today + timedelta(days=1)) for report in soon
        ],
        "asked": here.filter(deletion_asked_at__isnull=False)
        .select_related("deletion_proposal")
        .order_by("deletion_asked_at"),
        "supervisors": [person.name for person in supervisors],
        "holds": Hold.objects.open().filter(report__in=here).select_related("report", "by"),
        "leads": leads,
    }
    return render(request, "desks/retention/retention.html", context)


@requires("desks.lead")
@needs_vault
@require_http_methods(["GET", "HEAD", "POST"])
def hold_by_law(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Why a report is held by law; hold it."""
    report = _get_led_report(request, slug, reference)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.hold_report(report, form.cleaned_data["reason"], by=request.unlocked_vault)
        messages.success(request, _("The report will be kept until someone lifts the hold."))
        return redirect("desks:hold", slug, reference)
    holds = list(report.holds.select_related("by", "lifted_by", "reason__key"))
    contents = read_all([note_of(report, verify_stamp(hold).reason) for hold in holds], by=request.unlocked_vault)
    reasons = [(hold, contents[hold.reason_id]["text"]) for hold in holds]
    context = {"form": form, "desk": report.desk, "report": report, "reasons": reasons}
    return render(request, "desks/retention/hold.html", context)


@requires("desks.lead")
@require_POST
def lift_hold(request: VaultRequest, slug: str, number: int) -> HttpResponse:
    """End a hold."""
    here = Report.objects.visible_to(request.user).filter(desk__slug=slug)
    hold = get_object_or_404(Hold.objects.filter(report__in=here).select_related("report__desk"), pk=number)
    return _try(request, slug, actions.lift_report_hold, hold, _("The hold has been lifted."))


def _get_led_report(request: VaultRequest, slug: str, reference: str) -> Report:
    reports = Report.objects.visible_to(request.user).select_related("desk")
    report = get_object_or_404(reports, desk__slug=slug, reference=reference)
    require(request.user, "desks.lead", report.desk)
    return report


def _try(request: VaultRequest, slug: str, action: Callable[..., object], obj: object, message: str) -> HttpResponse:
    try:
        action(obj, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, message)
    return redirect("desks:retention", slug)
