"""Who comes to a seminar: the list, one of them, and what the host decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings import actions
from trainings.errors import AlreadyRegistered, NotOpen, Refusal
from trainings.forms import CorrectForm, DeclineForm, ParticipantsFilterForm, PreferForm, RegistrationForm
from trainings.models import Registration, Seminar
from trainings.opened import Arrivals, Participant
from trainings.states import Move
from victor.access import require, requires
from victor.documents import Unprintable

PAGE_LENGTH = 50
MOVES: dict[str, Any] = {
    Move.ADMIT: actions.admit,
    Move.DECLINE: actions.decline,
    Move.PREFER: actions.prefer,
    Move.LEAVE: actions.leave,
}
REASONS = {Move.DECLINE: DeclineForm, Move.PREFER: PreferForm}


@requires("trainings.manage")
@require_safe
def participants(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody, narrowed by what the address asks for."""
    seminar = managed(request, slug)
    form = ParticipantsFilterForm(request.GET)
    found = form.narrow(seminar.registrations.for_listing())
    arrivals = Arrivals(seminar)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"seminar": seminar, "form": form, "arrivals": arrivals, "page_obj": page, "rows": arrivals.rows(page)}
    return render(request, "trainings/participants.html", context)


@requires("trainings.manage")
@require_safe
def participant(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What somebody answered, what happened since, and what can be done."""
    return _opened(request, _registration(request, slug, pk))


@requires("trainings.manage")
@require_POST
def decide(request: HttpRequest, slug: str, pk: int, move: str) -> HttpResponse:
    """Admit, decline, offer a place out of order, or give one up on somebody's behalf."""
    registration = _registration(request, slug, pk)
    if move not in MOVES:
        raise Http404
    asked = {}
    if move in REASONS:
        form = REASONS[Move(move)](request.POST)
        if not form.is_valid():
            return _opened(request, registration, **{move: form})
        asked = form.cleaned_data
    try:
        MOVES[move](registration, by=request.user, **asked)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. They were told by e-mail."))
    return redirect("trainings:participant", slug, pk)


@requires("trainings.manage")
@require_POST
def correct(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Set a name or an address right."""
    registration = _registration(request, slug, pk)
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return _opened(request, registration, correct=form)
    try:
        actions.correct(registration, **form.cleaned_data, by=request.user)
    except AlreadyRegistered:
        form.add_error("email", _("Somebody else is registered with this address."))
        return _opened(request, registration, correct=form)
    except Unprintable:
        form.add_error("name", _("Our fonts lack a letter of this name. Please write it in Latin letters."))
        return _opened(request, registration, correct=form)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Corrected."))
    return redirect("trainings:participant", slug, pk)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Write somebody down who has called or written."""
    seminar = managed(request, slug)
    form = RegistrationForm(request.POST or None, initial={"language": seminar.language})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register(form.registration(seminar), by=request.user)
        except AlreadyRegistered:
            form.add_error("email", _("Somebody is registered with this address."))
        except NotOpen as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. They were told by e-mail."))
            return redirect("trainings:participant", slug, made.pk)
    return render(request, "trainings/participant_add.html", {"seminar": seminar, "form": form})


def managed(request: HttpRequest, slug: str) -> Seminar:
    """A seminar whose participants this person looks after.

    Raises:
        Http404: not one that they know of.
        PermissionDenied: they only let people in there.
    """
    found = Seminar.objects.visible_to(request.user).select_related("country", "organisation")
    seminar = get_object_or_404(found, slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar


def _registration(request: HttpRequest, slug: str, pk: int) -> Registration:
    seminar = managed(request, slug)
    registration = get_object_or_404(seminar.registrations.select_related("country", "group", "need"), pk=pk)
    registration.seminar = seminar
    return registration


def _opened(request: HttpRequest, registration: Registration, **forms: Any) -> HttpResponse:
    """With the forms as they were sent where something is wrong with them."""
    given = {"name": registration.name, "email": registration.email}
    fresh = {
        "correct": CorrectForm(initial=given),
        "decline": DeclineForm(auto_id="decline_%s"),
        "prefer": PreferForm(),
    }
    context = {"opened": Participant(registration), "seminar": registration.seminar, "registration": registration}
    return render(request, "trainings/participant.html", context | fresh | forms)
