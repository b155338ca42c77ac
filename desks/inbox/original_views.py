"""Files of a report leave as attachments: the clean copy for the desk, the original for two persons with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from desks.desk.errors import DeskRefusal
from desks.inbox import originals
from desks.inbox.attached_files import copy_name
from desks.inbox.forms import ReasonForm
from desks.inbox.models import OriginalAccess
from desks.inbox.report_views import (
    desk_refusals_as_messages,
    get_report_or_404,
    refusals_as_messages,
    render_report_page,
    respond_after,
)
from desks.reports.models import Attachment, Report
from victor.access import requires
from victor.files.downloads import stream_file
from victor.vault.passphrases.middleware import VaultRequest
from victor.vault.passphrases.views import needs_vault


@requires("desks.work")
@require_safe
@needs_vault
@refusals_as_messages
def report_file(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """The clean copy."""
    report = get_report_or_404(request, slug, reference)
    attachment = _attachment(report, number)
    about, chunks = originals.open_clean_copy(attachment, by=request.unlocked_vault)
    return stream_file(copy_name(attachment, about), chunks)


@requires("desks.work")
@sensitive_post_parameters()
@require_POST
@desk_refusals_as_messages
def ask_original(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """Ask a colleague to agree that one opens the original."""
    report = get_report_or_404(request, slug, reference)
    attachment, form = _attachment(report, number), ReasonForm(request.POST, prefix=f"original-{number}")
    if not form.is_valid():
        return render_report_page(request, report, original=form, status=422)
    originals.request_original(attachment, form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("Another colleague at the desk now has to approve."))
    return respond_after(request, slug, reference, done=form)


@requires("desks.work")
@require_POST
@refusals_as_messages
def grant_original(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """Agree."""
    report = get_report_or_404(request, slug, reference)
    access = originals.approve_original(_access(report, number), by=request.user)
    text = _("%(name)s can now open the original once, within 24 hours.")
    messages.success(request, text % {"name": access.asked_by.name})
    return respond_after(request, slug, reference)


@requires("desks.lead")
@require_safe
def originals_elsewhere(request: VaultRequest) -> HttpResponse:
    """Requests for originals at other desks that have nobody else to decide. Only what is plain is shown."""
    accesses = originals.requests_from_elsewhere(request.user)
    return render(request, "desks/inbox/originals_elsewhere.html", {"accesses": accesses})


@requires("desks.lead")
@require_POST
def grant_original_elsewhere(request: VaultRequest, number: int) -> HttpResponse:
    """Agree as the second person from another desk."""
    accesses = originals.requests_from_elsewhere(request.user)
    access = next((access for access in accesses if access.pk == number), None)
    if access is None:
        raise Http404
    try:
        originals.approve_original(access, by=request.user)
    except DeskRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("%(name)s can now open the original once, within 24 hours.")
        messages.success(request, text % {"name": access.asked_by.name})
    return redirect("desks:originals_elsewhere")


@requires("desks.work")
@require_POST
@needs_vault
@refusals_as_messages
def original(request: VaultRequest, slug: str, reference: str, number: int) -> HttpResponseBase:
    """The original, once."""
    report = get_report_or_404(request, slug, reference)
    about, chunks = originals.open_original(_access(report, number), by=request.unlocked_vault)
    return stream_file(about.name, chunks)


def _attachment(report: Report, number: int) -> Attachment:
    attachments = Attachment.objects.select_related("message__report", "original__key", "clean__key")
    return get_object_or_404(attachments, pk=number, message__report=report)


def _access(report: Report, number: int) -> OriginalAccess:
    return get_object_or_404(OriginalAccess, pk=number, attachment__message__report=report)
