"""The doors of interpreters: who they are, what was checked of them, and their bookings.

Only who corrects what is written needs an open vault, to see what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desks.cases.case_page import Reading
from desks.cases.case_views import get_case_or_404, render_step, with_reader
from desks.cases.code_lists import Answer
from desks.cases.steps import can_write
from desks.desk.errors import DeskRefusal
from desks.interpreters import actions, bookings
from desks.interpreters.forms import FIELDS_OF_WORDS, BookingForm, CancelForm, CheckForm, HeldForm, WordsForm
from desks.interpreters.models import Interpreter, InterpreterBooking
from victor.access import requires
from victor.vault.errors import VaultRefusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.cases.forms import StepForm
    from desks.cases.models import Case
    from desks.cases.sections import CaseReader
    from victor.accounts.models import User
    from victor.vault.passphrases.middleware import VaultRequest


@dataclass(frozen=True)
class StepPage:
    """What a step asks for, in which words, and its one action."""

    title: StrOrPromise
    verb: StrOrPromise
    message: StrOrPromise
    form: type[StepForm]
    apply: Callable[[Any, Any, User], object]
    lead: StrOrPromise = ""


def _check(row: Interpreter, form: CheckForm, user: User) -> object:
    text, vetted_on = form.cleaned_data["text"], form.vetted_day
    return actions.check_interpreter(row, text, vetted_on=vetted_on, tie_excluded=form.tie_excluded, by=user)


INTERPRETER_PAGES = {
    "check": StepPage(
        title=gettext_lazy("Checks of the interpreter"),
        verb=gettext_lazy("Save the check"),
        message=gettext_lazy("The check is saved."),
        form=CheckForm,
        apply=_check,
        lead=gettext_lazy("If a tie to the family is possible, all appointments with this person are cancelled."),
    ),
    "book": StepPage(
        title=gettext_lazy("New appointment"),
        verb=gettext_lazy("Book the interpreter"),
        message=gettext_lazy("The appointment is saved."),
        form=BookingForm,
        apply=lambda row, form, user: bookings.book_interpreter(
            row, form.cleaned_data["due_at"], form.cleaned_data["text"], by=user
        ),
    ),
}
CORRECTION = StepPage(
    title=gettext_lazy("Correct what is written of the interpreter"),
    verb=gettext_lazy("Save the correction"),
    message=gettext_lazy("The correction is saved. What was written before is erased."),
    form=WordsForm,
    apply=lambda row, form, user: actions.correct_interpreter(row, form.words, seen=form.cleaned_data["seen"], by=user),
)
BOOKING_PAGES = {
    "move": StepPage(
        title=gettext_lazy("Another time"),
        verb=gettext_lazy("Move the appointment"),
        message=gettext_lazy("The appointment is moved. The earlier one stays in the history."),
        form=BookingForm,
        apply=lambda row, form, user: bookings.move_booking(
            row, form.cleaned_data["due_at"], form.cleaned_data["text"], by=user
        ),
        lead=gettext_lazy("What is written for the earlier appointment is not taken over. Write it again."),
    ),
    "held": StepPage(
        title=gettext_lazy("The appointment took place"),
        verb=gettext_lazy("Save the appointment"),
        message=gettext_lazy("It is saved that the appointment took place."),
        form=HeldForm,
        apply=lambda row, form, user: bookings.hold_booking(row, form.cleaned_data["text"], by=user),
    ),
    "cancel": StepPage(
        title=gettext_lazy("Cancel the appointment"),
        verb=gettext_lazy("Cancel the appointment"),
        message=gettext_lazy("The appointment is cancelled. It stays in the history."),
        form=CancelForm,
        apply=lambda row, form, user: bookings.cancel_booking(row, form.cleaned_data["text"], by=user),
    ),
}


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def interpreter_step(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponse:
    """Record what was checked of an interpreter, or book them."""
    case = get_case_or_404(request.user, slug, reference)
    row = get_object_or_404(Interpreter.objects.select_related("case"), case=case, pk=number)
    shown = {"vetted_on": row.vetted_on, "no_tie": Answer.YES if row.tie_excluded else Answer.NO}
    return _answer(request, case, row, _page(INTERPRETER_PAGES, step), shown)


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """Correct who interprets and how to reach them. Nobody corrects what they cannot read."""
    case = get_case_or_404(request.user, slug, reference)
    row = get_object_or_404(Interpreter.objects.select_related("case", "envelope__key"), case=case, pk=number)
    if request.method == "POST":
        return _answer(request, case, row, CORRECTION, {})

    def show(reader: CaseReader) -> HttpResponse:
        words = Reading(reader, [row]).of(row)
        if words is None or words.is_locked or words.is_damaged:
            messages.error(request, _("What is written cannot be read now. Unlock your vault first."))
            return redirect(_section(case))
        shown = {name: words.content.get(part, "") for part, name in FIELDS_OF_WORDS.items()}
        return _answer(request, case, row, CORRECTION, {"seen": row.envelope_id, **shown})

    return with_reader(request, case, show, "people")


@requires("desks.work")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def booking_step(request: VaultRequest, slug: str, reference: str, number: int, step: str) -> HttpResponse:
    """A booking is moved to another time, cancelled, or took place."""
    case = get_case_or_404(request.user, slug, reference)
    row = get_object_or_404(InterpreterBooking.objects.select_related("case"), case=case, pk=number)
    return _answer(request, case, row, _page(BOOKING_PAGES, step), {"due_at": row.due_at})


def _section(case: Case) -> str:
    return reverse("desks:case_section", args=[case.desk.slug, case.reference, "people"])


def _page(pages: Mapping[str, StepPage], step: str) -> StepPage:
    if step not in pages:
        raise Http404
    return pages[step]


def _answer(
    request: VaultRequest,
    case: Case,
    row: Interpreter | InterpreterBooking,
    page: StepPage,
    shown: Mapping[str, object],
) -> HttpResponse:
    """Show the page, or do it and go back to the section. What was typed stays where it is refused."""
    back = _section(case)
    if not case.is_running or not can_write(case, request.user):
        messages.error(request, _("This step is not possible now."))
        return redirect(back)
    form = page.form(request.POST if request.method == "POST" else None, case=case, initial=dict(shown))
    if form.is_valid():
        try:
            page.apply(row, form, request.user)
        except (DeskRefusal, VaultRefusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, page.message)
            return redirect(back)
    return render_step(request, case, form, title=page.title, lead=page.lead, verb=page.verb, back=back)
