"""The page of a reporter's wish that their report is deleted: a person deletes it, or keeps it and answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from desks.desk.errors import DeskRefusal
from desks.desk.querysets import colleagues
from desks.inbox import actions
from desks.inbox.forms import DeletionForm, KeepForm
from desks.inbox.report_views import fields_to_keep, get_report_or_404
from desks.reports.models import Report
from desks.retention import deletion_requests
from desks.retention.models import DeletionProposal
from desks.retention.periods import obstacle_to_deletion
from desks.retention.states import DeletionObstacle, DeletionReason
from partners.memberships.errors import name_deciders
from partners.memberships.states import Role
from victor.access import require, requires
from victor.confirmations import Confirmation, ReferenceForm, asks_first, confirmation_data, confirmed_values
from victor.vault.errors import VaultLocked
from victor.vault.passphrases.middleware import VaultRequest

TEMPLATE = "desks/inbox/deletion_request.html"


def _ask(request: VaultRequest, slug: str, reference: str, keep: KeepForm | None = None) -> Confirmation:
    """What will happen, or why it cannot happen yet."""
    report = get_report_or_404(request, slug, reference)
    proposal = DeletionProposal.objects.select_related("proposed_by").filter(report=report).first()
    leads = request.user.has_perm("desks.lead", report.desk)
    obstacles = list(_obstacles(report, proposal, request))
    data = confirmation_data(request)
    form = (
        ReferenceForm(data, reference=report.reference) if proposal else DeletionForm(data, reference=report.reference)
    )
    context = {"report": report, "proposal": proposal, "leads": leads, "keep": keep or KeepForm(auto_id="keep_%s")}
    return Confirmation(
        question=_("Delete report %(reference)s?") % {"reference": report.reference},
        consequences=tuple(obstacles or _consequences(report, proposal)),
        verb=_("Propose the deletion") if report.tells_danger and not proposal else _("Delete permanently"),
        back=reverse("desks:retention", args=[slug]),
        form=form,
        template=TEMPLATE,
        context=context,
        is_possible=not obstacles,
    )


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
@asks_first(_ask)
def erase(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Delete a report at once, as its reporter asks. Where it tells of danger: propose it, and then confirm it."""
    report = get_report_or_404(request, slug, reference)
    try:
        message = _delete(report, request)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desks:retention", slug)
    messages.success(request, message % {"reference": reference})
    return redirect("desks:retention", slug)


def _delete(report: Report, request: VaultRequest) -> str:
    """Take the step that comes next; return what has happened."""
    if DeletionProposal.objects.filter(report=report).exists():
        deletion_requests.confirm_deletion(report, by=request.user)
        return _("Report %(reference)s has been deleted.")
    reason = DeletionReason(confirmed_values(request)["reason"])
    if report.tells_danger:
        deletion_requests.propose_deletion(report, reason=reason, by=request.user)
        return _("You have proposed to delete report %(reference)s. A second person has to confirm it.")
    deletion_requests.erase_report_on_request(report, reason=reason, by=request.user)
    return _("Report %(reference)s has been deleted.")


@requires("desks.lead")
@sensitive_post_parameters()
@require_POST
def keep(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Keep the report, and tell its reporter why."""
    report = get_report_or_404(request, slug, reference)
    require(request.user, "desks.lead", report.desk)
    form = KeepForm(request.POST, auto_id="keep_%s")
    if not form.is_valid():
        answer = _ask(request, slug, reference, keep=form).page(request)
        answer.status_code = 422
        return answer
    try:
        with request.vault.unlock() as vault:
            actions.decline_deletion(report, form.cleaned_data["text"], language=report.language, by=vault)
    except VaultLocked:
        return render(request, "desks/inbox/report_locked.html", fields_to_keep(request.POST), status=409)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("Report %(reference)s is kept. Your answer is now visible to the reporter.")
        messages.success(request, text % {"reference": reference})
    return redirect("desks:retention", slug)


def _consequences(report: Report, proposal: DeletionProposal | None) -> list[str]:
    everything = _("All messages, notes, files and keys of this report are deleted at once, here and for the reporter.")
    receipt = _("The reporter's receipt code then finds nothing.")
    if report.tells_danger and proposal is None:
        second = _("It tells of danger: nothing is deleted before a second person has read it and confirmed.")
        return [second, everything, receipt]
    return [everything, receipt, _("This cannot be undone.")]


def _obstacles(report: Report, proposal: DeletionProposal | None, request: VaultRequest) -> list[str]:
    """Why this person cannot do it, or not yet, and who can."""
    why = obstacle_to_deletion(report)
    if report.deletion_asked_at is None:
        return [_("The reporter does not ask for it.")]
    if why and why != DeletionObstacle.OPEN:
        return [_("This report is kept: %(why)s") % {"why": why.label}]
    if proposal is not None:
        confirmers = deletion_requests.confirmers_of(proposal)
        if request.user not in confirmers:
            return [_("A second person has to confirm."), name_deciders(confirmers)]
    elif not request.user.has_perm("desks.lead", report.desk):
        return [_("A supervisor decides."), name_deciders(colleagues(report.desk, Role.SUPERVISOR))]
    if not deletion_requests.has_read(report, request.user):
        return [_("You have not read this report, or not its newest message. Open it first, then decide.")]
    return []
