"""The page of one report: it is read, answered and moved on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from desks.desk.errors import DeskRefusal
from desks.inbox import actions
from desks.inbox.forms import (
    CONCLUSION_CHOICES,
    AssignForm,
    ComposerForm,
    ConcludeForm,
    MergeForm,
    TranslationForm,
    TriageForm,
)
from desks.inbox.presenters import ReportPage, blank_forms, canned_texts
from desks.inbox.sections import REPORT_SECTIONS
from desks.reports.models import Report
from desks.reports.states import ReportMove, Risk, Voice
from victor.access import requires
from victor.forms.side_by_side import SideForm
from victor.languages import current_language
from victor.vault.errors import NoGrant, Unopenable, VaultLocked, VaultRefusal
from victor.vault.passphrases.middleware import VaultRequest
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from django.http import QueryDict

    from victor.accounts.models import User


def refusals_as_messages(
    view: Callable[..., HttpResponseBase], *, refusals: tuple[type[Exception], ...] = (DeskRefusal, VaultRefusal)
) -> Callable[..., HttpResponseBase]:
    """Show a refusal as a message on the page of the report, with what was typed there."""

    @wraps(view)
    def guarded(request: VaultRequest, slug: str, reference: str, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, slug, reference, **kwargs)
        except refusals as refusal:
            messages.error(request, str(refusal))
            return respond_after(request, slug, reference)

    return guarded


desk_refusals_as_messages = partial(refusals_as_messages, refusals=(DeskRefusal,))


@requires("desks.work")
@require_safe
@needs_vault
def report(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Read it. The first reading is noted, and each is logged."""
    report = get_report_or_404(request, slug, reference)
    try:
        actions.open_report(report, by=request.unlocked_vault)
    except (NoGrant, Unopenable):
        return render(request, "desks/inbox/report_closed.html", {"report": report}, status=403)
    return render_report_page(request, get_report_or_404(request, slug, reference))


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
@desk_refusals_as_messages
def write(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Put canned words in, keep a note, or answer. What was typed is never lost."""
    report = get_report_or_404(request, slug, reference)
    form = ComposerForm(request.POST, report=report)
    if request.POST.get("send") == NOTHING:
        return respond_after(request, slug, reference)
    if request.POST.get("send") == "canned":
        return render_report_page(request, report, composer=form.with_canned_text(current_language()))
    if not form.is_valid():
        return render_report_page(request, report, composer=form, status=422)
    data = form.cleaned_data
    if data["voice"] == Voice.NOTE:
        actions.add_note(report, data["text"], by=request.user)
        messages.success(request, _("Your note has been saved. Only colleagues can see it."))
        return respond_after(request, slug, reference, done=form)
    try:
        with request.vault.unlock() as vault:
            texts = {"own": data["own"], "own_language": current_language()} if data["own"] else {}
            actions.answer_reporter(report, data["text"], language=data["language"], by=vault, **texts)
    except VaultLocked:
        return render_report_page(request, report, composer=form, status=409)
    messages.success(request, _("Your reply is now visible to the reporter."))
    return respond_after(request, slug, reference, done=form)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
@desk_refusals_as_messages
def translate(request: VaultRequest, slug: str, reference: str, envelope: UUID) -> HttpResponseBase:
    """Keep a translation beside what was written."""
    report = get_report_or_404(request, slug, reference)
    exchanged = report.messages.exclude(voice=Voice.NOTE).select_related("envelope")
    message = get_object_or_404(exchanged, envelope=envelope)
    form = TranslationForm(request.POST, prefix=f"translation-{envelope}")
    if not form.is_valid():
        return render_report_page(request, report, translation=form, status=422)
    actions.add_translation(report, message, form.cleaned_data["text"], language=current_language(), by=request.user)
    messages.success(request, _("Your translation has been saved beside the message."))
    return respond_after(request, slug, reference, done=form)


@requires("desks.work")
@require_POST
@desk_refusals_as_messages
def assign(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Take it, or give it to a colleague."""
    report = get_report_or_404(request, slug, reference)
    form = AssignForm({"assign-to": request.user.pk} if "take" in request.POST else request.POST, desk=report.desk)
    if not form.is_valid():
        return render_report_page(request, report, assign=form, status=422)
    to = form.cleaned_data["to"]
    actions.assign_report(report, to, by=request.user)
    if to == request.user:
        messages.success(request, _("The report is now assigned to you."))
    elif to:
        messages.success(request, _("The report is now assigned to %(name)s.") % {"name": to.name})
    else:
        messages.success(request, _("The report is no longer assigned to anybody."))
    return respond_after(request, slug, reference, done=form)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def move(request: VaultRequest, slug: str, reference: str, move: str) -> HttpResponseBase:
    """Triage, bring to an outcome, merge, close or open anew."""
    report = get_report_or_404(request, slug, reference)
    if move not in MOVE_FORMS:
        raise Http404
    form_name, form = _form_of_move(move, request.POST, report)
    if not form.is_valid():
        return render_report_page(request, report, status=422, typed=None, **{form_name: form})
    try:
        message = _make_move(move, report, form, by=request.user)
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return render_report_page(request, report, status=409, typed=None, **{form_name: form})
    messages.success(request, message)
    return respond_after(request, slug, reference, done=form if form.fields else None)


NOTHING = "nothing"  # what Enter in a field sends: no button was pressed
CONCLUDE = "conclude"  # the outcome is chosen in the form
CONCLUSIONS = {str(move) for move in actions.CONCLUSIONS}
TEXT_FIELDS = {"text", "own", "reason"}
# Each move: by which name the page knows its form.
MOVE_FORMS = {
    ReportMove.TRIAGE: "triage",
    **dict.fromkeys((CONCLUDE, *CONCLUSIONS), "conclude"),
    ReportMove.MERGE: "merge",
    ReportMove.CLOSE: "close",
    ReportMove.REOPEN: "reopen",
}


def _form_of_move(move: str, data: QueryDict, report: Report) -> tuple[str, SideForm]:
    """The form of a move, as it was sent, and its name. An address may name the outcome instead of the form."""
    name = MOVE_FORMS[move]
    if name == "triage":
        return name, TriageForm(data)
    if name == "merge":
        return name, MergeForm(data, report=report)
    if name == "conclude":
        return name, ConcludeForm(data if move == CONCLUDE else {**data.dict(), "outcome": move})
    return name, SideForm(data)


def _make_move(move: str, report: Report, form: SideForm, *, by: User) -> str:
    """Make the move; return what it has done, in words."""
    data = form.cleaned_data
    match MOVE_FORMS[move]:
        case "triage":
            risk = Risk(data["risk"])
            actions.triage_report(report, risk=risk, reason=data["reason"], by=by)
            return _("Triage saved. Risk: %(risk)s") % {"risk": risk.label}
        case "merge":
            actions.merge_report(report, data["into"], by=by)
            return _("Saved as a duplicate of %(reference)s.") % {"reference": data["into"].reference}
        case "close":
            actions.close_report(report, by=by)
            return _("The report is closed.")
        case "reopen":
            actions.reopen_report(report, by=by)
            return _("The report is open again.")
        case _:
            outcome = ReportMove(data["outcome"])
            actions.conclude_report(report, outcome, reason=data["reason"], by=by)
            return _("Outcome saved: %(outcome)s") % {"outcome": dict(CONCLUSION_CHOICES)[outcome]}


def get_report_or_404(request: VaultRequest, slug: str, reference: str) -> Report:
    """The report at this address, for those who work at its desk."""
    reports = Report.objects.visible_to(request.user).select_related("desk__country", "country", "assignee", "key")
    return get_object_or_404(reports.select_related("duplicate_of"), desk__slug=slug, reference=reference)


def respond_after(
    request: VaultRequest, slug: str, reference: str, *, done: SideForm | None = None
) -> HttpResponseBase:
    """The page of the report after a step: anew, or, where other words were typed on it, with these in their fields."""
    report = get_report_or_404(request, slug, reference)
    others = {name: str(value) for name, value in request.POST.items() if not _belongs_to(name, done)}
    forms = [form for form in blank_forms(report).values() if done is None or type(form) is not type(done)]
    is_typed = [form.keep_typed(others) for form in forms] + [
        bool(value) for name, value in others.items() if is_text(name)
    ]
    if not any(is_typed):
        return redirect("desks:inbox_report", slug, reference)
    return render_report_page(request, report, typed=others)


def is_text(name: str) -> bool:
    """Whether a field of the page holds words, by its name."""
    return name.rpartition("-")[2] in TEXT_FIELDS


def _belongs_to(name: str, form: SideForm | None) -> bool:
    """Whether a field was of this form. The composer's fields have no prefix."""
    if form is None or form.was_alone:
        return form is not None
    return name.startswith(f"{form.prefix}-") if form.prefix else "-" not in name


def render_report_page(
    request: VaultRequest,
    report: Report,
    *,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    **bound: SideForm,
) -> HttpResponse:
    """The page of a report, with the forms as they were sent, and what was typed in the others.

    With a locked vault: what was typed, to be kept. `typed` is what a step that is done has left.
    """
    try:
        with request.vault.unlock() as vault:
            page = ReportPage(report, vault)
    except VaultLocked:
        address = reverse("desks:report_write", args=[report.desk.slug, report.reference])
        context = fields_to_keep(request.POST) if typed is None else fields_to_keep(typed, again=address)
        return render(request, "desks/inbox/report_locked.html", context, status=409)
    except (NoGrant, Unopenable):
        return render(request, "desks/inbox/report_closed.html", {"report": report}, status=403)
    for form in bound.values():
        page.show_form(form)
    sections = [section(report, bound) for section in REPORT_SECTIONS]
    forms = {**blank_forms(report), **bound}
    for side_form in (*forms.values(), *page.forms(), *(section.form for section in sections)):
        if side_form is not None and not side_form.is_bound:
            side_form.keep_typed(request.POST if typed is None else typed)
    context = {
        "report": report,
        "report_page": page,
        "canned": canned_texts(report),
        "sections": sections,
        "has_unsaved": request.method == "POST",
        "sent_forms": [form for form in bound.values() if form.errors],
        **forms,
    }
    return render(request, "desks/inbox/inbox_report.html", context, status=status)


def fields_to_keep(data: Mapping[str, str], *, again: str = "") -> dict[str, object]:
    """What was sent, so that it can be sent once more. `again` is where to, if not to the same address."""
    fields = [(name, value) for name, value in data.items() if name != "csrfmiddlewaretoken"]
    typed = [(name, value) for name, value in fields if is_text(name) and value]
    hidden = [(name, value) for name, value in fields if (name, value) not in typed and not (again and name == "send")]
    return {"typed": typed, "hidden": [*hidden, ("send", NOTHING)] if again else hidden, "again": again}
