"""The doors of reports: ask for one, see how far it is, download it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from victor.access import SignedInRequest, requires
from victor.accounts.errors import AccountRefusal
from victor.files.downloads import PDF, answer_with_file
from victor.files.states import XLSX_TYPE
from victor.forms.statuses import status_of
from victor.languages import interface_language
from victor.reporting.releases.models import Release
from victor.reporting.releases.states import ONLINE
from victor.reporting.report.actions import ask_for_report
from victor.reporting.report.forms import ReportForm
from victor.reporting.report.states import ReportFormat

if TYPE_CHECKING:
    from django.http import HttpResponse

TYPES = {ReportFormat.PDF: PDF, ReportFormat.XLSX: XLSX_TYPE, ReportFormat.XML: "application/xml"}


@requires("reporting.view_releases")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """The reports of a release that went out: those that are made, and the form that asks for another."""
    release = _get_release(request, pk)
    initial = {"language": interface_language(), "file_format": ReportFormat.PDF}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_report(release, **form.cleaned_data, by=request.user)
        except AccountRefusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is being made. You can leave this page."))
            return redirect("reporting:report", release.pk)
    reports = list(release.reports.defer("content").order_by("language", "file_format"))
    current = next((made for made in reports if made.is_being_made), None)
    context = {"release": release, "form": form, "reports": reports, "current": current}
    return render(request, "reporting/report/report.html", context, status=status_of(form))


@requires("reporting.view_releases")
@require_safe
def download(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """The file of a report."""
    made = get_object_or_404(_get_release(request, pk).reports, pk=number)
    if made.content is None:
        raise Http404
    file_format = ReportFormat(made.file_format)
    name = f"victor-report-{made.release.label}-{made.language}.{file_format}"
    return answer_with_file(name, bytes(made.content), TYPES[file_format])


def _get_release(request: SignedInRequest, pk: int) -> Release:
    """A release that went out. Drafts have no report."""
    online = Release.objects.visible_to(request.user).filter(state__in=ONLINE)
    release: Release = get_object_or_404(online, pk=pk)
    return release
