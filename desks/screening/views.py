"""A screening of a case: begun, filled in, finished, read. And the form on paper, which desks hand out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.cases.case_views import get_case_or_404, refusals_on_page, with_reader
from desks.cases.errors import NoCopyOfPaper, PaperTooLarge
from desks.cases.paper_views import answer_with_paper, note_large_paper, uploaded_paper
from desks.desk.errors import DeskRefusal
from desks.desk.models import Desk
from desks.screening import actions
from desks.screening.answers import ScreeningContent
from desks.screening.forms import ScreeningForm
from desks.screening.papers import open_sheet, seal_sheet
from desks.screening.pdf import screening_form_pdf
from desks.screening.presenters import FinishedScreening, emergency_number_of, preview_of, read_content, status_ask
from desks.screening.states import ScreeningOrigin, ScreeningState
from victor.access import SignedInRequest, requires
from victor.files.upload_handlers import checked_uploads_in_memory
from victor.formatting import clock
from victor.forms.numbers import read_digits
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from desks.cases.models import Case
    from desks.cases.sections import CaseReader
    from desks.screening.models import Screening
    from victor.publishing.forms import FormData, FormFiles
    from victor.vault.passphrases.middleware import VaultRequest
    from victor.vault.records.models import SealedFile


@requires("desks.work")
@require_POST
@refusals_on_page
def begin(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Begin a screening, or one from paper."""
    case = get_case_or_404(request.user, slug, reference)
    is_paper = request.POST.get("origin") == ScreeningOrigin.PAPER
    origin = ScreeningOrigin.PAPER if is_paper else ScreeningOrigin.OWN
    draft = actions.begin_screening(case, origin=origin, by=request.user)
    return redirect("desks:case_screening_edit", slug, reference, draft.pk)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@checked_uploads_in_memory
def edit(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """Fill in one's draft. A saving by the page itself is answered in few words, without a page and without a sheet."""
    case = get_case_or_404(request.user, slug, reference)
    drafts = case.screenings.drafts_of(request.user).select_related("envelope__key")
    draft = get_object_or_404(drafts, pk=number)
    if request.method == "POST":
        return _save(request, case, draft)

    def show(reader: CaseReader) -> HttpResponse:
        content = read_content(reader, draft)
        if content is None:
            return render(request, "desks/screening/locked.html", {"case": case, "draft": draft})
        return _show_form(request, case, draft, _form(case, draft, content))

    return with_reader(request, case, show, "screening")


def _form(
    case: Case, draft: Screening, content: ScreeningContent, data: FormData = None, files: FormFiles = None
) -> ScreeningForm:
    is_paper = draft.origin == ScreeningOrigin.PAPER
    return ScreeningForm(data, files, content=content, emergency_number=emergency_number_of(case), is_paper=is_paper)


def _save(request: VaultRequest, case: Case, draft: Screening) -> HttpResponseBase:
    press = request.POST.get("do", "save")
    form = _form(case, draft, ScreeningContent(), request.POST, request.FILES if press != "auto" else None)
    if not form.is_valid():
        return _answer_invalid(request, case, draft, form, press)
    seen, content = read_digits(request.POST.get("seen", "")) or 0, form.content
    try:
        sheet = _seal_sheet(request, case, form)
        if press == "finish":
            actions.finish_screening(draft, content, seen=seen, by=request.user, sheet=sheet)
            messages.success(request, _("The screening is finished."))
            return redirect("desks:case_screening_read", case.desk.slug, case.reference, draft.pk)
        is_noted = press == "save"
        draft = actions.save_screening(draft, content, seen=seen, by=request.user, is_noted=is_noted, sheet=sheet)
    except DeskRefusal as refusal:
        if press == "auto":
            return JsonResponse({"error": str(refusal)}, status=409)
        form.add_error("sheet" if isinstance(refusal, NoCopyOfPaper | PaperTooLarge) else None, str(refusal))
        return _show_form(request, case, draft, form, status=409)
    if press == "auto":
        saved = _("Saved %(time)s") % {"time": clock(draft.saved_at)}
        return JsonResponse({"seen": draft.version, "saved": saved, "follows": preview_of(case, content)})
    messages.success(request, _("The draft is saved."))
    return redirect("desks:case_screening_edit", case.desk.slug, case.reference, draft.pk)


def _seal_sheet(request: VaultRequest, case: Case, form: ScreeningForm) -> SealedFile | None:
    """The sheet that came along, encrypted before anything is locked; None where none did.

    Raises:
        PaperTooLarge, NoCopyOfPaper: it is not kept.
    """
    content = uploaded_paper(request, form, "sheet") if "sheet" in form.fields else None
    return None if content is None else seal_sheet(case, content)


def _answer_invalid(
    request: VaultRequest, case: Case, draft: Screening, form: ScreeningForm, press: str
) -> HttpResponseBase:
    if press == "auto":
        return JsonResponse({"error": _("Something here is wrong. Press “Save the draft” to see it.")}, status=422)
    if "sheet" in form.fields:
        note_large_paper(request, form, "sheet")
    return _show_form(request, case, draft, form, status=422)


def _show_form(
    request: VaultRequest, case: Case, draft: Screening, form: ScreeningForm, *, status: int = 200
) -> HttpResponse:
    content = form.content if form.is_bound and form.is_valid() else ScreeningContent()
    if not form.is_bound:
        content = ScreeningContent(answers={code: form.initial[f"sign_{code}"] for code in form.codes})
        content.in_danger = form.initial["in_danger"]
    context = {
        "case": case,
        "draft": draft,
        "form": form,
        "follows": preview_of(case, content),
        "seen": request.POST.get("seen", draft.version),
        "is_paper": draft.origin == ScreeningOrigin.PAPER,
    }
    return render(request, "desks/screening/screening.html", context, status=status)


@requires("desks.work")
@require_safe
def read(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """A finished screening."""
    case = get_case_or_404(request.user, slug, reference)
    done = case.screenings.filter(state=ScreeningState.DONE).select_related("envelope__key", "author")
    screening = get_object_or_404(done, pk=number)

    def show(reader: CaseReader) -> HttpResponse:
        newest = case.screenings.done().first()
        context = {"case": case, "screening": FinishedScreening(reader, screening), "ask": status_ask(reader, newest)}
        return render(request, "desks/screening/finished.html", context)

    return with_reader(request, case, show, "screening")


@requires("desks.work")
@require_safe
@needs_vault
def sheet(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """The sheet of a screening from paper."""
    case = get_case_or_404(request.user, slug, reference)
    with_sheet = case.screenings.visible_to(request.user).filter(sheet__isnull=False)
    screening = get_object_or_404(with_sheet.select_related("case", "sheet__key"), pk=number)
    return answer_with_paper(case.reference, screening.pk, open_sheet(screening, by=request.unlocked_vault))


@requires("desks.work")
@require_POST
@refusals_on_page
def ask(request: VaultRequest, slug: str, reference: str) -> HttpResponseBase:
    """Ask the supervisors to decide about a presumed victim."""
    actions.ask_supervisors(get_case_or_404(request.user, slug, reference), by=request.user)
    messages.success(request, _("The supervisors of your desk are asked. The timeline shows what they decide."))
    return redirect("desks:case_section", slug, reference, "screening")


@requires("desks.work")
@require_safe
def screening_forms(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose the language of the form."""
    desk = get_object_or_404(Desk.objects.for_worker(request.user), slug=slug)
    return render(request, "desks/screening/forms.html", {"desk": desk, "languages": settings.LANGUAGES})


@requires("desks.work")
@require_safe
def screening_form(request: SignedInRequest, slug: str, language: str) -> HttpResponse:
    """The form as a PDF, with the numbers of the desk's country."""
    desks = Desk.objects.for_worker(request.user).select_related("country")
    desk = get_object_or_404(desks, slug=slug)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="form-{language}.pdf"'}
    return HttpResponse(screening_form_pdf(desk.country, language), content_type="application/pdf", headers=headers)
