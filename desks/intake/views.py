"""The reporter's doors: the form and what follows it; and a colleague who writes a report down.

No token is asked for on the public pages: it would set a cookie.
"""

from __future__ import annotations

import structlog
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.desk import errors as desk_errors
from desks.desk.models import Desk
from desks.desk.views import get_led_desk
from desks.intake import actions, proof_of_work, receipts
from desks.intake.actions import receive_report
from desks.intake.answer_notices import set_notice
from desks.intake.attachments import attach_first_uploads
from desks.intake.behalf_form import BehalfForm
from desks.intake.drafts import ReportDraft, collect_answers
from desks.intake.forms import RetypeForm
from desks.intake.receipt_keys import FOR_FILES, FOR_PROVEN, FOR_WORDS, ReceiptKeys, derive_receipt_keys
from desks.intake.receipt_views import RETRY_SECONDS, receipt_context, uploads_of
from desks.reports.models import Report
from desks.reports.states import Channel
from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Purpose
from victor.access import ReceiptHolder, Reporter, SignedInRequest, public, requires
from victor.files.upload_handlers import checked_uploads_in_memory, uploads_in_memory
from victor.languages import current_language, interface_language, language_as_read
from victor.publishing.rendering import render_prose
from victor.publishing.views import render_discreet
from victor.throttling import Passage, pass_throttle
from victor.vault.errors import VaultRefusal

log = structlog.get_logger(__name__)


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
@checked_uploads_in_memory
def report_on_behalf(request: SignedInRequest, slug: str) -> HttpResponse:
    """All questions on one screen; then the receipt, to be read out."""
    desks = Desk.objects.for_worker(request.user).filter(group__isnull=False).select_related("country")
    desk = get_object_or_404(desks, slug=slug)
    form = BehalfForm(request.POST or None, initial={"speaks": current_language(), "way": Channel.TELEPHONE})
    ticket = request.POST.get("ticket", "")
    number = proof_of_work.receipt_of(ticket)
    if form.is_valid() and number is not None:
        return _receive_on_behalf(request, desk, form, number)
    context = {"desk": desk, "form": form, "ticket": ticket if number is not None else proof_of_work.new_ticket()}
    return render(request, "desks/intake/on_behalf.html", context)


def _receive_on_behalf(request: SignedInRequest, desk: Desk, form: BehalfForm, number: int) -> HttpResponse:
    data = form.cleaned_data
    report, _is_new = receive_report(
        desk,
        collect_answers(data),
        receipt=derive_receipt_keys(number),
        country=desk.country,
        language=data["speaks"] or current_language(),
        danger=data["danger"] == "yes",
        channel=Channel(data["way"]),
        by=request.user,
    )
    if data["notice"]:
        set_notice(report, data["notice"], language=language_as_read(report.language), by=ReceiptHolder(report))
    words = receipts.receipt_words(number, language_as_read(report.language))
    context = {"desk": desk, "report": report, "words": words, "digits": receipts.receipt_digits(number)}
    context["failed_uploads"] = attach_first_uploads(report, *uploads_of(request), by=ReceiptHolder(report))
    return render(request, "desks/intake/on_behalf_received.html", context)


MAX_HELP_LINES = 3  # beside the emergency numbers
OTHER_PURPOSES = [Purpose.CHILDREN, Purpose.MISSING_CHILDREN, Purpose.TRAFFICKING, Purpose.CHILD_PROTECTION]


@public
@require_safe
def report_index(request: HttpRequest) -> HttpResponse:
    """Choose the country."""
    return render_discreet(request, "desks/intake/report_index.html", {"countries": Country.objects.for_readers()})


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
@uploads_in_memory
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The three screens, and what follows the last."""
    country = Country.objects.in_partnership().filter(code=code.upper()).first()
    if country is None or code != code.lower():
        raise Http404
    desk = Desk.objects.for_report(country.pk, current_language()).select_related("country").first()
    draft = ReportDraft(request.POST)
    if draft.is_complete and desk:
        return _receive(request, draft, desk, country)
    context = {"country": country, "desk": desk, "draft": draft, "form": draft.form, **_help_lines(country)}
    context["for_child"] = draft.is_by_child
    return render_discreet(request, "desks/intake/report.html", context, country=country)


def _receive(request: HttpRequest, draft: ReportDraft, desk: Desk, country: Country) -> HttpResponse:
    passage = _pass_throttle(request)
    if passage == Passage.CROWDED:
        response = _render_unsent(request, draft, desk, country, fault="crowded", status=429)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    number = draft.receipt or receipts.new_receipt()
    try:
        report, is_new = _receive_draft(draft, desk, country, _derive_keys(request, passage, number), passage)
    except VaultRefusal:  # somebody has exchanged the desk's keys: it could not read the report
        log.warning("desk cannot receive reports", desk=desk.pk)
        return _render_unsent(request, draft, desk, country, fault="broken", status=503)
    context = {"report": report, "is_new": is_new, "desk": report.desk, "draft": draft, "is_fresh": True}
    context |= {"form": RetypeForm(for_child=draft.is_by_child), "for_child": draft.is_by_child}
    context |= receipt_context(number) | _help_lines(country) | {"prose": render_prose(report.desk, "limits")}
    context["failed_uploads"] = attach_first_uploads(report, *uploads_of(request), by=ReceiptHolder(report))
    if address := draft.answers[-1].get("notice"):
        set_notice(report, str(address), language=interface_language(), by=ReceiptHolder(report))
    return render_discreet(request, "desks/intake/receipt.html", context, country=country)


def _receive_draft(
    draft: ReportDraft, desk: Desk, country: Country, keys: ReceiptKeys, passage: Passage
) -> tuple[Report, bool]:
    return receive_report(
        desk,
        collect_answers(*draft.answers),
        receipt=keys,
        country=country,
        language=current_language(),
        danger=draft.is_danger,
        by=Reporter(),
        suspected_spam=passage == Passage.DELAYED or draft.looks_like_spam,
    )


def _derive_keys(request: HttpRequest, passage: Passage, number: int) -> ReceiptKeys:
    """The receipt's keys. Without a proof of work words do not wait for files, which may be sent to hold others up."""
    without_proof = FOR_FILES if request.FILES else FOR_WORDS
    return derive_receipt_keys(number, threads=FOR_PROVEN if passage == Passage.PROVEN else without_proof)


def _pass_throttle(request: HttpRequest) -> Passage:
    if proof_of_work.use_proof(request):
        return Passage.PROVEN
    return pass_throttle(request, proof_of_work.THROTTLE)


def _render_unsent(
    request: HttpRequest, draft: ReportDraft, desk: Desk, country: Country, *, fault: str, status: int
) -> HttpResponse:
    """Show the last screen again with all that was typed, and say why the report has not been received."""
    context = {"country": country, "desk": desk, "draft": draft, "form": draft.form, **_help_lines(country)}
    context |= {"for_child": draft.is_by_child, "fault": fault}
    response = render_discreet(request, "desks/intake/report.html", context, country=country)
    response.status_code = status
    return response


def _help_lines(country: Country) -> dict[str, list[HelpLine]]:
    lines = list(HelpLine.objects.published().for_listing().filter(country=country))
    return {
        "emergency": [line for line in lines if line.purpose == Purpose.EMERGENCY],
        "lines": [line for line in lines if line.purpose in OTHER_PURPOSES][:MAX_HELP_LINES],
    }


@requires("desks.lead")
@require_POST
def send_test(request: SignedInRequest, slug: str) -> HttpResponse:
    """Send the desk a test report."""
    desk = get_led_desk(request, slug)
    try:
        actions.send_test_report(desk, by=request.user)
    except desk_errors.DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A test report is in the inbox. Ask a colleague to triage and answer it in time."))
    return redirect("desks:people", desk.slug)
