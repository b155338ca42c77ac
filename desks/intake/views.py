"""The reporter's doors: the form, the receipt, the way back; and a colleague who writes a report down.

No token is asked for on the public pages: it would set a cookie. In `report_on_behalf` the form's token is checked
below `uploads_in_memory` and not before: reading it would write files to a disk.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.desk import errors as desk_errors
from desks.desk.models import Desk
from desks.desk.views import get_led_desk
from desks.intake import actions, proof_of_work, receipts
from desks.intake.actions import receive_report
from desks.intake.answer_notices import erase_notice, set_notice
from desks.intake.attachments import attach_first_uploads, attach_uploads
from desks.intake.conversation import (
    ReceiptSession,
    add_words,
    answer_hand_over,
    open_with_receipt,
    read_conversation,
    request_deletion,
)
from desks.intake.drafts import ReportDraft
from desks.intake.errors import UnknownReceipt
from desks.intake.forms import (
    BehalfForm,
    DeletionForm,
    NoticeForm,
    ReceiptForm,
    RetypeForm,
    WordedForm,
    WordsForm,
    collect_answers,
)
from desks.intake.receipt_keys import derive_receipt_keys
from desks.intake.receipts import MisreadReceipt
from desks.intake.states import RESULTS, RESULTS_FOR_CHILD
from desks.reports.models import Report
from desks.reports.states import OPEN_STATES, STATE_FOR_CHILD, STATE_FOR_REPORTER, Channel, ReportState
from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Purpose
from victor.access import ReceiptHolder, Reporter, SignedInRequest, public, requires
from victor.files.upload_handlers import uploads_in_memory
from victor.languages import current_language
from victor.publishing.rendering import render_prose
from victor.publishing.views import render_discreet
from victor.throttling import client_ip
from victor.vault.errors import Unopenable, VaultRefusal


@csrf_exempt
@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
@uploads_in_memory
@csrf_protect
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
        set_notice(report, data["notice"], language=report.language, by=ReceiptHolder(report))
    words = receipts.receipt_words(number, report.language)
    context = {"desk": desk, "report": report, "words": words, "digits": receipts.receipt_digits(number)}
    context["failed_uploads"] = attach_first_uploads(report, *_uploads(request), by=ReceiptHolder(report))
    return render(request, "desks/intake/on_behalf_received.html", context)


@csrf_exempt  # whoever holds no receipt can do nothing here, and a token would set a cookie
@public
@require_http_methods(["GET", "HEAD", "POST"])
@uploads_in_memory
def conversation(request: HttpRequest) -> HttpResponse:
    """Give the receipt, and read and write. One that is unknown, expired or erased is answered alike."""
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["receipt"]
        try:
            with open_with_receipt(number) as session:
                return _render_conversation(request, session, "".join(receipts.receipt_digits(number)))
        except UnknownReceipt:
            form.add_error(
                "receipt",
                _(
                    "We found nothing for this receipt code. It may not be one of ours, or what it belonged to has "
                    "been deleted."
                ),
            )
        except VaultRefusal as refusal:  # somebody has changed the report in the database
            form.add_error("receipt", str(refusal))
    return render_discreet(request, "desks/intake/enter_receipt.html", {"form": form})


def _render_conversation(request: HttpRequest, session: ReceiptSession, digits: str) -> HttpResponse:
    step = request.POST.get("do", "")
    content = read_conversation(session)
    forms = _conversation_forms(request, step, for_child=content.is_by_child)
    is_done, failed_uploads = _take_step(request, session, step, forms)
    if is_done and step in forms:
        forms[step] = type(forms[step])(for_child=content.is_by_child)
    context = {
        "report": session.report,
        "desk": session.report.desk,
        "for_child": content.is_by_child,
        "state": _state_for_reporter(session.report, for_child=content.is_by_child),
        "answers": content.answers,
        "hand_over": session.hand_over,
        "has_notice": session.has_notice,
        "receipt": digits,
        "forms": forms,
        "result": (RESULTS_FOR_CHILD if content.is_by_child else RESULTS)[step] if is_done else "",
        "failed_uploads": failed_uploads,
        "question_is_new": step in {"agree", "decline"} and not is_done,
    }
    country = session.report.country
    return render_discreet(request, "desks/intake/conversation.html", context, country=country)


def _conversation_forms(request: HttpRequest, step: str, *, for_child: bool) -> dict[str, WordedForm]:
    """The forms of the page; the one that was sent is bound."""
    data = {step: request.POST}
    return {
        "write": WordsForm(data.get("write"), with_files=bool(request.FILES), for_child=for_child),
        "notice": NoticeForm(data.get("notice"), for_child=for_child),
        "delete": DeletionForm(data.get("delete"), for_child=for_child),
    }


def _state_for_reporter(report: Report, *, for_child: bool) -> str:
    """The state in words for the reporter. A report that somebody has read no longer waits to be read."""
    state = ReportState.TRIAGED if report.read_at and report.state in OPEN_STATES else ReportState(report.state)
    return str((STATE_FOR_CHILD if for_child else STATE_FOR_REPORTER)[state])


def _take_step(
    request: HttpRequest, session: ReceiptSession, step: str, forms: dict[str, WordedForm]
) -> tuple[bool, list[str]]:
    """Whether what was asked for has been done; and the names of files that could not be saved."""
    if step in {"agree", "decline"}:
        return answer_hand_over(session, agreed=step == "agree", asked=request.POST.get("hand_over", "")), []
    if step == "forget":
        erase_notice(session.report, by=session.holder)
    elif step not in forms or not forms[step].is_valid():
        return False, []
    elif step == "write":
        return True, _add_words_and_files(request, session, forms[step].cleaned_data["text"])
    elif step == "notice":
        address = forms[step].cleaned_data["notice"]
        set_notice(session.report, address, language=current_language(), by=session.holder)
    else:
        request_deletion(session)
    return True, []


def _add_words_and_files(request: HttpRequest, session: ReceiptSession, text: str) -> list[str]:
    if text or any(file.size for file in request.FILES.getlist("files")):
        add_words(session, text, language=current_language())
    return attach_uploads(session.report, *_uploads(request), by=session.holder)


def _uploads(request: HttpRequest) -> tuple[list[UploadedFile], list[str]]:
    """The files that came along, and the names of those that were too many or too large."""
    files = request.FILES.getlist("files")
    return files, request.rejected_files  # type: ignore[attr-defined]  # `uploads_in_memory` sets it


MAX_HELP_LINES = 3  # beside the emergency numbers
OTHER_PURPOSES = [Purpose.CHILDREN, Purpose.MISSING_CHILDREN, Purpose.TRAFFICKING, Purpose.CHILD_PROTECTION]


@public
@require_safe
def report_index(request: HttpRequest) -> HttpResponse:
    """Choose the country."""
    return render_discreet(request, "desks/intake/report_index.html", {"countries": Country.objects.in_partnership()})


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
        try:
            return _receive(request, draft, desk, country)
        except Unopenable:  # somebody has exchanged the desk's keys: it could not read the report
            desk = None
    context = {"country": country, "desk": desk, "draft": draft, "form": draft.form, **_help_lines(country)}
    context["for_child"] = draft.is_by_child
    return render_discreet(request, "desks/intake/report.html", context, country=country)


@csrf_exempt
@public
@require_POST
def receipt(request: HttpRequest) -> HttpResponse:
    """Compare what was written down with the receipt, or show it in another language; nothing is looked up or kept."""
    try:
        number = receipts.parse_receipt(request.POST.get("shown", ""), current_language())
    except MisreadReceipt:
        return redirect("desks:conversation")
    for_child = request.POST.get("child") == "yes"
    form = RetypeForm(None if request.POST.get("go") == "language" else request.POST, for_child=for_child)
    context = {**_receipt_context(number), "form": form, "is_right": form.is_valid(), "for_child": for_child}
    return render_discreet(request, "desks/intake/receipt.html", context)


def _receive(request: HttpRequest, draft: ReportDraft, desk: Desk, country: Country) -> HttpResponse:
    slowed = not proof_of_work.is_solved(draft.ticket, request.POST.get("proof", "")) and proof_of_work.THROTTLE.delay(
        client_ip(request)
    )
    number = draft.receipt or receipts.new_receipt()
    report, is_new = receive_report(
        desk,
        collect_answers(*draft.answers),
        receipt=derive_receipt_keys(number),
        country=country,
        language=current_language(),
        danger=draft.is_danger,
        by=Reporter(),
        suspected_spam=slowed or draft.looks_like_spam,
    )
    context = {"report": report, "is_new": is_new, "desk": report.desk, "draft": draft, "is_fresh": True}
    context |= {"form": RetypeForm(for_child=draft.is_by_child), "for_child": draft.is_by_child}
    context |= _receipt_context(number) | _help_lines(country) | {"prose": render_prose(report.desk, "limits")}
    context["failed_uploads"] = attach_first_uploads(report, *_uploads(request), by=ReceiptHolder(report))
    if address := draft.answers[-1].get("notice"):
        set_notice(report, str(address), language=current_language(), by=ReceiptHolder(report))
    return render_discreet(request, "desks/intake/receipt.html", context, country=country)


def _receipt_context(number: int) -> dict[str, object]:
    groups = receipts.receipt_digits(number)
    return {"words": receipts.receipt_words(number, current_language()), "digits": groups, "shown": "".join(groups)}


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
