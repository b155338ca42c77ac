"""Files of sessions: for everybody, for those who have a place, for those who look after the seminar."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings.certificates import actions as certificates_actions
from trainings.certificates.views import certificate_response
from trainings.evaluation import actions as evaluation_actions
from trainings.evaluation.forms import AnswersForm
from trainings.participants import actions
from trainings.participants.presenters import OwnPage, OwnQuestionnaire
from trainings.registrations import actions as registrations_actions
from trainings.registrations.forms import OwnNeedsForm
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationMove, RegistrationState, Stage
from trainings.registrations.views import find_registration, unknown_page
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.views import material_response
from victor.access import Participant, public
from victor.publishing.views import render_personal


@public
@require_safe
def material(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    """A file for those whose place is confirmed."""
    place = find_registration(token)
    if place is None:
        return unknown_page(request)
    if place.state != RegistrationState.CONFIRMED:
        raise Http404
    return material_response(
        get_object_or_404(SessionMaterial, session__seminar=place.seminar_id, pk=pk), personal=True
    )


ANSWER_ACTIONS = {
    RegistrationMove.ACCEPT: registrations_actions.accept_offer,
    RegistrationMove.LEAVE: registrations_actions.give_up_registration,
}


@public
@require_safe
def place(request: HttpRequest, token: str) -> HttpResponse:
    """Where the registration is, and what can be done."""
    found = find_registration(token)
    if found is None:
        return unknown_page(request)
    return _show_page(request, found, token)


@csrf_exempt
@public
@require_POST
def answer(request: HttpRequest, token: str, move: str) -> HttpResponse:
    """Take the seat that is offered, or give the place up."""
    found = find_registration(token)
    if found is None:
        return unknown_page(request)
    if move not in ANSWER_ACTIONS:
        raise Http404
    refused = ""
    try:
        found = ANSWER_ACTIONS[RegistrationMove(move)](found, by=Participant(found))
    except TrainingRefusal as refusal:
        refused = str(refusal)
    return _show_page(request, found, token, refused=refused)


@csrf_exempt
@public
@require_POST
def needs(request: HttpRequest, token: str) -> HttpResponse:
    """Say what one needs in order to take part, and whether the name may be shown: whoever registered could not."""
    found = find_registration(token)
    if found is None:
        return unknown_page(request)
    form = OwnNeedsForm(request.POST)
    if not form.is_valid():
        return _show_page(request, found, token, form=form)
    try:
        found = actions.save_needs(found, **form.cleaned_data, by=Participant(found))
    except TrainingRefusal as refusal:
        return _show_page(request, found, token, refused=str(refusal))
    return _show_page(request, found, token, is_told=True)


def _show_page(request: HttpRequest, registration: Registration, token: str, **said: object) -> HttpResponse:
    place = OwnPage(registration, token)
    return render_personal(
        request,
        "trainings/participants/own_page.html",
        {"place": place, "form": OwnNeedsForm(initial=place.told), **said},
    )


KEEP = "keep"


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, token: str, stage: str) -> HttpResponse:
    """Answer a questionnaire: in one go or in several; read the right answers in the end."""
    found = find_registration(token)
    if found is None:
        return unknown_page(request)
    if stage not in Stage:
        raise Http404
    asking = OwnPage(found, token).asking(Stage(stage))
    if request.method != "POST":
        return _show_questions(request, asking, AnswersForm(items=asking.items, saved_answers=asking.answers))
    form = AnswersForm(request.POST, items=asking.items, saved_answers=asking.answers)
    if not form.is_valid():
        return _show_questions(request, asking, form)
    go = request.POST.get("go")
    if go != KEEP and form.unanswered and "sure" not in request.POST:
        return _show_questions(request, asking, form, unanswered=form.unanswered)
    act = evaluation_actions.save_answers if go == KEEP else evaluation_actions.hand_in_answers
    try:
        act(found, asking.stage, form.answers, by=Participant(found))
    except TrainingRefusal as refusal:
        return _show_questions(request, asking, form, refused=str(refusal))
    return _show_questions(request, OwnPage(found, token).asking(asking.stage), form, is_kept=go == KEEP)


def _show_questions(request: HttpRequest, asking: OwnQuestionnaire, form: AnswersForm, **said: object) -> HttpResponse:
    context = {"asking": asking, "place": asking.place, "form": form, **said}
    return render_personal(request, "trainings/participants/questions.html", context)


@public
@require_safe
def own_certificate(request: HttpRequest, token: str) -> HttpResponseBase:
    """A participant's paper."""
    place = _own_page(token)
    if place is None:
        return unknown_page(request)
    if place.certificate is None or place.certificate.state != "valid":
        raise Http404
    return certificate_response(place.certificate)


@csrf_exempt
@public
@require_POST
def own_name(request: HttpRequest, token: str) -> HttpResponse:
    """A participant says whether those who check the certificate read the full name."""
    place = _own_page(token)
    if place is None:
        return unknown_page(request)
    if place.certificate is None:
        raise Http404
    certificates_actions.set_name_visibility(
        place.registration, shows=request.POST.get("shows") == "yes", by=Participant(place.registration)
    )
    return redirect("trainings:place", token)


def _own_page(token: str) -> OwnPage | None:
    registration = find_registration(token)
    return OwnPage(registration, token) if registration else None
