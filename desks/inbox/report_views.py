"""The page of one report: it is read, answered and moved on; its files leave as attachments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial, wraps
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from desks.desk.errors import DeskRefusal
from desks.inbox import actions, originals
from desks.inbox.attached_files import copy_name
from desks.inbox.forms import AssignForm, ComposerForm, ConcludeForm, MergeForm, ReasonForm, TranslationForm, TriageForm
from desks.inbox.models import OriginalAccess
from desks.inbox.presenters import ReportPage, blank_forms, canned_texts
from desks.inbox.sections import REPORT_SECTIONS
from desks.reports.models import Attachment, Report
from desks.reports.states import ReportMove, Risk, Voice
from victor.access import requires
from victor.languages import current_language
from victor.vault.errors import NoGrant, Unopenable, VaultLocked, VaultRefusal
from victor.vault.passphrases.middleware import VaultRequest
from victor.vault.passphrases.views import needs_vault
from victor.vault.records.actions import FileInfo

if TYPE_CHECKING:
    from django.http import QueryDict

    from victor.accounts.models import User


def refusals_as_messages(
    view: Callable[..., HttpResponseBase], *, refusals: tuple[type[Exception], ...] = (DeskRefusal, VaultRefusal)
) -> Callable[..., HttpResponseBase]:
    """Show a refusal as a message on the page of the report."""

    @wraps(view)
    def guarded(request: VaultRequest, slug: str, reference: str, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, slug, reference, **kwargs)
        except refusals as refusal:
            messages.error(request, str(refusal))
            return redirect("desks:inbox_report", slug, reference)

    return guarded


desk_refusals_as_messages = partial(refusals_as_messages, refusals=(DeskRefusal,))


@requires("desks.work")
@require_safe
@needs_vault
@refusals_as_messages
def report_file(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """The clean copy."""
    report = get_report_or_404(request, slug, reference)
    attachment = _attachment(report, number)
    about, chunks = originals.open_clean_copy(attachment, by=request.unlocked_vault)
    return _download(about._replace(name=copy_name(attachment, about)), chunks)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
@desk_refusals_as_messages
def ask_original(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """Ask a colleague to agree that one opens the original."""
    report = get_report_or_404(request, slug, reference)
    attachment, form = _attachment(report, number), ReasonForm(request.POST)
    if not form.is_valid():
        return render_report_page(request, report, original=form, status=422)
    originals.request_original(attachment, form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Another colleague at the desk now has to approve."))
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@require_POST
@refusals_as_messages
def grant_original(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """Agree."""
    report = get_report_or_404(request, slug, reference)
    originals.approve_original(_access(report, number), by=request.user)
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.lead")
@require_safe
def originals_elsewhere(request: VaultRequest) -> HttpResponse:
    """Requests for originals at other desks that have nobody else to decide. Only what is plain is shown."""
    accesses = originals.requests_from_elsewhere(request.user)
    return render(request, "desks/inbox/originals_elsewhere.html", {"accesses": accesses})


@requires("desks.lead")
@require_POST
def grant_original_elsewhere(request: VaultRequest, number: int) -> HttpResponse:
    """Agree as the second person from another desk."""
    accesses = originals.requests_from_elsewhere(request.user)
    access = next((access for access in accesses if access.pk == number), None)
    if access is None:
        raise Http404
    try:
        originals.approve_original(access, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("desks:originals_elsewhere")


@requires("desks.work")
@require_POST
@needs_vault
@refusals_as_messages
def original(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """The original, once."""
    report = get_report_or_404(request, slug, reference)
    return _download(*originals.open_original(_access(report, number), by=request.unlocked_vault))


def _attachment(report: Report, number: int) -> Attachment:
    attachments = Attachment.objects.select_related("message__report", "original__key", "clean__key")
    return get_object_or_404(attachments, pk=number, message__report=report)


def _access(report: Report, number: int) -> OriginalAccess:
    return get_object_or_404(OriginalAccess, pk=number, attachment__message__report=report)


def _download(about: FileInfo, chunks: Iterator[bytes]) -> HttpResponseBase:
    """A file to be saved, which no browser opens by itself."""
    answer = StreamingHttpResponse(chunks, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=about.name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


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
def write(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Put canned words in, keep a note, or answer. What was typed is never lost."""
    report = get_report_or_404(request, slug, reference)
    form = ComposerForm(request.POST, report=report)
    if request.POST.get("send") == "canned":
        return render_report_page(request, report, composer=form.with_canned_text(current_language()))
    if not form.is_valid():
        return render_report_page(request, report, composer=form, status=422)
    data = form.cleaned_data
    if data["voice"] == Voice.NOTE:
        actions.add_note(report, data["text"], by=request.user)
        messages.success(request, _("Your note has been saved. Only colleagues can see it."))
        return redirect("desks:inbox_report", slug, reference)
    try:
        with request.vault.unlock() as vault:
            texts = {"own": data["own"], "own_language": current_language()} if data["own"] else {}
            actions.answer_reporter(report, data["text"], language=data["language"], by=vault, **texts)
    except VaultLocked:
        return render_report_page(request, report, composer=form, status=409)
    messages.success(request, _("Your reply is now visible to the reporter."))
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
@desk_refusals_as_messages
def translate(request: VaultRequest, slug: str, reference: str, envelope: UUID) -> HttpResponse:
    """Keep a translation beside what was written."""
    report = get_report_or_404(request, slug, reference)
    exchanged = report.messages.exclude(voice=Voice.NOTE).select_related("envelope")
    message = get_object_or_404(exchanged, envelope=envelope)
    form = TranslationForm(request.POST)
    if not form.is_valid():
        return render_report_page(request, report, translation=form, status=422)
    actions.add_translation(report, message, form.cleaned_data["text"], language=current_language(), by=request.user)
    messages.success(request, _("Your translation has been saved beside the message."))
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@require_POST
@desk_refusals_as_messages
def assign(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Take it, or give it to a colleague."""
    report = get_report_or_404(request, slug, reference)
    form = AssignForm({"to": request.user.pk} if "take" in request.POST else request.POST, desk=report.desk)
    if not form.is_valid():
        return render_report_page(request, report, assign=form, status=422)
    actions.assign_report(report, form.cleaned_data["to"], by=request.user)
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def move(request: VaultRequest, slug: str, reference: str, move: str) -> HttpResponse:
    """Triage, bring to an outcome, merge, close or open anew."""
    report = get_report_or_404(request, slug, reference)
    if move not in MOVE_FORMS:
        raise Http404
    form = MOVE_FORMS[ReportMove(move)](request.POST, report)
    form_name = MOVE_FORM_NAMES.get(ReportMove(move), "conclude")
    if not form.is_valid():
        return render_report_page(request, report, status=422, **{form_name: form})
    try:
        _make_move(ReportMove(move), report, form, by=request.user)
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return render_report_page(request, report, status=409, **{form_name: form})
    return redirect("desks:inbox_report", slug, reference)


MOVE_FORMS: dict[ReportMove, Callable[[QueryDict, Report], forms.Form]] = {
    ReportMove.TRIAGE: lambda data, report: TriageForm(data),
    ReportMove.REFER: lambda data, report: ConcludeForm(data),
    ReportMove.INFORM: lambda data, report: ConcludeForm(data),
    ReportMove.CLOSE_AS_UNFOUNDED: lambda data, report: ConcludeForm(data),
    ReportMove.MERGE: lambda data, report: MergeForm(data, report=report),
    ReportMove.CLOSE: lambda data, report: forms.Form(data),
    ReportMove.REOPEN: lambda data, report: forms.Form(data),
}
TEXT_FIELDS = {"text", "own", "reason"}
MOVE_FORM_NAMES = {ReportMove.TRIAGE: "triage", ReportMove.MERGE: "merge"}


def _make_move(move: ReportMove, report: Report, form: forms.Form, *, by: User) -> None:
    match move:
        case ReportMove.TRIAGE:
            data = form.cleaned_data
            actions.triage_report(report, risk=Risk(data["risk"]), reason=data["reason"], by=by)
        case ReportMove.MERGE:
            actions.merge_report(report, form.cleaned_data["into"], by=by)
        case ReportMove.CLOSE:
            actions.close_report(report, by=by)
        case ReportMove.REOPEN:
            actions.reopen_report(report, by=by)
        case _:
            actions.conclude_report(report, move, reason=form.cleaned_data["reason"], by=by)


def get_report_or_404(request: VaultRequest, slug: str, reference: str) -> Report:
    """The report at this address, for those who work at its desk."""
    reports = Report.objects.visible_to(request.user).select_related("desk__country", "country", "assignee", "key")
    return get_object_or_404(reports.select_related("duplicate_of"), desk__slug=slug, reference=reference)


def render_report_page(
    request: VaultRequest, report: Report, *, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    """The page of a report, with the forms that were filled in. With a locked vault: what was typed, to be kept."""
    try:
        with request.vault.unlock() as vault:
            page = ReportPage(report, vault)
    except VaultLocked:
        return render(request, "desks/inbox/report_locked.html", _sent_fields(request), status=409)
    except (NoGrant, Unopenable):
        return render(request, "desks/inbox/report_closed.html", {"report": report}, status=403)
    context = {
        "report": report,
        "report_page": page,
        "canned": canned_texts(report),
        "sections": [section(report, bound) for section in REPORT_SECTIONS],
        **blank_forms(report),
        **bound,
    }
    return render(request, "desks/inbox/inbox_report.html", context, status=status)


def _sent_fields(request: VaultRequest) -> dict[str, object]:
    """What was sent, so that it can be sent once more."""
    fields = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    typed = [(name, value) for name, value in fields if name in TEXT_FIELDS and value]
    return {"typed": typed, "hidden": [field for field in fields if field not in typed]}
