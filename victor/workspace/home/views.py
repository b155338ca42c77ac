"""The first page after logging in: the tasks of a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from victor.access import requires
from victor.todo import tasks_for


@requires("workspace.enter")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the tasks of a person, and the organisations they work for."""
    memberships = request.user.memberships.select_related("organisation")
    return render(request, "workspace/home/home.html", {"tasks": tasks_for(request.user), "memberships": memberships})
