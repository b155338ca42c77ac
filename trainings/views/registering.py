"""Register for a seminar: without an account, a cookie or a form's token.

A form's token would set a cookie, and there is nobody logged in whom another site could make act. What follows a
registration is the same for everybody; only the e-mail says more, to the one whose address it is.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trainings import actions
from trainings.actions.seats import Seats
from trainings.errors import NotAllFit, NotOpen
from trainings.forms import GroupForm, VisitorForm, colleagues
from trainings.models import Seminar
from victor.access import public
from victor.haste import Haste, place_of
from victor.publishing.languages import published_in
from victor.publishing.views import find, show, show_to_one

HASTE = Haste(free=10)  # a training department registers several people by one line


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions, or what can be done instead; then what comes next."""
    seminar = _found(request, slug)
    if isinstance(seminar, HttpResponse):
        return seminar
    if not seminar.is_open:
        return _closed(request, seminar)
    form = VisitorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        HASTE.slow(place_of(request))
        try:
            actions.sign_up(form.registration(seminar), need=form.cleaned_data["need"])
        except NotOpen:
            return _closed(request, seminar)
        return _sent(request, seminar, [form.cleaned_data["email"]])
    return _shown(request, "trainings/register.html", seminar, {"form": form, "free": Seats(seminar).free})


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def register_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Colleagues of one organisation: all of them, or whoever fits."""
    seminar = _found(request, slug)
    if isinstance(seminar, HttpResponse):
        return seminar
    if not seminar.is_open:
        return _closed(request, seminar)
    if request.method != "POST":
        return _group(request, seminar, GroupForm(), colleagues())
    if "more" in request.POST:
        unasked = GroupForm(initial=request.POST.dict())
        return _group(request, seminar, unasked, colleagues(request.POST, more=3), quiet=True)
    form, rows = GroupForm(_partly(request)), colleagues(request.POST)
    if not (form.is_valid() and rows.is_valid()):
        return _group(request, seminar, form, rows)
    HASTE.slow(place_of(request))
    members = [form.member(seminar, each) for each in rows.given]
    return _signed_up(request, seminar, form, rows, members)


def _signed_up(request: HttpRequest, seminar: Seminar, form: Any, rows: Any, members: list[Any]) -> HttpResponse:
    try:
        actions.sign_up_group(form.group(seminar), members)
    except NotOpen:
        return _closed(request, seminar)
    except NotAllFit:
        return _group(request, seminar, form, rows, free=Seats(seminar).free)
    return _sent(request, seminar, [each.email for each in members])


def _partly(request: HttpRequest) -> Any:
    """What was sent; without the wish to come together where that was given up."""
    return {**request.POST.dict(), "together": ""} if "partly" in request.POST else request.POST


def _found(request: HttpRequest, slug: str) -> Any:
    return find(request, Seminar.objects.select_related("country", "organisation", "course"), slug)


def _group(request: HttpRequest, seminar: Seminar, form: Any, rows: Any, **more: Any) -> HttpResponse:
    return _shown(request, "trainings/register_group.html", seminar, {"form": form, "rows": rows, **more})


def _closed(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    """Not yet, no longer, or not at all: what else there is."""
    others = Seminar.objects.published().for_listing().open_beside(seminar)
    return _shown(request, "trainings/register_closed.html", seminar, {"others": others})


def _sent(request: HttpRequest, seminar: Seminar, addresses: list[str]) -> HttpResponse:
    return show_to_one(request, "trainings/registered.html", {"seminar": seminar, "addresses": addresses})


def _shown(request: HttpRequest, template: str, seminar: Seminar, context: dict[str, Any]) -> HttpResponse:
    context = {"seminar": seminar, **context}
    if request.method == "POST":
        return show_to_one(request, template, context)
    return show(request, template, context, published=published_in(seminar, "title", "summary"))
