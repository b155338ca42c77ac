"""The doors of the place where a child lives: a new place, its words, check-ins, a missing child, the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from desks.cases.case_views import get_case_or_404, refusals_on_page, with_reader
from desks.cases.states import BlockState
from desks.desk.errors import DeskRefusal
from desks.notifications.presenters import languages_of
from desks.notifications.states import Channel
from desks.placements import actions, check_ins, forms, missing_reports
from desks.placements.letters import PaperWish, make_missing_report
from desks.placements.models import CheckIn, MissingReport, Placement, PlacementText
from desks.placements.presenters import current_text, lines_to_call
from desks.placements.states import Contact, PlaceKind
from victor.access import requires
from victor.files.downloads import PDF, answer_with_file
from victor.forms.statuses import status_of
from victor.vault.errors import VaultRefusal
from victor.vault.passphrases.views import needs_vault

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.forms import StepForm
    from desks.cases.models import Case
    from desks.cases.sections import CaseReader
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest

CHOICES = {"use": actions.use_second_text, "aside": actions.set_second_text_aside}


@dataclass(frozen=True)
class PlacePage:
    """What a page asks for, in which words. `calls_first`: the numbers to call stand above everything else."""

    title: StrOrPromise
    verb: StrOrPromise
    lead: StrOrPromise = ""
    calls_first: bool = False


@dataclass(frozen=True, kw_only=True)
class MissingPage(PlacePage):
    """A step about a missing child, and its one action."""

    message: StrOrPromise
    form: type[StepForm]
    apply: Callable[[MissingReport, StepForm, User], object]


NEW_PLACE = PlacePage(
    gettext_lazy("New place to live"),
    gettext_lazy("Save the place"),
    gettext_lazy("A watch of 72 hours begins, with a check-in every 12 hours: many children leave in the first days."),
)
WORDS = PlacePage(gettext_lazy("Place to live"), gettext_lazy("Save what is written"))
PRESENT = PlacePage(gettext_lazy("The child is here"), gettext_lazy("Save the check-in"))
MISSING = PlacePage(
    gettext_lazy("The child is missing"),
    gettext_lazy("Save that the child is missing"),
    gettext_lazy("Call first, then write. The risk becomes “danger now”, and the lead is told at once."),
    calls_first=True,
)
PAPER = PlacePage(
    gettext_lazy("Report of a missing child"),
    gettext_lazy("Print the report"),
    gettext_lazy("It is prepared from what is written. Read it out on the telephone, and hand it to the police."),
    calls_first=True,
)


def _tell(report: MissingReport, form: StepForm, user: User) -> object:
    data = form.cleaned_data
    words = {name: data[name] for name in ("number", "text")}
    return missing_reports.record_told(report, Contact(data["contact"]), words, how=Channel(data["how"]), by=user)


def _return(report: MissingReport, form: StepForm, user: User) -> object:
    data = form.cleaned_data
    facts = {"returned_at": data["returned_at"], "is_same_place": data["place"] == "same"}
    return missing_reports.record_return(report, {"text": data["text"]}, by=user, **facts)


MISSING_PAGES = {
    "told": MissingPage(
        gettext_lazy("Somebody was told"),
        gettext_lazy("Save who was told"),
        calls_first=True,
        message=gettext_lazy("It is saved who was told. Ask the police again each day until the child is back."),
        form=forms.ToldForm,
        apply=_tell,
    ),
    "back": MissingPage(
        gettext_lazy("The child is back"),
        gettext_lazy("Save that the child is back"),
        gettext_lazy("Tell the police and all others whom you told. The risk stays until somebody assesses it."),
        message=gettext_lazy("It is saved that the child is back. Assess the risk again."),
        form=forms.ReturnForm,
        apply=_return,
    ),
}


def _section(case: Case) -> str:
    return reverse("desks:case_section", args=[case.desk.slug, case.reference, "places"])


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """Write down a new place. It works with a locked vault, too."""
    case = get_case_or_404(request.user, slug, reference)
    form = forms.PlaceForm(request.POST if request.method == "POST" else None, case=case)

    def apply() -> StrOrPromise:
        data = form.cleaned_data
        actions.place_child(case, PlaceKind(data["kind"]), form.written, since=data["since"], by=request.user)
        return _("The place is saved, and the 72-hour watch runs.")

    return _answer(request, case, form, NEW_PLACE, apply)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """Write what is known of a place. Two editors never write over each other."""
    case = get_case_or_404(request.user, slug, reference)
    row = get_object_or_404(Placement.objects.select_related("case"), case=case, pk=number)
    if request.method != "POST":
        return with_reader(request, case, lambda reader: _show_words(request, reader, row), "places")
    form = forms.PlaceWordsForm(request.POST, case=case)

    def apply() -> StrOrPromise:
        text = actions.write_place(row, form.written, seen=form.cleaned_data["seen"], by=request.user)
        if text.state == BlockState.DRAFT:
            return _("Somebody else saved this part while you wrote. Both texts are kept. Please choose.")
        return _("What you wrote is saved.")

    return _answer(request, case, form, WORDS, apply)


def _show_words(request: VaultRequest, reader: CaseReader, row: Placement) -> HttpResponse:
    """The words as they are, in their fields; with a locked vault empty fields, and what is saved stands beside."""
    number, written = current_text(reader, row)
    initial: dict[str, object] = {"seen": number}
    if written is not None and written.is_locked:
        initial["seen"] = 0
    elif written is not None and not written.is_damaged:
        initial |= written.content
    form = forms.PlaceWordsForm(None, case=reader.case, initial=initial)
    return _show(request, reader.case, form, WORDS, words=written)


@requires("desks.work")
@require_POST
@refusals_on_page
def choose(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponseBase:
    """Of two texts one is to count."""
    case = get_case_or_404(request.user, slug, reference)
    if step not in CHOICES:
        raise Http404
    CHOICES[step](
        get_object_or_404(PlacementText.objects.select_related("case"), case=case, pk=number), by=request.user
    )
    messages.success(request, _("Your choice is saved. The other text is kept."))
    return redirect(_section(case))


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """The child is there."""
    case = get_case_or_404(request.user, slug, reference)
    row = get_object_or_404(CheckIn.objects.select_related("case"), case=case, pk=number)
    form = forms.CheckInForm(request.POST if request.method == "POST" else None, case=case)

    def apply() -> StrOrPromise:
        check_ins.confirm_presence(row, form.cleaned_data["text"], by=request.user)
        return _("It is saved that the child is here.")

    return _answer(request, case, form, PRESENT, apply)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: VaultRequest, slug: str, reference: str) -> HttpResponse:
    """The child is not there: whom to call, and what is written down."""
    case = get_case_or_404(request.user, slug, reference)
    form = forms.MissingForm(request.POST if request.method == "POST" else None, case=case)

    def apply() -> StrOrPromise:
        noticed_at = form.cleaned_data["noticed_at"]
        missing_reports.report_missing(case, form.written, noticed_at=noticed_at, by=request.user)
        return _("It is saved that the child is missing. Tell the police now, and write down whom you told.")

    return _answer(request, case, form, MISSING, apply)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def missing_step(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponse:
    """Who was told of a missing child; or the child is back."""
    case, row = _report_of(request, slug, reference, number)
    if step not in MISSING_PAGES:
        raise Http404
    page = MISSING_PAGES[step]
    form = page.form(request.POST if request.method == "POST" else None, case=case)

    def apply() -> StrOrPromise:
        page.apply(row, form, request.user)
        return page.message

    return _answer(request, case, form, page, apply)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_vault
def paper(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """The missing report on paper. It is handed to whoever asks, and kept nowhere."""
    case, row = _report_of(request, slug, reference, number)
    form = forms.MissingPaperForm(request.POST if request.method == "POST" else None, case=case)
    form.fit(languages_of(case), str(Contact.POLICE.label))
    if form.is_valid():
        try:
            content = make_missing_report(row, PaperWish(**form.cleaned_data), by=request.unlocked_vault)
        except (DeskRefusal, VaultRefusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            return answer_with_file(f"{case.reference}-report.pdf", content, PDF)
    return _show(request, case, form, PAPER)


def _report_of(request: VaultRequest, slug: str, reference: str, number: int) -> tuple[Case, MissingReport]:
    case = get_case_or_404(request.user, slug, reference)
    return case, get_object_or_404(MissingReport.objects.select_related("case"), case=case, pk=number)


def _answer(
    request: VaultRequest, case: Case, form: StepForm, page: PlacePage, apply: Callable[[], StrOrPromise]
) -> HttpResponse:
    """Do it where the form is whole, and go back to the section. What was typed stays where it is refused."""
    if form.is_valid():
        try:
            message = apply()
        except DeskRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, message)
            return redirect(_section(case))
    return _show(request, case, form, page)


def _show(request: VaultRequest, case: Case, form: StepForm, page: PlacePage, **context: object) -> HttpResponse:
    context |= {
        "case": case,
        "title": page.title,
        "lead": page.lead,
        "verb": page.verb,
        "form": form,
        "call_first": lines_to_call(case.desk.country) if page.calls_first else [],
        "back": _section(case),
        "has_unsaved": request.method == "POST",
    }
    return render(request, "desks/placements/place_step.html", context, status=status_of(form))
