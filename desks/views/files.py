"""Files of a report leave as attachments: the clean copy for a colleague, the original for two."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from desks import actions
from desks.forms import ReasonForm
from desks.models import Attachment, OriginalAccess, Report
from desks.views.report import find, page, says_refusals
from victor.access import requires
from victor.vault.actions.records import About
from victor.vault.views import needs_vault


@requires("desks.work")
@require_safe
@needs_vault
@says_refusals
def file(request: HttpRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """The clean copy."""
    report = find(request, slug, reference)
    return _sent(*actions.open_file(_attachment(report, number), by=request.opened))


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
def ask_original(request: HttpRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """Ask a colleague to agree that one opens the original."""
    report = find(request, slug, reference)
    attachment, form = _attachment(report, number), ReasonForm(request.POST)
    if not form.is_valid():
        return page(request, report, original=form, status=422)
    actions.ask_original(attachment, form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Another colleague of the desk has to agree now."))
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@require_POST
@says_refusals
def grant_original(request: HttpRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """Agree."""
    report = find(request, slug, reference)
    actions.grant_original(_access(report, number), by=request.user)
    return redirect("desks:inbox_report", slug, reference)


@requires("desks.work")
@require_POST
@needs_vault
@says_refusals
def original(request: HttpRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """The original, once."""
    report = find(request, slug, reference)
    return _sent(*actions.open_original(_access(report, number), by=request.opened))


def _attachment(report: Report, number: int) -> Attachment:
    found = Attachment.objects.select_related("message__report", "original__key", "clean__key")
    return get_object_or_404(found, pk=number, message__report=report)


def _access(report: Report, number: int) -> OriginalAccess:
    return get_object_or_404(OriginalAccess, pk=number, attachment__message__report=report)


def _sent(about: About, chunks: Iterator[bytes]) -> HttpResponseBase:
    """A file to be saved, which no browser opens by itself."""
    answer = StreamingHttpResponse(chunks, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=about.name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
