"""Report a concern. Help stands above the questions; what is written lies in the page until it is sent.

None of these pages has a form's token: it would set a cookie, and there is nobody logged in whom another site could
make act. A report sent by another site's hand is a report like any other.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks import proof, receipts
from desks.actions import receive_report, set_notice
from desks.errors import Misread
from desks.forms import Draft, RetypeForm, told
from desks.keys import derived
from desks.models import Desk
from desks.views.enclosures import keep_first_files
from partners.models import Country, HelpLine
from partners.states import Purpose
from victor.access import System, public
from victor.haste import place_of
from victor.publishing.languages import current
from victor.publishing.views import show
from victor.receiving import kept_in_memory

REPORTER = System("reporter")
MOST_LINES = 3  # beside the emergency numbers
OTHER_LINES = [Purpose.CHILDREN, Purpose.MISSING_CHILDREN, Purpose.TRAFFICKING, Purpose.CHILD_PROTECTION]


@public
@require_safe
def report_index(request: HttpRequest) -> HttpResponse:
    """Choose the country."""
    return show(request, "desks/report_index.html", {"countries": Country.objects.in_partnership()}, private=True)


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
@kept_in_memory
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The three screens, and what follows the last."""
    country = Country.objects.in_partnership().filter(code=code.upper()).first()
    if country is None or code != code.lower():
        raise Http404
    desk = Desk.objects.for_report(country.pk, current()).select_related("country").first()
    draft = Draft(request.POST)
    if draft.is_complete and desk:
        return _sent(request, draft, desk, country)
    context = {"country": country, "desk": desk, "draft": draft, "form": draft.form, **_numbers(country)}
    return show(request, "desks/report.html", context, country=country, private=True)


@csrf_exempt
@public
@require_POST
def receipt(request: HttpRequest) -> HttpResponse:
    """Compare what was written down with the receipt, or show it in another language; nothing is looked up or kept."""
    try:
        number = receipts.read(request.POST.get("shown", ""), current())
    except Misread:
        return redirect("desks:conversation")
    form = RetypeForm(None if request.POST.get("go") == "language" else request.POST)
    return show(
        request, "desks/receipt.html", {**_note(number), "form": form, "is_right": form.is_valid()}, private=True
    )


def _sent(request: HttpRequest, draft: Draft, desk: Desk, country: Country) -> HttpResponse:
    slowed = not proof.is_solved(draft.ticket, request.POST.get("proof", "")) and proof.HASTE.slow(place_of(request))
    number = draft.receipt or receipts.new()
    found, is_new = receive_report(
        desk,
        told(*draft.answers),
        receipt=derived(number),
        country=country,
        language=current(),
        danger=draft.is_danger,
        by=REPORTER,
        perhaps_junk=slowed or draft.looks_like_junk,
    )
    context = {"report": found, "is_new": is_new, "desk": found.desk, "form": RetypeForm(), "is_fresh": True}
    context |= {"lost": keep_first_files(request, found), "draft": draft, **_note(number), **_numbers(country)}
    if address := draft.answers[-1].get("notice"):
        set_notice(found, address, language=current())
    return show(request, "desks/receipt.html", context, country=country, private=True)


def _note(number: int) -> dict[str, Any]:
    groups = receipts.digits(number)
    return {"words": receipts.words(number, current()), "digits": groups, "shown": "".join(groups)}


def _numbers(country: Country) -> dict[str, Any]:
    lines = list(HelpLine.objects.published().for_listing().filter(country=country))
    return {
        "emergency": [line for line in lines if line.purpose == Purpose.EMERGENCY],
        "lines": [line for line in lines if line.purpose in OTHER_LINES][:MOST_LINES],
    }
