"""A report goes to another desk, step by step."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.handovers import actions
from desks.handovers.forms import HandOverForm
from desks.inbox.report_views import get_report_or_404, refusals_as_messages, render_report_page, respond_after
from desks.referrals.models import Referral
from victor.access import requires
from victor.confirmations import Confirmation, asks_first
from victor.vault.errors import VaultLocked
from victor.vault.passphrases.middleware import VaultRequest
from victor.vault.passphrases.views import needs_vault

HAND_OVER_STEPS = {
    "agree": actions.agree_to_hand_over,
    "decline": actions.decline_hand_over,
    "withdraw": actions.withdraw_hand_over,
}
OFFER_ANSWERS = {"accept": actions.accept_hand_over, "refuse": actions.refuse_hand_over}
HAND_OVER_MESSAGES = {
    "agree": gettext_lazy("Saved: the reporter agrees. The other desk has been told."),
    "decline": gettext_lazy("Saved: the reporter does not agree. The report stays at this desk."),
    "withdraw": gettext_lazy("The report stays at this desk."),
}
OFFER_MESSAGES = {
    "accept": gettext_lazy("You have accepted the report. It opens here once the other desk completes the handover."),
    "refuse": gettext_lazy("You have declined the report. The other desk sees that."),
}


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def ask_reporter(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Ask the reporter."""
    report = get_report_or_404(request, slug, reference)
    form = HandOverForm(request.POST, report=report)
    if not form.is_valid():
        return render_report_page(request, report, hand_over=form, status=422)
    data = form.cleaned_data
    try:
        with request.vault.unlock() as opened:
            actions.ask_hand_over(report, data["target"], data["text"], language=report.language, by=opened)
    except VaultLocked:
        return render_report_page(request, report, hand_over=form, status=409)
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return render_report_page(request, report, hand_over=form, status=409)
    messages.success(request, _("The reporter has been asked whether the other desk may have the report."))
    return respond_after(request, slug, reference, done=form)


@requires("desks.work")
@require_POST
@refusals_as_messages
def step(request: VaultRequest, slug: str, reference: str, referral: str, step: str) -> HttpResponseBase:
    """Note what the reporter said by telephone or at the counter, or keep the report after all."""
    report = get_report_or_404(request, slug, reference)
    hand_over = get_object_or_404(report.hand_overs, reference=referral)
    if step not in HAND_OVER_STEPS:
        raise Http404
    HAND_OVER_STEPS[step](hand_over, by=request.user)
    messages.success(request, HAND_OVER_MESSAGES[step])
    return respond_after(request, slug, reference)


def _ask_to_complete(request: VaultRequest, slug: str, reference: str, referral: str) -> Confirmation:
    report = get_report_or_404(request, slug, reference)
    target = get_object_or_404(report.hand_overs.select_related("to_desk"), reference=referral).to_desk
    names = {"reference": report.reference, "desk": target}
    return Confirmation(
        question=_("Hand over report %(reference)s?") % names,
        consequences=(
            _("From now on only %(desk)s opens it. Nobody at your desk can read it any more.") % names,
            _("The reporter's receipt code leads there too."),
            _("This cannot be undone: only the other desk could hand it back."),
        ),
        verb=_("Hand over the report"),
        back=reverse("desks:inbox_report", args=[slug, reference]),
    )


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
@asks_first(_ask_to_complete)
@refusals_as_messages
def complete(request: VaultRequest, slug: str, reference: str, referral: str) -> HttpResponse:
    """Give it to the other desk for good."""
    report = get_report_or_404(request, slug, reference)
    hand_over = get_object_or_404(report.hand_overs, reference=referral)
    actions.complete_hand_over(hand_over, by=request.unlocked_vault)
    messages.success(request, _("The report has been handed over. From now on only the other desk can open it."))
    return redirect("desks:inbox", slug)


def _get_offer_or_404(request: VaultRequest, slug: str, referral: str) -> Referral:
    """What was offered to a desk of the person. Before its reporter has agreed nobody there learns of it."""
    offers = Referral.objects.of_reports().filter(to_desk__in=Desk.objects.for_worker(request.user))
    offered = offers.filter(sent_at__isnull=False).select_related("from_desk__country", "to_desk", "report")
    return get_object_or_404(offered, to_desk__slug=slug, reference=referral)


def _ask_to_refuse(request: VaultRequest, slug: str, referral: str, step: str) -> Confirmation | None:
    if step != "refuse":
        return None
    hand_over = _get_offer_or_404(request, slug, referral)
    return Confirmation(
        question=_("Decline this report?"),
        consequences=(
            _("It stays at %(desk)s, which sees that you have declined.") % {"desk": hand_over.from_desk},
            _("You cannot take it back: the other desk would have to ask its reporter once more."),
        ),
        verb=_("Decline the report"),
        back=reverse("desks:inbox", args=[slug]),
    )


@requires("desks.work")
@require_POST
@asks_first(_ask_to_refuse)
def answer_offer(request: VaultRequest, slug: str, referral: str, step: str) -> HttpResponse:
    """Take what another desk offers, or not."""
    hand_over = _get_offer_or_404(request, slug, referral)
    if step not in OFFER_ANSWERS:
        raise Http404
    try:
        OFFER_ANSWERS[step](hand_over, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, OFFER_MESSAGES[step])
    return redirect("desks:inbox", slug)
