"""A participant's own page, behind a signed address: no account, no cookie.

A wrong or outdated address says that, and not whose place it was. As on the other pages without log-in there is no
form's token: it would set a cookie, and what proves the right to act is in the address, which no other site knows.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from trainings import actions, links
from trainings.errors import Refusal
from trainings.forms import OwnForm
from trainings.models import Registration
from trainings.opened import Place
from trainings.states import Move
from victor.access import System, public
from victor.publishing.views import show_to_one

PARTICIPANT = System("participant")
ANSWERS = {Move.ACCEPT: actions.accept, Move.LEAVE: actions.leave}


@public
@require_safe
def place(request: HttpRequest, token: str) -> HttpResponse:
    """Where the registration is, and what can be done."""
    found = find(token)
    if found is None:
        return unknown(request)
    return _shown(request, found, token)


@csrf_exempt
@public
@require_POST
def answer(request: HttpRequest, token: str, move: str) -> HttpResponse:
    """Take the seat that is offered, or give the place up."""
    found = find(token)
    if found is None:
        return unknown(request)
    if move not in ANSWERS:
        raise Http404
    refused = ""
    try:
        found = ANSWERS[Move(move)](found, by=PARTICIPANT)
    except Refusal as refusal:
        refused = str(refusal)
    return _shown(request, found, token, refused=refused)


@csrf_exempt
@public
@require_POST
def needs(request: HttpRequest, token: str) -> HttpResponse:
    """Say what one needs in order to take part, and whether the name may be shown: whoever registered could not."""
    found = find(token)
    if found is None:
        return unknown(request)
    form = OwnForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, token, form=form)
    try:
        found = actions.tell_needs(found, **form.cleaned_data, by=PARTICIPANT)
    except Refusal as refusal:
        return _shown(request, found, token, refused=str(refusal))
    return _shown(request, found, token, is_told=True)


def find(token: str) -> Registration | None:
    """The registration that the address names, if it is a true one and the registration still kept."""
    found = Registration.objects.select_related("seminar__country", "country").filter(pk=links.claimed(token)).first()
    return found if found and links.proves(token, found) else None


def _shown(request: HttpRequest, registration: Registration, token: str, **said: object) -> HttpResponse:
    place = Place(registration, token)
    return show_to_one(request, "trainings/place.html", {"place": place, "form": OwnForm(initial=place.told), **said})


def unknown(request: HttpRequest) -> HttpResponse:
    """The address is not one of ours, or what it led to is kept no longer."""
    return show_to_one(request, "trainings/place_unknown.html", status=404)
