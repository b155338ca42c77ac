"""The page of a case and its sections; what is written on it, taken, settled."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.cases import assignments, child_record, decisions, guardians, holds, notes
from desks.cases.case_page import CasePage, step_links
from desks.cases.casework import CaseHold, CasePhase, IdentityBlock, Relative, Task
from desks.cases.code_lists import Sensitivity
from desks.cases.forms import NoteForm
from desks.cases.merges import absorbed_cases, merge_of, merges_into
from desks.cases.models import Case, Sealed
from desks.cases.readings import note_reading
from desks.cases.sections import CASE_SECTIONS, CaseReader, load_parts, sections_in_order
from desks.cases.states import EntryKind, TaskState
from desks.cases.steps import rights_of
from desks.desk.errors import DeskRefusal
from partners.help_lines.presenters import lines_to_call_first
from victor.access import requires
from victor.formatting import clock
from victor.forms.statuses import status_of
from victor.vault.errors import NoGrant, Unopenable, VaultLocked, VaultRefusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.forms import StepForm
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest

TASK_STEPS = {"done": TaskState.DONE, "dropped": TaskState.DROPPED}
DRAFT_STEPS = {"use": child_record.use_draft, "aside": child_record.set_draft_aside}
RELATIVE_STEPS = {"block": guardians.block_relative, "allow": guardians.allow_relative}
DRAFT_MESSAGES = {
    "use": gettext_lazy("The second text counts now. The first stays among the earlier versions."),
    "aside": gettext_lazy("The first text counts. The second is kept and no longer asks for a choice."),
}
RELATIVE_MESSAGES = {
    "block": gettext_lazy("Nobody contacts this person from now on."),
    "allow": gettext_lazy("This person may be contacted."),
}


def refusals_on_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Show a refusal as a message on the page of the case."""

    @wraps(view)
    def guarded(request: VaultRequest, slug: str, reference: str, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, slug, reference, **kwargs)
        except (DeskRefusal, VaultRefusal) as refusal:
            messages.error(request, str(refusal))
            return redirect("desks:case", slug, reference)

    return guarded


def get_case_or_404(user: User, slug: str, reference: str) -> Case:
    """The case at this address, for those who may open it. A restricted one is there for the people named in it."""
    cases = Case.objects.visible_to(user).select_related(
        "desk__country", "desk__organisation", "desk__group", "worker", "lead", "key", "restricted_group"
    )
    return get_object_or_404(cases, desk__slug=slug, reference=reference)


def with_reader(
    request: VaultRequest, case: Case, show: Callable[[CaseReader], HttpResponse], section: str, *beside: Case
) -> HttpResponse:
    """Show a page with what the reader's vault opens. With a locked vault what was written is covered, not the page.

    The log of each case notes that it was read; `beside` are others that the page shows.
    """
    try:
        with request.vault.unlock() as vault:
            response = show(CaseReader(case, request.user, vault))
    except VaultLocked:
        return show(CaseReader(case, request.user, None))
    except (NoGrant, Unopenable):
        return render(request, "desks/cases/case_closed.html", {"case": case}, status=403)
    for shown in (case, *beside):
        note_reading(shown, section, by=request.user)
    return response


def render_step(
    request: VaultRequest,
    case: Case,
    form: StepForm,
    *,
    title: StrOrPromise,
    verb: StrOrPromise,
    back: str,
    lead: StrOrPromise = "",
    status: int | None = None,
    **shown: object,
) -> HttpResponse:
    """The page of a step that asks for something, with what was typed. `verb` stands on its button.

    Where nothing else is said, the status is 422 for what was typed wrongly, and 409 for what the action refused.
    """
    shown |= {"case": case, "form": form, "title": title, "verb": verb, "back": back, "lead": lead}
    shown["has_unsaved"] = form.is_bound
    return render(request, "desks/cases/case_step.html", shown, status=status or status_of(form))


def answer_self_saving(form: StepForm, save: Callable[[], Sealed | None]) -> JsonResponse:
    """What a page is told that saves its draft by itself: until when it is saved, or why it is not."""
    if not form.is_valid():
        return JsonResponse({"error": _("Something here is wrong. Press “Save the draft” to see it.")}, status=422)
    try:
        row = save()
    except DeskRefusal as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    if row is None:
        return JsonResponse({"seen": "", "saved": ""})
    saved = _("Saved %(time)s") % {"time": clock(row.made_at)}
    return JsonResponse({"seen": str(row.envelope_id), "saved": saved})


@requires("desks.work")
@require_safe
def case(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """What is now: is the child safe, what is due, may I call?"""
    return show_case(request, get_case_or_404(request.user, slug, reference), NoteForm())


def show_case(request: VaultRequest, case: Case, form: NoteForm, *, status: int = 200) -> HttpResponse:
    """The page of a case, with a note as it was typed."""

    def show(reader: CaseReader) -> HttpResponse:
        rights = rights_of(case, request.user)
        context = {
            "case": case,
            "page": CasePage(reader),
            "form": form,
            "steps": step_links(case, request.user, rights, "now"),
            "rights": rights,
            "emergency": lines_to_call_first(case.desk.country_id),
            "current": "now",
            "merge": merge_of(case),
            "merged": merges_into(case),
        }
        return render(request, "desks/cases/case.html", context, status=status)

    return with_reader(request, case, show, "now")


@requires("desks.work")
@require_safe
def section(request: VaultRequest, slug: str, reference: str, section: str) -> HttpResponse:
    """One section of a case."""
    case = get_case_or_404(request.user, slug, reference)
    if section not in CASE_SECTIONS:
        raise Http404
    shown = CASE_SECTIONS[section]

    def show(reader: CaseReader) -> HttpResponse:
        rights = rights_of(case, request.user)
        context = {
            "case": case,
            "section": shown,
            "content": shown.load(reader),
            "parts": load_parts(section, reader),
            "sections": sections_in_order(),
            "is_locked": reader.is_locked,
            "current": section,
            "steps": step_links(case, request.user, rights, section),
            "rights": rights,
            "merge": merge_of(case),
            "merged": merges_into(case),
        }
        return render(request, "desks/cases/section.html", context)

    return with_reader(request, case, show, section, *(_parts_of(case) if section == "timeline" else ()))


def _parts_of(case: Case) -> list[Case]:
    """The cases whose rows stand in the timeline of this one; none where the page says that something was altered."""
    try:
        return list(absorbed_cases(case))
    except Unopenable:
        return []


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["POST"])
def note(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Write a note. It works with a locked vault, too."""
    case, form = get_case_or_404(request.user, slug, reference), NoteForm(request.POST)
    if not form.is_valid():
        return show_case(request, case, form, status=422)
    data = form.cleaned_data
    try:
        notes.write_note(
            case,
            data["text"],
            kind=EntryKind(data["kind"]),
            sensitivity=Sensitivity(data["sensitivity"]),
            by=request.user,
        )
    except DeskRefusal as refusal:
        form.add_error(None, str(refusal))
        return show_case(request, case, form, status=409)
    messages.success(request, _("Your note is saved."))
    return redirect("desks:case", slug, reference)


@requires("desks.work")
@require_POST
@refusals_on_page
def take(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Take a case that has no worker."""
    assignments.take_case(get_case_or_404(request.user, slug, reference), by=request.user)
    messages.success(request, _("You are the worker of this case now."))
    return redirect("desks:case", slug, reference)


@requires("desks.work")
@require_POST
@refusals_on_page
def task(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponseBase:
    """A task is done, or dropped."""
    case = get_case_or_404(request.user, slug, reference)
    if step not in TASK_STEPS:
        raise Http404
    notes.settle_task(get_object_or_404(Task, case=case, pk=number), TASK_STEPS[step], by=request.user)
    messages.success(request, _("The task is settled."))
    return redirect("desks:case", slug, reference)


@requires("desks.work")
@require_POST
@refusals_on_page
def draft(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponseBase:
    """Of two texts one is to count."""
    case = get_case_or_404(request.user, slug, reference)
    if step not in DRAFT_STEPS:
        raise Http404
    DRAFT_STEPS[step](get_object_or_404(IdentityBlock, case=case, pk=number), by=request.user)
    messages.success(request, DRAFT_MESSAGES[step])
    return redirect("desks:case_section", slug, reference, "child")


@requires("desks.work")
@require_POST
@refusals_on_page
def relative(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponseBase:
    """Nobody contacts a relative any more, or somebody may."""
    case = get_case_or_404(request.user, slug, reference)
    if step not in RELATIVE_STEPS:
        raise Http404
    RELATIVE_STEPS[step](get_object_or_404(Relative, case=case, pk=number), by=request.user)
    messages.success(request, RELATIVE_MESSAGES[step])
    return redirect("desks:case_section", slug, reference, "people")


@requires("desks.work")
@require_POST
@refusals_on_page
def end_phase(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """A phase is over."""
    case = get_case_or_404(request.user, slug, reference)
    decisions.end_phase(get_object_or_404(CasePhase, case=case, pk=number), by=request.user)
    messages.success(request, _("The phase has ended."))
    return redirect("desks:case_section", slug, reference, "people")


@requires("desks.lead")
@require_POST
@refusals_on_page
def lift_hold(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """End a hold."""
    case = get_case_or_404(request.user, slug, reference)
    holds.lift_case_hold(get_object_or_404(CaseHold, case=case, pk=number), by=request.user)
    messages.success(request, _("The hold has been lifted."))
    return redirect("desks:case_section", slug, reference, "people")
