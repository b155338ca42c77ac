"""The participants of a seminar, for those who manage it: the list, one person, and importing a list."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings.participants import actions
from trainings.participants.forms import (
    NO_READING,
    CorrectRegistrationForm,
    DeclineForm,
    EncodingForm,
    OfferOutOfOrderForm,
    ParticipantListForm,
    ParticipantsFilterForm,
)
from trainings.participants.messages import move_message
from trainings.participants.participant_lists import (
    read_participant_list,
    registrations_from_seal,
    seal_rows,
    template_words,
)
from trainings.participants.presenters import ADMITTED_TEXTS, ArrivalOrder, ParticipantDetails
from trainings.participants.spreadsheets import TOO_LARGE, empty_workbook, read_sheet
from trainings.registrations import actions as registrations_actions
from trainings.registrations.errors import AlreadyRegistered, NotOpen, PerhapsRegistered
from trainings.registrations.forms import AddParticipantForm
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationMove, RegistrationState
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.models import Seminar
from trainings.seminars.views import managed_seminar
from victor.access import SignedInRequest, requires
from victor.confirmations import Confirmation, asks_first, confirmation_data
from victor.files.downloads import answer_with_file
from victor.files.errors import UnclearEncoding, UnreadableTable
from victor.files.states import XLSX_TYPE
from victor.files.upload_handlers import checked_uploads_in_memory, rejected_files
from victor.forms.numbers import read_digits
from victor.pdf import Unprintable


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
@checked_uploads_in_memory
def import_participants(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for the file, show what is in it or what is wrong with it, and register whom it names."""
    seminar = managed_seminar(request, slug)
    if "seal" in request.POST:
        return _register_list(request, seminar)
    if "encoding" in request.POST or "content" in request.POST:
        chosen = EncodingForm(request.POST)
        if not chosen.is_valid():
            return _import_page(request, seminar, encoding=None, form=ParticipantListForm(), again=True)
        if chosen.cleaned_data["encoding"] == NO_READING:
            refused = _("The characters in this file cannot be read. Please save it as XLSX or as UTF-8.")
            return _import_page(request, seminar, form=ParticipantListForm(), refused=refused)
        return _preview_list(request, seminar, chosen.cleaned_data["content"], chosen.cleaned_data["encoding"])
    if rejected_files(request):
        return _import_page(request, seminar, form=ParticipantListForm(), refused=str(TOO_LARGE))
    form = ParticipantListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _preview_list(request, seminar, form.cleaned_data["file"])
    return _import_page(request, seminar, form=form)


@requires("trainings.manage")
@require_safe
def empty_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """A workbook with the headings, and the words that its columns take."""
    managed_seminar(request, slug)
    return answer_with_file("participants.xlsx", empty_workbook(*template_words()), XLSX_TYPE)


def _preview_list(request: SignedInRequest, seminar: Seminar, content: bytes, encoding: str = "") -> HttpResponse:
    form = ParticipantListForm()
    try:
        listed = read_participant_list(read_sheet(content, encoding=encoding), seminar)
    except UnclearEncoding as unclear:
        return _import_page(
            request, seminar, encoding=EncodingForm(content=content, readings=unclear.readings), form=form
        )
    except UnreadableTable as fault:
        return _import_page(request, seminar, form=form, refused=str(fault))
    seal = "" if listed.faults else seal_rows(seminar, listed.rows)
    return _import_page(request, seminar, form=form, listed=listed, seal=seal)


def _register_list(request: SignedInRequest, seminar: Seminar) -> HttpResponse:
    people = registrations_from_seal(seminar, request.POST["seal"])
    if people is None:
        return _import_page(request, seminar, form=ParticipantListForm(), again=True)
    try:
        are_others = "different" in request.POST
        registrations_actions.register_all(seminar, people, are_others=are_others, by=request.user)
    except AlreadyRegistered as refusal:
        words = _("Nobody was registered: %(email)s has registered in the meantime.")
        return _import_page(
            request, seminar, form=ParticipantListForm(), refused=words % {"email": refusal.registration.email}
        )
    except PerhapsRegistered as question:
        words = _("Nobody was registered: %(email)s belongs to several people. Please upload the list again.")
        return _import_page(
            request, seminar, form=ParticipantListForm(), refused=words % {"email": question.registrations[0].email}
        )
    except NotOpen as refusal:
        return _import_page(request, seminar, form=ParticipantListForm(), refused=str(refusal))
    message = ngettext("%(count)d person has been registered.", "%(count)d people have been registered.", len(people))
    messages.success(request, message % {"count": len(people)})
    return redirect("trainings:participants", seminar.slug)


def _import_page(request: SignedInRequest, seminar: Seminar, **context: object) -> HttpResponse:
    return render(request, "trainings/participants/import_list.html", {"seminar": seminar, **context})


PAGE_LENGTH = 50
MAX_AT_ONCE = 200
MOVE_ACTIONS: dict[str, Callable[..., object]] = {
    RegistrationMove.ADMIT: registrations_actions.admit_registration,
    RegistrationMove.DECLINE: registrations_actions.decline_registration,
    RegistrationMove.PREFER: registrations_actions.offer_out_of_order,
    RegistrationMove.LEAVE: registrations_actions.give_up_registration,
}
REASON_FORMS = {RegistrationMove.DECLINE: DeclineForm, RegistrationMove.PREFER: OfferOutOfOrderForm}


@requires("trainings.manage")
@require_safe
def participants(request: SignedInRequest, slug: str) -> HttpResponse:
    """The participants, filtered as the address asks."""
    seminar = managed_seminar(request, slug)
    form = ParticipantsFilterForm(request.GET)
    registrations = form.narrow(seminar.registrations.for_listing())
    arrivals = ArrivalOrder(seminar)
    page = Paginator(registrations, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = arrivals.rows(page)
    has_applied = any(row[0].state == RegistrationState.APPLIED for row in rows)
    context = {"seminar": seminar, "form": form, "arrivals": arrivals, "page_obj": page, "rows": rows}
    context["has_applied"] = has_applied
    return render(request, "trainings/participants/participants.html", context)


@requires("trainings.manage")
@require_safe
def participant(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What a person answered when registering, what has happened since, and what can be done."""
    return _participant_page(request, _get_registration(request, slug, pk))


def _ask_to_decide(request: SignedInRequest, slug: str, pk: int, move: str) -> Confirmation | None:
    """What ends somebody's registration asks first: they get an email at once."""
    registration = _get_registration(request, slug, pk)
    values = {"name": registration.name, "email": registration.email, "seminar": registration.seminar.working_title}
    back = reverse("trainings:participant", args=[slug, pk])
    is_told = _("An email to %(email)s says so at once.") % values
    if move == RegistrationMove.LEAVE:
        question = _("Cancel the place of %(name)s at “%(seminar)s”?") % values
        offered = _("The place is offered to the next person on the waiting list. They can register again.")
        return Confirmation(question, (is_told, offered), _("Cancel the place"), back)
    if move != RegistrationMove.DECLINE:
        return None
    question = _("Decline the registration of %(name)s for “%(seminar)s”?") % values
    ends = _("The registration ends. They can register again.")
    form = DeclineForm(confirmation_data(request))
    return Confirmation(question, (is_told, ends), _("Decline"), back, form=form)


@requires("trainings.manage")
@require_POST
@asks_first(_ask_to_decide)
def decide(request: SignedInRequest, slug: str, pk: int, move: str) -> HttpResponse:
    """Admit, decline, offer a place out of order, or give one up on somebody's behalf."""
    registration = _get_registration(request, slug, pk)
    if move not in MOVE_ACTIONS:
        raise Http404
    arguments = {}
    if move in REASON_FORMS:
        form = REASON_FORMS[RegistrationMove(move)](request.POST)
        if not form.is_valid():
            return _participant_page(request, registration, **{move: form})
        arguments = form.cleaned_data
    try:
        MOVE_ACTIONS[move](registration, by=request.user, **arguments)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, move_message(_get_registration(request, slug, pk)))
    return redirect("trainings:participant", slug, pk)


@requires("trainings.manage")
@require_POST
def admit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Admit several people at once, in the order in which they registered."""
    seminar = managed_seminar(request, slug)
    numbers = [number for text in request.POST.getlist("person") if (number := read_digits(text))]
    chosen = seminar.registrations.filter(pk__in=numbers[:MAX_AT_ONCE], state=RegistrationState.APPLIED).order_by("pk")
    states = actions.admit_all(chosen, by=request.user)
    if not states:
        messages.warning(request, _("Nobody was chosen. Tick the people whom you want to accept."))
    for state, text in ADMITTED_TEXTS.items():
        if count := states[state]:
            show = messages.warning if state == RegistrationState.APPLIED else messages.success
            show(request, text % {"count": count})
    return redirect("trainings:participants", slug)


@requires("trainings.manage")
@require_POST
def correct(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Correct a name or an address."""
    registration = _get_registration(request, slug, pk)
    form = CorrectRegistrationForm(request.POST)
    if not form.is_valid():
        return _participant_page(request, registration, correct=form)
    try:
        actions.correct_registration(registration, **form.corrections, by=request.user)
    except AlreadyRegistered:
        form.add_error("email", _("Someone else is registered with this name and email address."))
        return _participant_page(request, registration, correct=form)
    except PerhapsRegistered as question:
        form.ask_whether_different((other.name, other.email) for other in question.registrations)
        return _participant_page(request, registration, correct=form)
    except Unprintable:
        form.add_error("name", _("Our fonts do not have a letter of this name. Please write it in Latin letters."))
        return _participant_page(request, registration, correct=form)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Corrected."))
    return redirect("trainings:participant", slug, pk)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Register a person who has telephoned or written."""
    seminar = managed_seminar(request, slug)
    form = AddParticipantForm(request.POST or None, initial={"language": seminar.language})
    if request.method == "POST" and form.is_valid():
        try:
            registration = registrations_actions.register(
                form.registration(seminar), is_another=form.cleaned_data["different"], by=request.user
            )
        except AlreadyRegistered:
            form.add_error("email", _("Someone is already registered with this name and email address."))
        except PerhapsRegistered as question:
            form.ask_whether_different((other.name, other.email) for other in question.registrations)
        except NotOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Added. The person has been told by email."))
            return redirect("trainings:participant", slug, registration.pk)
    return render(request, "trainings/participants/participant_add.html", {"seminar": seminar, "form": form})


def _get_registration(request: SignedInRequest, slug: str, pk: int) -> Registration:
    seminar = managed_seminar(request, slug)
    registration = get_object_or_404(seminar.registrations.select_related("country", "group", "need"), pk=pk)
    registration.seminar = seminar
    return registration


def _participant_page(request: SignedInRequest, registration: Registration, **forms: Form) -> HttpResponse:
    """The page of a participant, with the forms that have errors as they were sent."""
    values = {"name": registration.name, "email": registration.email}
    new_forms = {
        "correct": CorrectRegistrationForm(initial=values),
        "decline": DeclineForm(auto_id="decline_%s"),
        "prefer": OfferOutOfOrderForm(),
    }
    context = {
        "details": ParticipantDetails(registration),
        "seminar": registration.seminar,
        "registration": registration,
    }
    return render(request, "trainings/participants/participant.html", context | new_forms | forms)
