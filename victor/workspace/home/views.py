"""The first page after logging in: the tasks of a person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from victor.access import SignedInRequest, requires
from victor.workspace.home.presenters import home_page


@requires("workspace.enter")
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Show the tasks of a person, and the organisations they work for."""
    memberships = request.user.memberships.select_related("organisation")
    context = {"page": home_page(request.user), "memberships": list(memberships)}
    return render(request, "workspace/home/home.html", context)
