"""The doors for whoever holds a receipt: the way back, and the comparison with a note.

No token is asked for: it would set a cookie, and whoever holds no receipt can do nothing here.
"""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from desks.intake import proof_of_work, receipts
from desks.intake.answer_notices import erase_notice, set_notice
from desks.intake.attachments import attach_uploads
from desks.intake.conversation import (
    ReceiptSession,
    add_words,
    answer_hand_over,
    open_with_receipt,
    read_conversation,
    request_deletion,
)
from desks.intake.errors import TooManyChecks, UnknownReceipt
from desks.intake.forms import DeletionForm, NoticeForm, ReceiptForm, RetypeForm, WordedForm, WordsForm
from desks.intake.receipts import MisreadReceipt
from desks.intake.states import RESULTS, RESULTS_FOR_CHILD
from desks.reports.models import Report
from desks.reports.states import OPEN_STATES, STATE_FOR_CHILD, STATE_FOR_REPORTER, ReportState
from victor.access import public
from victor.files.upload_handlers import rejected_files, uploads_in_memory
from victor.languages import current_language, interface_language
from victor.publishing.views import render_discreet
from victor.throttling import Passage, pass_throttle, wait_for_room
from victor.vault.errors import VaultRefusal

RETRY_SECONDS = 5
NOT_TYPED = {"ticket", "proof"}  # fields of a form that its page has filled in


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
@uploads_in_memory
def conversation(request: HttpRequest) -> HttpResponse:
    """Give the receipt, and read and write. One that is unknown, expired or erased is answered alike."""
    form, is_unknown = ReceiptForm(request.POST or None), False
    if form.is_valid():
        number = form.cleaned_data["receipt"]
        try:
            with open_with_receipt(number, is_proven=_pass_throttle(request)) as session:
                return _render_conversation(request, session, "".join(receipts.receipt_digits(number)))
        except TooManyChecks:
            wait_for_room(request)
            return _render_crowded(request)
        except UnknownReceipt:
            is_unknown = True
        except VaultRefusal as refusal:  # somebody has changed the report in the database
            form.add_error("receipt", str(refusal))
    context = {"form": form, "is_unknown": is_unknown, "ticket": proof_of_work.new_ticket()}
    return render_discreet(request, "desks/intake/enter_receipt.html", context, for_all=False)


def _pass_throttle(request: HttpRequest) -> bool:
    """Whether the request brings a proof of work. Without one, many from the same place wait for their turn.

    Raises:
        CallAgain: it waits.
        TooManyChecks: so many of them wait already.
    """
    if proof_of_work.use_proof(request):
        return True
    if pass_throttle(request, proof_of_work.CHECK_THROTTLE) == Passage.CROWDED:
        raise TooManyChecks
    return False


def _render_crowded(request: HttpRequest) -> HttpResponse:
    """Ask to try again, with all that was typed in the form of the page, and nothing in its address."""
    typed = [(name, value) for name in request.POST if name not in NOT_TYPED for value in request.POST.getlist(name)]
    context = {"typed": typed, "ticket": proof_of_work.new_ticket(), "seconds": RETRY_SECONDS}
    response = render_discreet(request, "desks/intake/checks_crowded.html", context, for_all=False)
    response.status_code = 503
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _render_conversation(request: HttpRequest, session: ReceiptSession, digits: str) -> HttpResponse:
    step = request.POST.get("do", "")
    content = read_conversation(session)
    forms = _conversation_forms(request, step, for_child=content.is_by_child)
    is_done, failed_uploads = _take_step(request, session, step, forms)
    is_unanswered = step in {"agree", "decline"} and not is_done  # another question stands there meanwhile
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
        "refused": _("This question is new. No answer to it has been counted yet.") if is_unanswered else "",
        "ticket": proof_of_work.new_ticket(),
    }
    country = session.report.country
    return render_discreet(request, "desks/intake/conversation.html", context, country=country, for_all=False)


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
        set_notice(session.report, address, language=interface_language(), by=session.holder)
    else:
        request_deletion(session)
    return True, []


def _add_words_and_files(request: HttpRequest, session: ReceiptSession, text: str) -> list[str]:
    if text or any(file.size for file in request.FILES.getlist("files")):
        add_words(session, text, language=current_language())
    return attach_uploads(session.report, *uploads_of(request), by=session.holder)


def uploads_of(request: HttpRequest) -> tuple[list[UploadedFile], list[str]]:
    """The files that came along, and the names of those that were too many or too large."""
    return request.FILES.getlist("files"), rejected_files(request)


@public
@require_safe
@vary_on_headers("Accept-Language")
def short(request: HttpRequest) -> HttpResponse:
    """The way back as people write it down: an address without a language, which leads to that of the browser."""
    with override(get_language_from_request(request)):
        response = redirect("desks:conversation")
    response["Cache-Control"] = "no-store"
    return response


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
    context = {**receipt_context(number), "form": form, "is_right": form.is_valid(), "for_child": for_child}
    return render_discreet(request, "desks/intake/receipt.html", context)


def receipt_context(number: int) -> dict[str, object]:
    """A receipt in words and digits, for its page."""
    groups = receipts.receipt_digits(number)
    return {"words": receipts.receipt_words(number, interface_language()), "digits": groups, "shown": "".join(groups)}
