"""The page on which somebody chooses how often they are told of their tasks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from victor.access import SignedInRequest, requires
from victor.accounts.states import Digest
from victor.workspace.digest import actions
from victor.workspace.digest.forms import DigestForm


@requires("workspace.choose_digest")
@require_http_methods(["GET", "HEAD", "POST"])
def digest(request: SignedInRequest) -> HttpResponse:
    """Choose how often, and about what."""
    form = DigestForm(request.POST or None, person=request.user)
    if form.is_valid():
        actions.choose_digest(Digest(form.cleaned_data["often"]), form.left_out, by=request.user)
        messages.success(request, _("Your choice has been saved."))
        return redirect("workspace:digest")
    return render(request, "workspace/digest/digest.html", {"form": form}, status=422 if form.errors else 200)


@requires("workspace.choose_digest")
@require_POST
def hide_first_steps(request: SignedInRequest) -> HttpResponse:
    """Show the first steps no more."""
    actions.hide_first_steps(by=request.user)
    messages.success(request, _("The list of your first steps is hidden."))
    return redirect("workspace:home")
