"""A report goes to another desk, step by step."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from desks import actions
from desks.errors import Refusal
from desks.forms import HandOverForm
from desks.models import Desk, HandOver
from desks.views.report import find, page, says_refusals
from victor.access import requires
from victor.vault.errors import Locked
from victor.vault.views import needs_vault

STEPS = {"agree": actions.agree, "decline": actions.decline, "withdraw": actions.withdraw}
ANSWERS = {"accept": actions.accept, "refuse": actions.refuse}


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def ask(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Ask the reporter."""
    report = find(request, slug, reference)
    form = HandOverForm(request.POST, report=report)
    if not form.is_valid():
        return page(request, report, hand_over=form, status=422)
    data = form.cleaned_data
    try:
        with request.vault.opened() as opened:
            actions.ask_hand_over(report, data["target"], data["text"], language=report.language, by=opened)
    except Locked:
        return page(request, report, hand_over=form, status=409)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return page(request, report, hand_over=form, status=409)
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@require_POST
@says_refusals
def step(request: HttpRequest, slug: str, reference: str, number: int, step: str) -> HttpResponse:
    """Note what the reporter said by telephone or at the counter, or keep the report after all."""
    report = find(request, slug, reference)
    hand_over = get_object_or_404(report.hand_overs, pk=number)
    if step not in STEPS:
        raise Http404
    STEPS[step](hand_over, by=request.user)
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@require_POST
@needs_vault
@says_refusals
def complete(request: HttpRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """Give it to the other desk for good."""
    report = find(request, slug, reference)
    hand_over = get_object_or_404(report.hand_overs, pk=number)
    actions.complete(hand_over, by=request.opened)
    messages.success(request, _("The report is handed over. Only the other desk opens it now."))
    return redirect("desks:inbox", slug)


@requires("desks.work")
@require_POST
def answer(request: HttpRequest, slug: str, number: int, step: str) -> HttpResponse:
    """Take what another desk offers, or not."""
    offers = HandOver.objects.filter(target__in=Desk.objects.worked_by(request.user))
    hand_over = get_object_or_404(offers, target__slug=slug, pk=number)
    if step not in ANSWERS:
        raise Http404
    try:
        ANSWERS[step](hand_over, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("desks:inbox", slug)
