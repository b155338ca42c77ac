"""The workspace of those who look after seminars: mine, and one of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from trainings import actions
from trainings.errors import Refusal
from trainings.models import Seminar
from trainings.waiting import timeline, waits_at
from victor.access import require, requires

PAGE_LENGTH = 20


@requires("trainings.check_in")
@require_safe
def my_seminars(request: HttpRequest) -> HttpResponse:
    """Those that I look after or help at: the next first, with what waits at each; those that are over apart."""
    seminars = Seminar.objects.visible_to(request.user).for_rows()
    shows_past = request.GET.get("when") == "past"
    found = seminars.past() if shows_past else seminars.to_come()
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    managed = [each for each in page if request.user.has_perm("trainings.manage", each)]
    waits = waits_at(managed)
    rows = [(each, each in managed, waits.get(each.pk, [])) for each in page]
    return render(request, "trainings/my_seminars.html", {"rows": rows, "page_obj": page, "shows_past": shows_past})


@requires("trainings.manage")
@require_safe
def led(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: what it is, how many come, what waits, and what happens by itself."""
    seminar = _led(request, slug)
    context = {
        "seminar": seminar,
        "sessions": seminar.sessions.all(),
        "waits": waits_at([seminar])[seminar.pk],
        "timeline": timeline(seminar),
    }
    return render(request, "trainings/led.html", context)


@requires("trainings.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """How many would be told; call it off."""
    seminar = _led(request, slug)
    if request.method != "POST":
        return render(
            request, "trainings/cancel.html", {"seminar": seminar, "told": seminar.registrations.open().count()}
        )
    try:
        told = actions.cancel_seminar(seminar, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("Cancelled. %(count)d person is told.", "Cancelled. %(count)d people are told.", told)
        messages.success(request, text % {"count": told})
    return redirect("trainings:led", slug)


def _led(request: HttpRequest, slug: str) -> Seminar:
    """Helpers find the seminar too, and may not look after it."""
    found = Seminar.objects.visible_to(request.user).with_taken().select_related("country", "organisation")
    seminar = get_object_or_404(found, slug=slug)
    require(request.user, "trainings.manage", seminar)
    return seminar
