"""The day: who lets people in sees names and who is there, on a telephone, with or without a connection.

Helpers come as far as this module, and no further.
"""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trainings.attendance import actions, pdf
from trainings.attendance.forms import AttendanceForm, ReasonForm, WalkInForm
from trainings.attendance.marks import UnreadableMarks, read_marks
from trainings.attendance.presenters import SessionDoor, current_sessions
from trainings.attendance.states import AttendanceMethod
from trainings.registrations import tokens
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationState
from trainings.registrations.views import unknown_page
from trainings.seminars.errors import AlreadySettled, TrainingRefusal
from trainings.seminars.models import Seminar, Session
from victor.access import public, require, requires
from victor.pdf import Unprintable
from victor.publishing.views import render_personal


@requires("trainings.check_in")
@require_safe
def check_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Straight to the session that is on now; otherwise, which one."""
    seminar = _get_seminar(request, slug)
    sessions = list(seminar.sessions.all())
    on = current_sessions(sessions)
    if len(on) == 1 and "all" not in request.GET:
        return redirect("trainings:check_in_session", slug, on[0].pk)
    return render(request, "trainings/attendance/check_in.html", {"seminar": seminar, "sessions": sessions, "on": on})


@requires("trainings.check_in")
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Everybody who has a place, and who is there; check one in. Names that are looked for stay out of the address."""
    here = _get_session(request, slug, number)
    words = request.POST.get("q", "").strip()
    if request.method == "POST" and "q" not in request.POST:
        one = request.POST.get("registration", "")
        registration = get_object_or_404(here.seminar.registrations, pk=one if one.isdecimal() else 0)
        return _check_in(request, here, registration, AttendanceMethod.LIST)
    door = SessionDoor(here)
    context = {"seminar": here.seminar, "session": here, "door": door, "people": door.named(words), "words": words}
    return render(request, "trainings/attendance/check_in_session.html", context)


@requires("trainings.check_in")
@require_POST
def marks(request: HttpRequest, slug: str, number: int) -> JsonResponse:
    """What a telephone has noted, sent as often as it needs; answered with who is there by now."""
    here = _get_session(request, slug, number)
    try:
        told = read_marks(request.body)
    except UnreadableMarks as fault:
        return JsonResponse({"said": str(fault)}, status=400)
    known = here.seminar.registrations.in_bulk([each.number for each in told])
    refused = {each.number: str(_("not found")) for each in told if each.number not in known}
    for each in told:
        if each.number in known:
            try:
                actions.check_in_participant(
                    known[each.number], here, method=AttendanceMethod.LIST, by=request.user, at=each.at
                )
            except TrainingRefusal as refusal:
                refused[each.number] = str(refusal)
    noted = list(here.attendances.values_list("registration", flat=True))
    return JsonResponse({"here": noted, "refused": refused})


@requires("trainings.check_in")
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Register whoever has come without, and check them in."""
    here = _get_session(request, slug, number)
    manages = request.user.has_perm("trainings.manage", here.seminar)
    form = WalkInForm(request.POST or None, seminar=here.seminar, manages=manages)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            noted = actions.register_walk_in(form.save(commit=False), here, reason=reason, by=request.user)
        except TrainingRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s has been checked in.") % {"name": noted.registration.name})
            return redirect("trainings:check_in_session", slug, number)
    return render(
        request, "trainings/attendance/walk_in.html", {"seminar": here.seminar, "session": here, "form": form}
    )


@requires("trainings.check_in")
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Somebody is not there after all: why."""
    here = _get_session(request, slug, number)
    attendance = get_object_or_404(here.attendances.select_related("registration"), registration=pk)
    form = ReasonForm(request.POST or None, initial={"reason": _("Checked in by mistake")})
    if request.method == "POST" and form.is_valid():
        with suppress(AlreadySettled):  # a colleague was faster: it is undone
            actions.undo_attendance(attendance, reason=form.cleaned_data["reason"], by=request.user)
        return redirect("trainings:check_in_session", slug, number)
    context = {"seminar": here.seminar, "session": here, "attendance": attendance, "form": form}
    return render(request, "trainings/attendance/check_in_undo.html", context)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put the list right from the signed sheet."""
    here = _get_session(request, slug, number)
    require(request.user, "trainings.manage", here.seminar)
    form = AttendanceForm(request.POST or None, expected=here.seminar.registrations.confirmed())
    if request.method == "POST" and form.is_valid():
        return _correct_list(request, here, form)
    door = SessionDoor(here)
    ticked = set(request.POST.getlist("came")) if form.is_bound else {str(each.registration.pk) for each in door.here}
    context = {
        "seminar": here.seminar,
        "session": here,
        "form": form,
        "rows": [(each, str(each.registration.pk) in ticked) for each in door.people],
        "corrections": here.corrections.select_related("registration", "by"),
    }
    return render(request, "trainings/attendance/check_in_correct.html", context)


@requires("trainings.check_in")
@require_safe
def sheet(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The list to be signed, on paper, in the seminar's language."""
    here = _get_session(request, slug, number)
    try:
        file = pdf.signature_list_pdf(here)
    except Unprintable:
        messages.error(
            request, _("The title contains a letter that our fonts do not have, so we cannot make the sheet.")
        )
        return redirect("trainings:check_in_session", slug, number)
    headers = {"Content-Disposition": f'inline; filename="{slug}-{here.local_starts:%Y-%m-%d}.pdf"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


@public
@require_safe
def here(request: HttpRequest, token: str) -> HttpResponse:
    """What the code on a confirmation leads to: colleagues at the door to the check-in, others to the door."""
    found = _registration_of(token)
    if found is None:
        return unknown_page(request)
    if request.user.is_authenticated and request.user.has_perm("trainings.check_in", found.seminar):
        with override(request.user.language):
            return redirect("trainings:scanned", found.seminar.slug, token)
    return render_personal(request, "trainings/attendance/show_code_at_door.html")


@requires("trainings.check_in")
@require_http_methods(["GET", "HEAD", "POST"])
def scanned(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Whose code it is: checked in for the session that is on now, or for the one that is chosen."""
    seminar = _get_seminar(request, slug)
    registration = _registration_of(token)
    if registration is None or registration.seminar_id != seminar.pk:
        raise Http404
    sessions = list(seminar.sessions.all())
    if request.method == "POST":
        return _check_in(request, _chosen_session(request, sessions), registration, AttendanceMethod.CODE)
    on = current_sessions(sessions)
    noted = set(registration.attendances.values_list("session", flat=True))
    context = {"seminar": seminar, "registration": registration, "sessions": sessions, "on": on, "noted": noted}
    context["has_place"] = registration.state == RegistrationState.CONFIRMED
    context["sends_itself"] = len(on) == 1 and _is_of_no_page(request)
    return render(request, "trainings/attendance/check_in_result.html", context)


def _is_of_no_page(request: HttpRequest) -> bool:
    """Whether a camera or a person opened the address: a link on a page of somebody else's checks nobody in."""
    site = request.headers.get("Sec-Fetch-Site")
    return site == "none" or (site is None and "Referer" not in request.headers)


def _check_in(
    request: HttpRequest, session: Session, registration: Registration, method: AttendanceMethod
) -> HttpResponse:
    """Note it, say so, and go back to where the person was in the list."""
    try:
        actions.check_in_participant(registration, session, method=method, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s has been checked in.") % {"name": registration.name})
    return redirect("trainings:check_in_session", session.seminar.slug, session.pk)


def _correct_list(request: HttpRequest, session: Session, form: AttendanceForm) -> HttpResponse:
    reason = form.cleaned_data["reason"]
    try:
        actions.correct_attendance(session, came=form.missed, stayed_away=form.wrong, reason=reason, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The list has been corrected."))
    return redirect("trainings:correct", session.seminar.slug, session.pk)


def _get_seminar(request: HttpRequest, slug: str) -> Seminar:
    """Where this person lets people in."""
    found = Seminar.objects.visible_to(request.user).select_related("country", "organisation")
    return get_object_or_404(found, slug=slug)


def _get_session(request: HttpRequest, slug: str, number: int) -> Session:
    seminars = Seminar.objects.visible_to(request.user).filter(slug=slug)
    sessions = Session.objects.select_related("seminar__country", "seminar__organisation")
    return get_object_or_404(sessions.filter(seminar__in=seminars.values("pk")), pk=number)


def _chosen_session(request: HttpRequest, sessions: list[Session]) -> Session:
    for each in sessions:
        if str(each.pk) == request.POST.get("session"):
            return each
    raise Http404


def _registration_of(token: str) -> Registration | None:
    number = tokens.read_signed_number(token, tokens.CHECK_IN_SIGNER)
    return Registration.objects.select_related("seminar__country").filter(pk=number).first()
