"""The people of a desk and its keys, for those who lead it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from desks import actions, errors
from desks.models import Desk
from desks.team import Team
from victor.access import requires
from victor.accounts.models import User
from victor.vault.errors import Refusal
from victor.vault.views import needs_vault

# Each step: what it does, and what it has done, in words.
STEPS = {
    "admit": (actions.admit, gettext_noop("%(name)s can read the reports of this desk now.")),
    "dismiss": (actions.dismiss, gettext_noop("%(name)s can read nothing here any more.")),
    "appoint": (actions.appoint, gettext_noop("%(name)s is one of the officers now.")),
    "relieve": (actions.relieve, gettext_noop("%(name)s is no longer an officer.")),
}


@requires("desks.lead")
@require_safe
def led(request: HttpRequest) -> HttpResponse:
    """The desks that I lead; where it is one, its people."""
    desks = list(Desk.objects.led_by(request.user).with_readiness())
    if len(desks) == 1:
        return redirect("desks:people", desks[0].slug)
    return render(request, "desks/led.html", {"teams": [Team(desk) for desk in desks]})


@requires("desks.lead")
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works here, who holds the keys, and what is to be done next."""
    return render(request, "desks/people.html", {"team": Team(_led(request, slug))})


@requires("desks.lead")
@require_POST
def open_keys(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the desk's keys."""
    desk = _led(request, slug)
    try:
        actions.open_keys(desk, by=request.user)
    except (errors.Refusal, Refusal) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The desk has its keys."))
    return redirect("desks:people", desk.slug)


@requires("desks.lead")
@require_POST
def send_test(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the desk a test report."""
    desk = _led(request, slug)
    try:
        actions.send_test_report(desk, by=request.user)
    except errors.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A test report is in the inbox. Let a colleague triage and answer it in time."))
    return redirect("desks:people", desk.slug)


@requires("desks.lead")
@require_POST
@needs_vault
def take_step(request: HttpRequest, slug: str, pk: int, step: str) -> HttpResponse:
    """Give somebody the keys or take them, make somebody an officer or end that."""
    desk, person = _led(request, slug), get_object_or_404(User, pk=pk)
    if step not in STEPS or person not in [each.user for each in Team(desk).people]:
        raise Http404
    act, said = STEPS[step]
    try:
        act(desk, person, by=request.opened)
    except (errors.Refusal, Refusal) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _(said) % {"name": person.name})
    return redirect("desks:people", desk.slug)


def _led(request: HttpRequest, slug: str) -> Desk:
    """The desk, if the person leads it; nobody else learns that there is one to be led."""
    found: Desk = get_object_or_404(Desk.objects.led_by(request.user).with_readiness(), slug=slug)
    return found
