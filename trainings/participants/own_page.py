"""The page that the link of a participant opens: the seat, materials, questionnaires and the certificate."""

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
from trainings.participants.presenters import OwnPage, QuestionnairePage, newest_certificate, own_needs
from trainings.registrations import actions as registrations_actions
from trainings.registrations.forms import OwnNeedsForm
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationMove, RegistrationState, Stage
from trainings.registrations.views import find_registration, unknown_page
from trainings.seminars.calendars import participant_entries
from trainings.seminars.errors import TrainingRefusal
from trainings.seminars.materials import SessionMaterial
from trainings.seminars.views import material_response
from victor.access import Participant, public
from victor.languages import local_text
from victor.publishing.views import render_personal
from victor.schedules.calendars import render_calendar


@public
@require_safe
def material(request: HttpRequest, token: str, pk: int) -> HttpResponseBase:
    """A file for participants whose seat is confirmed."""
    registration = find_registration(token)
    if registration is None:
        return unknown_page(request)
    if registration.state != RegistrationState.CONFIRMED:
        raise Http404
    return material_response(
        get_object_or_404(SessionMaterial, session__seminar=registration.seminar_id, pk=pk), personal=True
    )


ANSWER_ACTIONS = {
    RegistrationMove.ACCEPT: registrations_actions.accept_offer,
    RegistrationMove.LEAVE: registrations_actions.give_up_registration,
}


@public
@require_safe
def place(request: HttpRequest, token: str) -> HttpResponse:
    """The status of the registration, and what can be done."""
    registration = find_registration(token)
    if registration is None:
        return unknown_page(request)
    return _show_page(request, registration, token)


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str, move: str) -> HttpResponse:
    """Accept the seat that is offered, or give up the registration, which is asked about first."""
    registration = find_registration(token)
    if registration is None:
        return unknown_page(request)
    if move not in ANSWER_ACTIONS:
        raise Http404
    if request.method != "POST":
        return _ask_before_leaving(request, registration, token, move)
    refused = ""
    try:
        registration = ANSWER_ACTIONS[RegistrationMove(move)](registration, by=Participant(registration))
    except TrainingRefusal as refusal:
        refused = str(refusal)
    return _show_page(request, registration, token, refused=refused)


def _ask_before_leaving(request: HttpRequest, registration: Registration, token: str, move: str) -> HttpResponse:
    own_page = OwnPage(registration, token)
    if move != RegistrationMove.LEAVE or not own_page.can_leave:
        return redirect("trainings:place", token)
    return render_personal(request, "trainings/participants/leave.html", {"own_page": own_page})


@csrf_exempt
@public
@require_POST
def needs(request: HttpRequest, token: str) -> HttpResponse:
    """Save what the participant needs in order to take part, and whether the name may be shown."""
    registration = find_registration(token)
    if registration is None:
        return unknown_page(request)
    form = OwnNeedsForm(request.POST)
    if not form.is_valid():
        return _show_page(request, registration, token, form=form)
    try:
        registration = actions.save_needs(registration, **form.cleaned_data, by=Participant(registration))
    except TrainingRefusal as refusal:
        return _show_page(request, registration, token, refused=str(refusal))
    return _show_page(request, registration, token, is_saved=True)


@csrf_exempt
@public
@require_POST
def emails(request: HttpRequest, token: str) -> HttpResponse:
    """Stop reminders and questions by email, or ask for them again."""
    registration = find_registration(token)
    if registration is None:
        return unknown_page(request)
    wants_mail = request.POST.get("wants") == "yes"
    registration = actions.set_mail_wish(registration, wants_mail=wants_mail, by=Participant(registration))
    return _show_page(request, registration, token, is_saved=True)


@public
@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The sessions for the calendar of somebody whose seat is confirmed, with the address online."""
    registration = find_registration(token)
    if registration is None:
        return unknown_page(request)
    if registration.state != RegistrationState.CONFIRMED:
        raise Http404
    seminar = registration.seminar
    content = render_calendar("seminars", participant_entries(seminar), local_text(seminar, "title").text)
    headers = {
        "Content-Disposition": f'inline; filename="victor-{seminar.slug}.ics"',
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _show_page(request: HttpRequest, registration: Registration, token: str, **context: object) -> HttpResponse:
    own_page, form = OwnPage(registration, token), OwnNeedsForm(initial=own_needs(registration))
    return render_personal(
        request, "trainings/participants/own_page.html", {"own_page": own_page, "form": form, **context}
    )


KEEP = "keep"


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, token: str, stage: str) -> HttpResponse:
    """Answer a questionnaire, at once or in several steps; read the correct answers afterwards."""
    registration = find_registration(token)
    if registration is None:
        return unknown_page(request)
    if stage not in Stage:
        raise Http404
    page = QuestionnairePage(registration, token, Stage(stage))
    data = request.POST if request.method == "POST" else None
    form = AnswersForm(data, items=page.items, saved_answers=page.answers)
    if request.method != "POST" or not form.is_valid():
        return _show_questions(request, page, form)
    is_draft = request.POST.get("go") == KEEP
    if not is_draft and form.unanswered and "sure" not in request.POST:
        return _show_questions(request, page, form, unanswered=form.unanswered)
    act = evaluation_actions.save_answers if is_draft else evaluation_actions.hand_in_answers
    try:
        act(registration, page.stage, form.answers, by=Participant(registration))
    except TrainingRefusal as refusal:
        return _show_questions(request, page, form, refused=str(refusal))
    return _show_questions(request, QuestionnairePage(registration, token, page.stage), form, is_saved=is_draft)


def _show_questions(
    request: HttpRequest, page: QuestionnairePage, form: AnswersForm, **context: object
) -> HttpResponse:
    return render_personal(
        request, "trainings/participants/questions.html", {"questionnaire": page, "form": form, **context}
    )


@public
@require_safe
def own_certificate(request: HttpRequest, token: str) -> HttpResponseBase:
    """A participant's certificate, as a PDF."""
    registration = find_registration(token)
    if registration is None:
        return unknown_page(request)
    certificate = newest_certificate(registration)
    if certificate is None or certificate.state != "valid":
        raise Http404
    return certificate_response(certificate)


@csrf_exempt
@public
@require_POST
def own_name(request: HttpRequest, token: str) -> HttpResponse:
    """Save whether people who check the certificate see the participant's full name."""
    registration = find_registration(token)
    if registration is None:
        return unknown_page(request)
    if newest_certificate(registration) is None:
        raise Http404
    certificates_actions.set_name_visibility(
        registration, shows=request.POST.get("shows") == "yes", by=Participant(registration)
    )
    return _show_page(request, registration, token, is_saved=True)
