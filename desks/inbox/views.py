"""The desk's inbox: which desks, which reports, and what has arrived meanwhile. Nothing is decrypted here."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from desks.desk.models import Desk
from desks.inbox.forms import InboxFilterForm
from desks.inbox.presenters import inbox_rows
from desks.inbox.sections import INBOX_SECTIONS
from desks.reports.models import Escalation
from victor.access import SignedInRequest, requires
from victor.forms.numbers import read_digits

PAGE_LENGTH = 50
LAST_PAGE = 100  # further down somebody has to ask for less


@requires("desks.see_counters")
@require_safe
def desks(request: SignedInRequest) -> HttpResponse:
    """My desks, each with its numbers. Somebody with one desk is led straight to it; coordinators see all."""
    mine = list(Desk.objects.for_worker(request.user).values_list("slug", flat=True))
    overseen = request.user.has_perm("desks.oversee")
    if len(mine) == 1 and not overseen:
        return redirect("desks:inbox", mine[0])
    now = timezone.now()
    visible = Desk.objects.visible_to(request.user).for_work().with_counters(now)
    late = Escalation.objects.in_last_month(now).by_desk()
    context = {"desks": [(desk, desk.slug in mine, late.get(desk.pk, 0)) for desk in visible]}
    return render(request, "desks/inbox/inbox_desks.html", context)


@requires("desks.work")
@require_safe
def inbox(request: SignedInRequest, slug: str) -> HttpResponse:
    """The reports of a desk, the most urgent first, narrowed by what the address asks for."""
    now = timezone.now()
    desks = Desk.objects.for_worker(request.user).for_work().with_counters(now)
    desk = get_object_or_404(desks, slug=slug)
    form = InboxFilterForm(request.GET)
    number = _page_number(request.GET.get("page", ""))
    start = (number - 1) * PAGE_LENGTH
    reports = form.narrow(desk.reports.for_inbox(), by=request.user, now=now)[start : start + PAGE_LENGTH + 1]
    rows = inbox_rows(reports, now)
    context = {
        "desk": desk,
        "form": form,
        "rows": rows[:PAGE_LENGTH],
        "number": number,
        "has_next": len(rows) > PAGE_LENGTH and number < LAST_PAGE,
        "is_cut": len(rows) > PAGE_LENGTH and number == LAST_PAGE,
        "sections": [section(desk) for section in INBOX_SECTIONS],
    }
    return render(request, "desks/inbox/inbox.html", context)


@requires("desks.work")
@require_safe
def counters(request: SignedInRequest) -> HttpResponseBase:
    """The numbers of my desks, for a page that asks again and again: 304 while nothing has changed."""
    desks = Desk.objects.for_worker(request.user).for_work().with_counters(timezone.now())
    numbers = {desk.slug: _counters(desk) for desk in desks}
    etag = '"' + slugify(str(sorted(numbers.items()))) + '"'
    answer = get_conditional_response(request, etag=etag) or JsonResponse(numbers)
    answer["ETag"] = etag
    return answer


def _counters(desk: Desk) -> dict[str, int]:
    times = [moment.timestamp() for moment in (desk.newest, desk.newest_words) if moment]
    return {
        "waiting": desk.waiting,
        "overdue": desk.overdue,
        "in_danger": desk.in_danger,
        "newest": int(max(times, default=0)),
    }


def _page_number(text: str) -> int:
    return min(max(read_digits(text) or 1, 1), LAST_PAGE)
