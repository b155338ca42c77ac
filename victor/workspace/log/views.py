"""The audit log for those who audit: read it, and have it verified."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from victor.access import SignedInRequest, requires
from victor.audit.verification import ask_verification
from victor.task_queue import queue_task
from victor.workspace.log.forms import LogFilterForm
from victor.workspace.log.presenters import LogPage


@requires("audit.read_log")
@require_safe
def log(request: SignedInRequest) -> HttpResponse:
    """Who did what to what, the latest first, and when the log was last verified."""
    form = LogFilterForm(request.GET or None)
    return render(request, "workspace/log/log.html", {"form": form, "page": LogPage.of(form)})


@requires("audit.read_log")
@require_POST
def verify(request: SignedInRequest) -> HttpResponse:
    """Have the whole log verified by the worker."""
    if not ask_verification(by=request.user):
        messages.info(request, _("The log is being verified already. Please wait for the result."))
    elif queue_task("victor.audit.tasks.verify"):
        messages.success(request, _("The log is being verified. The result appears here in a few minutes."))
    else:
        messages.warning(request, _("Nothing works in the background at present. Please ask again in an hour."))
    return redirect("workspace:log")
