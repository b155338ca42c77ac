"""A participant's own page, behind a signed address: no account, no cookie.

A wrong or outdated address says that, and not whose place it was. As on the other pages without log-in there is no
form's token: it would set a cookie, and what proves the right to act is in the address, which no other site knows.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trainings.registrations import actions, tokens
from trainings.registrations.errors import NotAllFit, NotOpen
from trainings.registrations.forms import GroupForm, VisitorForm, colleague_formset
from trainings.registrations.models import Registration
from trainings.registrations.seats import Seats
from trainings.seminars.models import Seminar
from victor.access import Visitor, public
from victor.languages import languages_with
from victor.publishing.views import get_published, render_personal, render_public
from victor.throttling import Throttle, client_ip


def find_registration(token: str) -> Registration | None:
    """The registration that the address names, if it is a true one and the registration still kept."""
    found = (
        Registration.objects.select_related("seminar__country", "country")
        .filter(pk=tokens.claimed_number(token))
        .first()
    )
    return found if found and tokens.is_token_of(token, found) else None


def unknown_page(request: HttpRequest) -> HttpResponse:
    """The address is not one of ours, or what it led to is kept no longer."""
    return render_personal(request, "trainings/registrations/unknown_page.html", status=404)


REGISTRATION_THROTTLE = Throttle(free=10)  # a training department registers several people by one line


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions, or what can be done instead; then what comes next."""
    seminar = _get_seminar(slug)
    if not seminar.is_open:
        return _closed_page(request, seminar)
    form = VisitorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        REGISTRATION_THROTTLE.delay(client_ip(request))
        try:
            actions.sign_up(form.registration(seminar), need=form.cleaned_data["need"], by=Visitor())
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
    """Colleagues of one organisation: all of them, or whoever fits."""
    seminar = _get_seminar(slug)
    if not seminar.is_open:
        return _closed_page(request, seminar)
    if request.method != "POST":
        return _group_page(request, seminar, GroupForm(), colleague_formset())
    if "more" in request.POST:
        unasked = GroupForm(initial=request.POST.dict())
        return _group_page(request, seminar, unasked, colleague_formset(request.POST, more=3), quiet=True)
    form, rows = GroupForm(_partly(request)), colleague_formset(request.POST)
    if not (form.is_valid() and rows.is_valid()):
        return _group_page(request, seminar, form, rows)
    REGISTRATION_THROTTLE.delay(client_ip(request))
    members = [form.member(seminar, each) for each in rows.given]
    return _register_colleagues(request, seminar, form, rows, members)


def _register_colleagues(
    request: HttpRequest, seminar: Seminar, form: Any, rows: Any, members: list[Any]
) -> HttpResponse:
    try:
        actions.sign_up_group(form.group(seminar), members, by=Visitor())
    except NotOpen:
        return _closed_page(request, seminar)
    except NotAllFit:
        return _group_page(request, seminar, form, rows, free=Seats(seminar).free)
    return _registered_page(request, seminar, [each.email for each in members])


def _partly(request: HttpRequest) -> Any:
    """What was sent; without the wish to come together where that was given up."""
    return {**request.POST.dict(), "together": ""} if "partly" in request.POST else request.POST


def _get_seminar(slug: str) -> Any:
    return get_published(Seminar.objects.select_related("country", "organisation", "course"), slug)


def _group_page(request: HttpRequest, seminar: Seminar, form: Any, rows: Any, **more: Any) -> HttpResponse:
    return _register_page(
        request, "trainings/registrations/register_group.html", seminar, {"form": form, "rows": rows, **more}
    )


def _closed_page(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    """Not yet, no longer, or not at all: what else there is."""
    others = Seminar.objects.published().for_listing().open_beside(seminar)
    return _register_page(request, "trainings/registrations/register_closed.html", seminar, {"others": others})


def _registered_page(request: HttpRequest, seminar: Seminar, addresses: list[str]) -> HttpResponse:
    return render_personal(
        request, "trainings/registrations/registered.html", {"seminar": seminar, "addresses": addresses}
    )


def _register_page(request: HttpRequest, template: str, seminar: Seminar, context: dict[str, Any]) -> HttpResponse:
    context = {"seminar": seminar, **context}
    if request.method == "POST":
        return render_personal(request, template, context)
    return render_public(request, template, context, published=languages_with(seminar, "title", "summary"))
