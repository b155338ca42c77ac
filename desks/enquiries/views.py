"""Enquiries: record an enquiry in a few presses; figures of one desk and of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desks.desk.models import Desk
from desks.enquiries import actions
from desks.enquiries.forms import EnquiryForm
from desks.enquiries.models import Enquiry
from desks.reports.states import Channel
from desks.retention.indicators import DeskPeriod
from victor.access import SignedInRequest, requires
from victor.files.downloads import answer_with_file
from victor.files.states import CSV_TYPE, XLSX_TYPE
from victor.indicators.actions import freeze_figures
from victor.indicators.declarations import indicators_of, statistics_pages_for
from victor.indicators.exports import as_csv, as_xlsx
from victor.indicators.forms import HalfYearForm, PeriodForm
from victor.indicators.tables import CountedIndicator

UNDO_SECONDS = 600
LAST_ENQUIRY = "last_enquiry"  # in the session, since the row does not know who recorded it, or when
SIGNER = TimestampSigner(salt="desks.enquiries")


@requires("desks.work")
@require_http_methods(["GET", "HEAD", "POST"])
def new_enquiry(request: SignedInRequest, slug: str) -> HttpResponse:
    """Record an enquiry; the next one follows."""
    desk = get_object_or_404(Desk.objects.for_worker(request.user), slug=slug)
    form = EnquiryForm(request.POST or None, desk=desk)
    if request.method == "POST" and form.is_valid():
        enquiry = actions.record_enquiry(form.save(commit=False), by=request.user)
        request.session[LAST_ENQUIRY] = SIGNER.sign(str(enquiry.pk))
        messages.success(request, _("Saved."))
        return redirect("desks:new_enquiry", slug)
    today = Enquiry.objects.filter(desk=desk, day=timezone.localdate()).values_list("channel", flat=True)
    by_channel = Counter(today)
    counts = [(channel.label, by_channel[channel]) for channel in Channel if by_channel[channel]]
    context = {"desk": desk, "form": form, "counts": counts, "last": _last_enquiry(request, desk)}
    return render(request, "desks/enquiries/new_enquiry.html", context)


@requires("desks.work")
@require_POST
def undo_enquiry(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take the last one back."""
    desk = get_object_or_404(Desk.objects.for_worker(request.user), slug=slug)
    last = _last_enquiry(request, desk)
    if last is None:
        messages.error(request, _("There is nothing left to undo."))
    else:
        actions.remove_enquiry(last, by=request.user)
        messages.success(request, _("Undone."))
    request.session.pop(LAST_ENQUIRY, None)
    return redirect("desks:new_enquiry", slug)


def _last_enquiry(request: SignedInRequest, desk: Desk) -> Enquiry | None:
    """What was recorded in this browser within the last minutes."""
    try:
        pk = SIGNER.unsign(request.session.get(LAST_ENQUIRY, ""), max_age=UNDO_SECONDS)
    except BadSignature:
        return None
    return Enquiry.objects.filter(desk=desk, pk=pk).first()


CSV, XLSX = "csv", "xlsx"
FILE_TYPES = {CSV: CSV_TYPE, XLSX: XLSX_TYPE}


@requires("desks.work")
@require_safe
def desk_figures(request: SignedInRequest, slug: str) -> HttpResponse:
    """What a desk reports, to itself: every figure as it is."""
    desk = get_object_or_404(Desk.objects.for_worker(request.user), slug=slug)
    period = PeriodForm(request.GET)
    scope = DeskPeriod.of_months([desk.pk], **period.months)
    months = f"{scope.first:%Y-%m} – {scope.last:%Y-%m}"
    counts = [CountedIndicator.own(indicator, scope, period=months) for indicator in indicators_of("desks", scope)]
    context = {"desk": desk, "period": period, "is_shown": True}
    return _answer_figures(request, counts, scope, context)


@requires("desks.oversee")
@require_safe
def figures(request: SignedInRequest) -> HttpResponse:
    """What all desks report together in a half-year, in which no figure tells of anybody."""
    form = HalfYearForm(request.GET)
    period = form.half_year
    scope = DeskPeriod(list(Desk.objects.values_list("pk", flat=True)), period.first, period.last)
    counts = []
    if period.is_shown:
        indicators = indicators_of("desks", scope)
        frozen = [freeze_figures(indicator, period, scope, subject="desks") for indicator in indicators]
        counts = [
            CountedIndicator.protected(indicator, figures, period=period.months)
            for indicator, figures in zip(indicators, frozen, strict=True)
        ]
    context = {"period": form, "statistics_pages": statistics_pages_for(request.user), "is_shown": period.is_shown}
    return _answer_figures(request, counts, scope, context | {"shown_from": period.shown_from})


def _answer_figures(
    request: SignedInRequest, counts: Sequence[CountedIndicator], scope: DeskPeriod, context: Mapping[str, object]
) -> HttpResponse:
    """As a page, or as a file of the type that was chosen."""
    file_type, desk = request.GET.get("form"), context.get("desk")
    if file_type not in FILE_TYPES or not counts:
        context = {"counts": counts, "file_types": FILE_TYPES, **context}
        return render(request, "desks/enquiries/figures.html", context)
    content = (as_csv if file_type == CSV else as_xlsx)(counts)
    name = f"{desk.slug if isinstance(desk, Desk) else 'desks'}-{scope.first:%Y-%m}-{scope.last:%Y-%m}.{file_type}"
    return answer_with_file(name, content, FILE_TYPES[file_type])
