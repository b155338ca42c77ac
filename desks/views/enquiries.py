"""Enquiries: a screen to record one in a few presses, and what they add up to."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from desks import actions
from desks.forms import EnquiryForm
from desks.models import Desk, Enquiry
from desks.states import Channel
from victor.access import requires

UNDO_SECONDS = 600
LAST = "last_enquiry"  # in the session, since the row does not know who recorded it, or when
SIGNER = TimestampSigner(salt="desks.enquiries")


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
def new_enquiry(request: HttpRequest, slug: str) -> HttpResponse:
    """Record an enquiry; the next one follows."""
    desk = get_object_or_404(Desk.objects.worked_by(request.user), slug=slug)
    form = EnquiryForm(request.POST or None, desk=desk)
    if request.method == "POST" and form.is_valid():
        made = actions.record_enquiry(form.save(commit=False), by=request.user)
        request.session[LAST] = SIGNER.sign(str(made.pk))
        messages.success(request, _("Recorded."))
        return redirect("desks:new_enquiry", slug)
    today = Enquiry.objects.filter(desk=desk, day=timezone.localdate()).values_list("channel", flat=True)
    counted = Counter(today)
    counts = [(each.label, counted[each]) for each in Channel if counted[each]]
    context = {"desk": desk, "form": form, "counts": counts, "last": _last(request, desk)}
    return render(request, "desks/enquiry.html", context)


@requires("desks.work")
@require_POST
def undo_enquiry(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the last one back."""
    desk = get_object_or_404(Desk.objects.worked_by(request.user), slug=slug)
    last = _last(request, desk)
    if last is None:
        messages.error(request, _("There is nothing to take back any more."))
    else:
        actions.undo_enquiry(last, by=request.user)
        messages.success(request, _("Taken back."))
    request.session.pop(LAST, None)
    return redirect("desks:new_enquiry", slug)


def _last(request: HttpRequest, desk: Desk) -> Enquiry | None:
    """What was recorded in this browser within the last minutes."""
    try:
        pk = SIGNER.unsign(request.session.get(LAST, ""), max_age=UNDO_SECONDS)
    except BadSignature:
        return None
    return Enquiry.objects.filter(desk=desk, pk=pk).first()
