"""A report that is opened: it is read, answered, noted upon, translated, and moved on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from desks import actions
from desks.errors import Refusal
from desks.forms import (
    AssignForm,
    ComposerForm,
    ConcludeForm,
    HandOverForm,
    MergeForm,
    ReasonForm,
    TranslationForm,
    TriageForm,
)
from desks.models import CannedAnswer, Report
from desks.opened import OpenedReport
from desks.states import Move, Risk, Voice
from victor.access import requires
from victor.publishing.languages import column, current
from victor.vault.errors import Locked, NoGrant, Unopenable
from victor.vault.errors import Refusal as VaultRefusal
from victor.vault.models import Envelope
from victor.vault.views import needs_vault


@requires("desks.work")
@require_safe
@needs_vault
def report(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Read it. The first reading is noted, and each is logged."""
    found = find(request, slug, reference)
    try:
        actions.open_report(found, by=request.opened)
    except NoGrant:
        return render(request, "desks/report_closed.html", {"report": found}, status=403)
    return page(request, find(request, slug, reference))


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def write(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Put canned words in, keep a note, or answer. What was typed is never lost."""
    found = find(request, slug, reference)
    form = ComposerForm(request.POST, report=found)
    if request.POST.get("send") == "canned":
        return page(request, found, composer=form.with_canned(current()))
    if not form.is_valid():
        return page(request, found, composer=form, status=422)
    data = form.cleaned_data
    if data["voice"] == Voice.NOTE:
        actions.note(found, data["text"], by=request.user)
        messages.success(request, _("Your note is kept. Only colleagues see it."))
        return redirect("desks:inbox_report", slug, reference)
    try:
        with request.vault.opened() as opened:
            texts = {"own": data["own"], "own_language": current()} if data["own"] else {}
            actions.answer(found, data["text"], language=data["language"], by=opened, **texts)
    except Locked:
        return page(request, found, composer=form, status=409)
    messages.success(request, _("Your answer is there for the reporter."))
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def translate(request: HttpRequest, slug: str, reference: str, envelope: UUID) -> HttpResponse:
    """Keep a translation beside what was written."""
    found = find(request, slug, reference)
    source = get_object_or_404(Envelope, pk=envelope, key=found.key_id, purpose__in=["report", "message"])
    form = TranslationForm(request.POST)
    if not form.is_valid():
        return page(request, found, translation=form, status=422)
    actions.translate(found, source, form.cleaned_data["text"], language=current(), by=request.user)
    messages.success(request, _("Your translation stands beside the words."))
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@require_POST
def assign(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Take it, or give it to a colleague."""
    found = find(request, slug, reference)
    form = AssignForm({"to": request.user.pk} if "take" in request.POST else request.POST, desk=found.desk)
    if not form.is_valid():
        return page(request, found, assign=form, status=422)
    actions.assign(found, form.cleaned_data["to"], by=request.user)
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def move(request: HttpRequest, slug: str, reference: str, move: str) -> HttpResponse:
    """Triage, bring to an outcome, merge, close or open anew."""
    found = find(request, slug, reference)
    if move not in FORMS:
        raise Http404
    form = FORMS[Move(move)](request.POST, found)
    if not form.is_valid():
        return page(request, found, status=422, **{PLACES.get(Move(move), "conclude"): form})
    try:
        _do(Move(move), found, form, by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return page(request, found, status=409, **{PLACES.get(Move(move), "conclude"): form})
    return redirect("desks:inbox_report", slug, reference)


FORMS: dict[Move, Any] = {
    Move.TRIAGE: lambda data, report: TriageForm(data),
    Move.REFER: lambda data, report: ConcludeForm(data),
    Move.INFORM: lambda data, report: ConcludeForm(data),
    Move.FIND_UNFOUNDED: lambda data, report: ConcludeForm(data),
    Move.MERGE: lambda data, report: MergeForm(data, report=report),
    Move.CLOSE: lambda data, report: forms.Form(data),
    Move.REOPEN: lambda data, report: forms.Form(data),
}
TYPED = {"text", "own", "reason"}
PLACES = {Move.TRIAGE: "triage", Move.MERGE: "merge"}


def _do(move: Move, report: Report, form: forms.Form, *, by: Any) -> None:
    match move:
        case Move.TRIAGE:
            data = form.cleaned_data
            actions.triage(report, risk=Risk(data["risk"]), reason=data["reason"], by=by)
        case Move.MERGE:
            actions.merge(report, form.cleaned_data["into"], by=by)
        case Move.CLOSE:
            actions.close(report, by=by)
        case Move.REOPEN:
            actions.reopen(report, by=by)
        case _:
            actions.conclude(report, move, reason=form.cleaned_data["reason"], by=by)


def find(request: HttpRequest, slug: str, reference: str) -> Report:
    """The report at this address, for those who work at its desk."""
    found = Report.objects.visible_to(request.user).select_related("desk__country", "country", "assignee", "key")
    return get_object_or_404(found.select_related("duplicate_of"), desk__slug=slug, reference=reference)


def says_refusals(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Say on the report's page what was refused."""

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, reference: str, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, slug, reference, **kwargs)
        except (Refusal, VaultRefusal) as refusal:
            messages.error(request, str(refusal))
            return redirect("desks:inbox_report", slug, reference)

    return guarded


def page(request: HttpRequest, report: Report, *, status: int = 200, **bound: Any) -> HttpResponse:
    """The page of a report, with the forms that were filled in. With a locked vault: what was typed, to be kept."""
    try:
        opened = request.vault.opened()
    except Locked:
        return render(request, "desks/report_locked.html", _kept(request), status=409)
    with opened:
        context = {
            "report": report,
            "opened": OpenedReport(report, opened),
            "canned": _canned(report),
            **_forms(report),
            **bound,
        }
        try:
            return render(request, "desks/inbox_report.html", context, status=status)
        except (NoGrant, Unopenable):
            return render(request, "desks/report_closed.html", {"report": report}, status=403)


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What was sent, so that it can be sent once more."""
    given = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    typed = [(name, value) for name, value in given if name in TYPED and value]
    return {"typed": typed, "hidden": [pair for pair in given if pair not in typed]}


def _forms(report: Report) -> dict[str, Any]:
    return {
        "composer": ComposerForm(report=report),
        "assign": AssignForm(desk=report.desk, initial={"to": report.assignee_id}),
        "triage": TriageForm(initial={"risk": report.risk or (Risk.DANGER if report.danger else None)}),
        "conclude": ConcludeForm(),
        "merge": MergeForm(report=report),
        "hand_over": HandOverForm(report=report),
        "translation": TranslationForm(auto_id=False),
        "original": ReasonForm(auto_id=False),
    }


def _canned(report: Report) -> dict[str, dict[str, str]]:
    """The words that are ready, by name: in the reporter's language, and in the colleague's where it is another."""
    names = {"text": report.language} | ({"own": current()} if current() != report.language else {})
    found = CannedAnswer.objects.for_desk(report.desk, report.language)
    return {
        each.slug: {name: getattr(each, column("text", language)) or "" for name, language in names.items()}
        for each in found
    }
