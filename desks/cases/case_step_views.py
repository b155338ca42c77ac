"""The doors of the steps that ask for something: one page a step, which keeps what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desks.cases import child_record, decisions
from desks.cases.case_page import Reading, Written, current_blocks
from desks.cases.case_views import get_case_or_404, render_step, with_reader
from desks.cases.child_record import current_number
from desks.cases.code_lists import Block, Source, StatusBody
from desks.cases.errors import FactsChanged, NoCopyOfPaper, PaperTooLarge
from desks.cases.obstacles import Ending, Obstacle, obstacles_to
from desks.cases.paper_views import note_large_paper, uploaded_paper
from desks.cases.papers import seal_paper
from desks.cases.record_forms import BlockForm, block_form
from desks.cases.sections import CaseReader
from desks.cases.states import BlockState, VictimStatus
from desks.cases.step_forms import StatusForm
from desks.cases.steps import STEPS, Step, can_write, has_status_step, holds_keys, may_take
from desks.desk.errors import DeskRefusal
from victor.access import requires
from victor.files.upload_handlers import checked_uploads_in_memory
from victor.vault.errors import VaultRefusal

if TYPE_CHECKING:
    from desks.cases.forms import StepForm
    from desks.cases.models import Case
    from victor.vault.passphrases.middleware import VaultRequest


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: VaultRequest, slug: str, reference: str, step: str) -> HttpResponseBase:
    """What a step asks for; take it."""
    case = get_case_or_404(request.user, slug, reference)
    if step not in STEPS:
        raise Http404
    taken = STEPS[step]
    if not holds_keys(case, request.user) or not may_take(taken, case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect("desks:case", slug, reference)
    form = taken.form(request.POST if request.method == "POST" else None, case=case)
    if request.method != "POST":
        return _show_step(request, case, taken, form)
    if not form.is_valid():
        return _show_step(request, case, taken, form, status=422)
    try:
        taken.apply(case, form, request.user)
    except (DeskRefusal, VaultRefusal) as refusal:
        _add_refusal(form, refusal)
        return _show_step(request, case, taken, form, status=409)
    messages.success(request, taken.message)
    return redirect("desks:case", slug, reference)


def _add_refusal(form: StepForm, refusal: Exception) -> None:
    """A refusal beside its fields where it has some, else above the form. What was typed stays."""
    if isinstance(refusal, FactsChanged):
        for name in refusal.names:
            form.add_error(name, str(refusal))
    else:
        form.add_error(None, str(refusal))


def _show_step(request: VaultRequest, case: Case, step: Step, form: StepForm, *, status: int = 200) -> HttpResponse:
    obstacles: list[Obstacle] = obstacles_to(Ending.CLOSE, case) if step.name == "close" else []
    return render_step(
        request,
        case,
        form,
        title=step.title,
        lead=step.lead,
        verb=step.verb,
        back=_back(case, step.section),
        obstacles=obstacles,
        status=status,
    )


def _back(case: Case, section: str) -> str:
    if section == "now":
        return reverse("desks:case", args=[case.desk.slug, case.reference])
    return reverse("desks:case_section", args=[case.desk.slug, case.reference, section])


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: VaultRequest, slug: str, reference: str, part: str) -> HttpResponse:
    """Write a part of the child's record. Two editors never write over each other."""
    case = get_case_or_404(request.user, slug, reference)
    if part not in Block.values:
        raise Http404
    chosen = Block(part)
    if request.method != "POST":
        return with_reader(request, case, lambda reader: _show_block(request, reader, chosen), "child")
    form = block_form(chosen, case, request.POST)
    if not form.is_valid():
        return _render_block(request, case, chosen, form, status=422)
    data = form.cleaned_data
    try:
        saved = child_record.save_block(
            case, chosen, form.content, source=Source(data["source"]), seen=data["seen"], by=request.user
        )
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return _render_block(request, case, chosen, form, status=409)
    if saved.state == BlockState.DRAFT:
        messages.warning(
            request, _("Somebody else saved this part while you wrote. Both texts are kept. Please choose.")
        )
    else:
        messages.success(request, _("This part is saved."))
    return redirect("desks:case_section", slug, reference, "child")


def _show_block(request: VaultRequest, reader: CaseReader, block: Block) -> HttpResponse:
    """The part as it is, in its fields; with a locked vault empty fields, and the box that covers what is there."""
    case = reader.case
    rows = current_blocks(case, [block])
    words = Reading(reader, rows).of(rows[0]) if rows else None
    is_locked = words is not None and words.is_locked
    # Who has not seen what is there writes a second text beside it, and nothing is covered by empty fields.
    seen = 0 if is_locked else current_number(case, block)
    initial: dict[str, object] = {"seen": seen, "source": rows[0].source if rows else Source.OTHERS}
    if words is not None and not words.is_damaged:
        initial |= words.content
    form = block_form(block, case, None, initial=initial)
    return _render_block(request, case, block, form, words=words)


def _render_block(
    request: VaultRequest, case: Case, block: Block, form: BlockForm, *, words: Written | None = None, status: int = 200
) -> HttpResponse:
    return render_step(
        request,
        case,
        form,
        title=block.label,
        verb=_("Save this part"),
        back=_back(case, "child"),
        words=words,
        status=status,
    )


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@checked_uploads_in_memory
def status(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Record whether the child is a victim, as far as it is decided; a body's decision with its paper."""
    case = get_case_or_404(request.user, slug, reference)
    is_post = request.method == "POST"
    form = StatusForm(request.POST if is_post else None, request.FILES if is_post else None, case=case)
    if not request.user.has_perm("desks.supervise_case", case):
        form.without_presuming()
    if not can_write(case, request.user) or not has_status_step(case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect("desks:case", slug, reference)
    if not is_post:
        return _render_status(request, case, form)
    if not form.is_valid():
        note_large_paper(request, form, "paper")
        return _render_status(request, case, form, status=422)
    try:
        _record_status(request, case, form)
    except DeskRefusal as refusal:
        form.add_error("paper" if isinstance(refusal, NoCopyOfPaper | PaperTooLarge) else None, str(refusal))
        return _render_status(request, case, form, status=409)
    messages.success(request, _("The status is saved."))
    return redirect("desks:case", slug, reference)


def _record_status(request: VaultRequest, case: Case, form: StatusForm) -> None:
    data = form.cleaned_data
    content = uploaded_paper(request, form, "paper")
    decisions.record_status(
        case,
        VictimStatus(data["status"]),
        data["words"],
        body=StatusBody(data["body"]) if data["body"] else None,
        decided_on=data["decided_on"],
        received_on=data["received_on"],
        paper=None if content is None else seal_paper(case, content),
        by=request.user,
    )


def _render_status(request: VaultRequest, case: Case, form: StatusForm, *, status: int = 200) -> HttpResponse:
    return render_step(
        request,
        case,
        form,
        title=_("Status of the child"),
        lead=_("The desk sees indications, a supervisor presumes, the competent body decides."),
        verb=_("Save the status"),
        back=_back(case, "people"),
        takes_files=True,
        status=status,
    )
