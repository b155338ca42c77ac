"""A colleague writes down what somebody tells on the telephone or at the counter.

The form's token is checked below `kept_in_memory` and not before: reading it would write files to a disk.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from desks import proof, receipts
from desks.actions import receive_report, set_notice
from desks.forms import BehalfForm, told
from desks.keys import derived
from desks.models import Desk
from desks.states import Channel
from desks.views.enclosures import keep_first_files
from victor.access import requires
from victor.publishing.languages import current
from victor.receiving import kept_in_memory


@csrf_exempt
@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
@kept_in_memory
@csrf_protect
def on_behalf(request: HttpRequest, slug: str) -> HttpResponse:
    """All questions on one screen; then the receipt, to be read out."""
    desks = Desk.objects.worked_by(request.user).filter(group__isnull=False).select_related("country")
    desk = get_object_or_404(desks, slug=slug)
    form = BehalfForm(request.POST or None, initial={"speaks": current(), "way": Channel.TELEPHONE})
    ticket = request.POST.get("ticket", "")
    number = proof.receipt_of(ticket)
    if form.is_valid() and number is not None:
        return _received(request, desk, form, number)
    context = {"desk": desk, "form": form, "ticket": ticket if number is not None else proof.new_ticket()}
    return render(request, "desks/behalf.html", context)


def _received(request: HttpRequest, desk: Desk, form: BehalfForm, number: int) -> HttpResponse:
    data = form.cleaned_data
    report, _is_new = receive_report(
        desk,
        told(data),
        receipt=derived(number),
        country=desk.country,
        language=data["speaks"] or current(),
        danger=data["danger"] == "yes",
        channel=Channel(data["way"]),
        by=request.user,
    )
    if data["notice"]:
        set_notice(report, data["notice"], language=report.language)
    words = receipts.words(number, report.language)
    context = {"desk": desk, "report": report, "words": words, "digits": receipts.digits(number)}
    context["lost"] = keep_first_files(request, report)
    return render(request, "desks/behalf_received.html", context)
