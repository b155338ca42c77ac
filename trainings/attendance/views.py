"""Check-in: those at the door see names and attendance, on a telephone, with or without a connection.

Helpers can open these pages of a seminar, and no others.
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
from trainings.attendance.presenters import CheckInList, current_sessions
from trainings.attendance.states import AttendanceMethod
from trainings.registrations import tokens
from trainings.registrations.errors import PerhapsRegistered
from trainings.registrations.models import Registration
from trainings.registrations.states import RegistrationState
from trainings.registrations.views import unknown_page
from trainings.seminars.errors import AlreadySettled, TrainingRefusal
from trainings.seminars.models import Seminar, Session
from victor.access import SignedInRequest, public, require, requires
from victor.forms.numbers import read_digits
from victor.pdf import Unprintable
from victor.publishing.views import render_personal


@requires("trainings.check_in")
@require_safe
def check_in(request: SignedInRequest, slug: str) -> HttpResponse:
    """Redirect to the session that is taking place; if there is not exactly one, let the helper choose."""
    seminar = _get_seminar(request, slug)
    sessions = list(seminar.sessions.all())
    current = current_sessions(sessions)
    if len(current) == 1 and "all" not in request.GET:
        return redirect("trainings:check_in_session", slug, current[0].pk)
    context = {"seminar": seminar, "sessions": sessions, "current": current}
    return render(request, "trainings/attendance/check_in.html", context)


@requires("trainings.check_in")
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The list of a session; check a participant in. Search by POST, so that names do not appear in addresses."""
    current = _get_session(request, slug, number)
    words = request.POST.get("q", "").strip()
    if request.method == "POST" and "q" not in request.POST:
        pk = read_digits(request.POST.get("registration", ""))
        registration = get_object_or_404(current.seminar.registrations, pk=pk)
        return _check_in(request, current, registration, AttendanceMethod.LIST)
    door = CheckInList(current)
    people = door.search(words)
    context = {"seminar": current.seminar, "session": current, "door": door, "people": people, "words": words}
    return render(request, "trainings/attendance/check_in_session.html", context)


@requires("trainings.check_in")
@require_POST
def marks(request: SignedInRequest, slug: str, number: int) -> JsonResponse:
    """Save the check-ins that a telephone has noted, and answer with all who are present. May be repeated."""
    current = _get_session(request, slug, number)
    try:
        check_ins = read_marks(request.body)
    except UnreadableMarks as fault:
        return JsonResponse({"said": str(fault)}, status=400)
    registrations = current.seminar.registrations.in_bulk([mark.number for mark in check_ins])
    refused = {mark.number: str(_("not found")) for mark in check_ins if mark.number not in registrations}
    for mark in check_ins:
        if registration := registrations.get(mark.number):
            try:
                actions.check_in_participant(
                    registration, current, method=AttendanceMethod.LIST, by=request.user, at=mark.at
                )
            except TrainingRefusal as refusal:
                refused[mark.number] = str(refusal)
    present = list(current.attendances.values_list("registration", flat=True))
    return JsonResponse({"here": present, "refused": refused})


@requires("trainings.check_in")
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Register a person who came without registration, and check them in."""
    current = _get_session(request, slug, number)
    manages = request.user.has_perm("trainings.manage", current.seminar)
    form = WalkInForm(request.POST or None, seminar=current.seminar, manages=manages)
    if request.method == "POST" and form.is_valid():
        person = form.save(commit=False)
        try:
            attendance = actions.register_walk_in(person, current, **form.circumstances, by=request.user)
        except PerhapsRegistered as question:
            form.ask_who(question.registrations)
        except TrainingRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s has been checked in.") % {"name": attendance.registration.name})
            return redirect("trainings:check_in_session", slug, number)
    return render(
        request, "trainings/attendance/walk_in.html", {"seminar": current.seminar, "session": current, "form": form}
    )


@requires("trainings.check_in")
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SignedInRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Undo a check-in, with a reason."""
    current = _get_session(request, slug, number)
    attendance = get_object_or_404(current.attendances.select_related("registration"), registration=pk)
    form = ReasonForm(request.POST or None, initial={"reason": _("Checked in by mistake")})
    if request.method == "POST" and form.is_valid():
        with suppress(AlreadySettled):  # a colleague has already undone it
            actions.undo_attendance(attendance, reason=form.cleaned_data["reason"], by=request.user)
        return redirect("trainings:check_in_session", slug, number)
    context = {"seminar": current.seminar, "session": current, "attendance": attendance, "form": form}
    return render(request, "trainings/attendance/check_in_undo.html", context)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Correct the list from the signed one."""
    current = _get_session(request, slug, number)
    require(request.user, "trainings.manage", current.seminar)
    form = AttendanceForm(request.POST or None, expected=current.seminar.registrations.confirmed())
    if request.method == "POST" and form.is_valid():
        return _correct_list(request, current, form)
    door = CheckInList(current)
    present = {str(person.registration.pk) for person in door.present}
    ticked = set(request.POST.getlist("came")) if form.is_bound else present
    context = {
        "seminar": current.seminar,
        "session": current,
        "form": form,
        "rows": [(person, str(person.registration.pk) in ticked) for person in door.people],
        "corrections": list(current.corrections.select_related("registration", "by")),
    }
    return render(request, "trainings/attendance/check_in_correct.html", context)


@requires("trainings.check_in")
@require_safe
def sheet(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The signature list as a PDF, in the language of the seminar."""
    current = _get_session(request, slug, number)
    try:
        file = pdf.signature_list_pdf(current)
    except Unprintable:
        messages.error(
            request, _("The title contains a letter that our fonts do not have, so we cannot make the sheet.")
        )
        return redirect("trainings:check_in_session", slug, number)
    headers = {"Content-Disposition": f'inline; filename="{slug}-{current.local_starts:%Y-%m-%d}.pdf"'}
    return HttpResponse(file, content_type="application/pdf", headers=headers)


@public
@require_safe
def here(request: HttpRequest, token: str) -> HttpResponse:
    """The address in the code of a confirmation: it leads helpers to the check-in, and asks others to show the code."""
    registration = _registration_of(token)
    if registration is None:
        return unknown_page(request)
    if request.user.is_authenticated and request.user.has_perm("trainings.check_in", registration.seminar):
        with override(request.user.language):
            return redirect("trainings:scanned", registration.seminar.slug, token)
    return render_personal(request, "trainings/attendance/show_code_at_door.html")


@requires("trainings.check_in")
@require_http_methods(["GET", "HEAD", "POST"])
def scanned(request: SignedInRequest, slug: str, token: str) -> HttpResponse:
    """Check in the participant of a code, for the session that is taking place or for the one that is chosen."""
    seminar = _get_seminar(request, slug)
    registration = _registration_of(token)
    if registration is None or registration.seminar_id != seminar.pk:
        raise Http404
    sessions = list(seminar.sessions.all())
    if request.method == "POST":
        return _check_in(request, _chosen_session(request, sessions), registration, AttendanceMethod.CODE)
    current = current_sessions(sessions)
    attended = set(registration.attendances.values_list("session", flat=True))
    context = {"seminar": seminar, "registration": registration, "sessions": sessions}
    context |= {"current": current, "attended": attended}
    context["has_place"] = registration.state == RegistrationState.CONFIRMED
    context["sends_itself"] = len(current) == 1 and _comes_from_no_page(request)
    return render(request, "trainings/attendance/check_in_result.html", context)


def _comes_from_no_page(request: HttpRequest) -> bool:
    """Whether a camera or a person opened the address. A link on another site must not check anybody in."""
    site = request.headers.get("Sec-Fetch-Site")
    return site == "none" or (site is None and "Referer" not in request.headers)


def _check_in(
    request: SignedInRequest, session: Session, registration: Registration, method: AttendanceMethod
) -> HttpResponse:
    """Check a participant in, and return to the list."""
    try:
        actions.check_in_participant(registration, session, method=method, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s has been checked in.") % {"name": registration.name})
    return redirect("trainings:check_in_session", session.seminar.slug, session.pk)


def _correct_list(request: SignedInRequest, session: Session, form: AttendanceForm) -> HttpResponse:
    reason = form.cleaned_data["reason"]
    try:
        actions.correct_attendance(session, attendees=form.missed, absentees=form.wrong, reason=reason, by=request.user)
    except TrainingRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The list has been corrected."))
    return redirect("trainings:correct", session.seminar.slug, session.pk)


def _get_seminar(request: SignedInRequest, slug: str) -> Seminar:
    """A seminar where this person may check people in."""
    seminars = Seminar.objects.visible_to(request.user).select_related("country", "organisation")
    return get_object_or_404(seminars, slug=slug)


def _get_session(request: SignedInRequest, slug: str, number: int) -> Session:
    seminars = Seminar.objects.visible_to(request.user).filter(slug=slug)
    sessions = Session.objects.select_related("seminar__country", "seminar__organisation")
    return get_object_or_404(sessions.filter(seminar__in=seminars.values("pk")), pk=number)


def _chosen_session(request: SignedInRequest, sessions: list[Session]) -> Session:
    for session in sessions:
        if str(session.pk) == request.POST.get("session"):
            return session
    raise Http404


def _registration_of(token: str) -> Registration | None:
    number = tokens.read_signed_number(token, tokens.CHECK_IN_SIGNER)
    registrations = Registration.objects.select_related("seminar__country")
    return registrations.filter(pk=number).first() if number is not None else None
