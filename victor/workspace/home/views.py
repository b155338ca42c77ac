"""The first page after logging in: what waits for me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from victor.access import requires
from victor.workspace.todo import todo_for


@requires("workspace.enter")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits, then where I belong."""
    places = request.user.memberships.select_related("organisation")
    return render(request, "workspace/home/home.html", {"waiting": todo_for(request.user), "places": places})
