"""Public registration forms.

The pages have no CSRF token, because it would set a cookie: a visitor has no session that another site could abuse.
"""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trainings.registrations import actions, tokens
from trainings.registrations.errors import AlreadyRegistered, NotAllFit, NotOpen
from trainings.registrations.forms import ColleagueFormSet, GroupForm, VisitorForm, colleague_formset
from trainings.registrations.models import Registration
from trainings.registrations.public_registration import sign_up, sign_up_group
from trainings.registrations.seats import Seats
from trainings.seminars.models import Seminar
from victor.access import Visitor, public
from victor.publishing.views import get_published, render_personal, render_public
from victor.throttling import Passage, Throttle, pass_throttle


def find_registration(token: str) -> Registration | None:
    """The registration of the token of an own page; None if the token is not valid or the registration deleted."""
    number = tokens.claimed_number(token)
    registrations = Registration.objects.select_related("seminar__country", "country")
    registration = registrations.filter(pk=number).first() if number is not None else None
    return registration if registration and tokens.is_token_of(token, registration) else None


def unknown_page(request: HttpRequest) -> HttpResponse:
    """The link is not valid, or its registration was deleted."""
    return render_personal(request, "trainings/registrations/unknown_page.html", status=404)


CROWDED_OUT = _(
    "Many registrations are coming from your connection. Nobody has been registered yet. Please wait a few seconds and "
    "press the button again."
)
REGISTRATION_THROTTLE = Throttle(free=10)  # a training department registers several people over one connection


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Register a visitor; where that is not possible, show open seminars instead."""
    seminar = _get_seminar(slug)
    if not seminar.is_open:
        return _closed_page(request, seminar)
    form = VisitorForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not _is_crowded_out(request, form):
        try:
            sign_up(form.registration(seminar), need=form.cleaned_data["need"], by=Visitor())
        except NotOpen:
            return _closed_page(request, seminar)
        return _registered_page(request, seminar, [form.cleaned_data["email"]])
    return _register_page(
        request, "trainings/registrations/register.html", seminar, {"form": form, "free": Seats(seminar).free}
    )


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def register_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Register colleagues of one organisation: all of them, or those for whom there are seats."""
    seminar = _get_seminar(slug)
    if not seminar.is_open:
        return _closed_page(request, seminar)
    if request.method != "POST":
        return _group_page(request, seminar, GroupForm(), colleague_formset())
    if "more" in request.POST:
        unvalidated = GroupForm(initial=request.POST.dict())
        rows = colleague_formset(request.POST, additional=3)
        return _group_page(request, seminar, unvalidated, rows, quiet=True)
    form, rows = GroupForm(_group_data(request)), colleague_formset(request.POST)
    if not (form.is_valid() and rows.is_valid()):
        return _group_page(request, seminar, form, rows)
    if rows.sharing and not form.cleaned_data["different"]:
        form.ask_whether_different((person["name"], person["email"]) for group in rows.sharing for person in group)
        return _group_page(request, seminar, form, rows)
    if _is_crowded_out(request, form):
        return _group_page(request, seminar, form, rows)
    members = [form.member(seminar, colleague) for colleague in rows.colleagues]
    return _register_colleagues(request, seminar, form, rows, members)


def _is_crowded_out(request: HttpRequest, form: VisitorForm | GroupForm) -> bool:
    """Whether so many registrations come from the same place that this one has to be sent again. The form says so."""
    if pass_throttle(request, REGISTRATION_THROTTLE) != Passage.CROWDED:
        return False
    form.add_error(None, CROWDED_OUT)
    return True


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def register_another(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Ask the owner of an address whether another person uses it too, and register that person."""
    seminar = _get_seminar(slug)
    registration = tokens.registration_from_seal(token)
    if registration is None or registration.seminar_id != seminar.pk:
        return unknown_page(request)
    if not seminar.is_open:
        return _closed_page(request, seminar)
    is_crowded = request.method == "POST" and pass_throttle(request, REGISTRATION_THROTTLE) == Passage.CROWDED
    if request.method != "POST" or is_crowded:
        context = {"seminar": seminar, "registration": registration, "refused": CROWDED_OUT if is_crowded else ""}
        return render_personal(request, "trainings/registrations/register_another.html", context)
    registration.seminar = seminar
    try:
        with suppress(AlreadyRegistered):  # the button was pressed twice
            actions.register(registration, is_another=True, by=Visitor())
    except NotOpen:
        return _closed_page(request, seminar)
    return _registered_page(request, seminar, [registration.email])


def _register_colleagues(
    request: HttpRequest, seminar: Seminar, form: GroupForm, rows: ColleagueFormSet, members: list[Registration]
) -> HttpResponse:
    try:
        sign_up_group(form.group(seminar), members, by=Visitor())
    except NotOpen:
        return _closed_page(request, seminar)
    except NotAllFit:
        return _group_page(request, seminar, form, rows, is_too_many=True)
    return _registered_page(request, seminar, [member.email for member in members])


def _group_data(request: HttpRequest) -> dict[str, str]:
    """What was sent; `partly` withdraws the wish to come together or not at all."""
    return request.POST.dict() | ({"together": ""} if "partly" in request.POST else {})


def _get_seminar(slug: str) -> Seminar:
    seminars = Seminar.objects.select_related("country", "organisation", "course")
    seminar: Seminar = get_published(seminars, slug)
    return seminar


def _group_page(
    request: HttpRequest, seminar: Seminar, form: GroupForm, rows: ColleagueFormSet, **context: object
) -> HttpResponse:
    return _register_page(
        request,
        "trainings/registrations/register_group.html",
        seminar,
        {"form": form, "rows": rows, "forms": [form, rows], **context},
    )


def _closed_page(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    """Why registration is closed, and which seminars are open."""
    alternatives = Seminar.objects.published().for_listing().open_related_to(seminar)
    return _register_page(
        request, "trainings/registrations/register_closed.html", seminar, {"alternatives": alternatives}
    )


def _registered_page(request: HttpRequest, seminar: Seminar, addresses: list[str]) -> HttpResponse:
    return render_personal(
        request, "trainings/registrations/registered.html", {"seminar": seminar, "addresses": addresses}
    )


def _register_page(request: HttpRequest, template: str, seminar: Seminar, context: dict[str, object]) -> HttpResponse:
    context = {"seminar": seminar, **context}
    if request.method == "POST":
        return render_personal(request, template, context)
    return render_public(request, template, context)
