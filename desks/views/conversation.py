"""The way back with a receipt: it travels in each press, and in no address, no cookie and no session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from desks import receipts
from desks.actions import (
    Held,
    add_words,
    answer_hand_over,
    answers,
    ask_deletion,
    erase_notice,
    open_with,
    set_notice,
)
from desks.errors import UnknownReceipt
from desks.forms import DeletionForm, NoticeForm, ReceiptForm, WordsForm
from desks.models import Report
from desks.states import OPEN, TOLD, State
from desks.views.enclosures import keep_files
from victor.access import public
from victor.publishing.languages import current
from victor.publishing.views import show
from victor.receiving import kept_in_memory


@csrf_exempt  # whoever holds no receipt can do nothing here, and a token would set a cookie
@public
@require_http_methods(["GET", "HEAD", "POST"])
@kept_in_memory
def conversation(request: HttpRequest) -> HttpResponse:
    """Give the receipt, and read and write. One that is unknown, expired or erased is answered alike."""
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["receipt"]
        try:
            with open_with(number) as held:
                return _thread(request, held, "".join(receipts.digits(number)))
        except UnknownReceipt:
            form.add_error("receipt", _("There is nothing for this receipt: it is not ours, or the time has run out."))
    return show(request, "desks/return.html", {"form": form}, private=True)


def _thread(request: HttpRequest, held: Held, shown: str) -> HttpResponse:
    do = request.POST.get("do", "")
    made = {
        "write": WordsForm(*_given(request, do == "write"), with_files=bool(request.FILES)),
        "notice": NoticeForm(*_given(request, do == "notice")),
        "delete": DeletionForm(*_given(request, do == "delete")),
    }
    done, lost = _done(request, held, do, made)
    if done and do in made:
        made[do] = type(made[do])()
    context = {
        "held": held,
        "report": held.report,
        "desk": held.report.desk,
        "told": _told(held.report),
        "answers": answers(held),
        "receipt": shown,
        "forms": made,
        "done": done,
        "lost": lost,
    }
    return show(request, "desks/thread.html", context, country=held.report.country, private=True)


def _told(report: Report) -> str:
    """How it stands, for the reporter: what somebody has read waits no longer to be read."""
    state = State.TRIAGED if report.read_at and report.state in OPEN else State(report.state)
    return TOLD[state]


def _given(request: HttpRequest, is_meant: bool) -> list[Any]:
    return [request.POST] if is_meant else []


def _done(request: HttpRequest, held: Held, do: str, made: dict[str, forms.Form]) -> tuple[str, list[str]]:
    """What the press has led to, in words; and the names of files that could not be kept."""
    if do in {"agree", "decline"}:
        answer_hand_over(held, agreed=do == "agree")
        return _("The desk has your answer."), []
    if do == "forget":
        erase_notice(held.report)
        return _("Your e-mail address is erased."), []
    form = made.get(do)
    if form is None or not form.is_valid():
        return "", []
    if do == "write":
        return _("Your words have arrived."), _written(request, held, form.cleaned_data["text"])
    if do == "notice":
        set_notice(held.report, form.cleaned_data["notice"], language=current())
        return _("We will write to you when there is an answer."), []
    ask_deletion(held)
    return _("The desk will see that you ask for deletion."), []


def _written(request: HttpRequest, held: Held, text: str) -> list[str]:
    if text or any(file.size for file in request.FILES.getlist("files")):
        add_words(held, text, language=current())
    return keep_files(request, held.report)
