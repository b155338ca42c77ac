"""The first page after logging in: what waits for me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.models import HelpLine, MembershipInvitation, Organisation
from partners.rules import coordinates
from victor.access import requires


@requires("workspace.enter")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits, then where I belong."""
    user = request.user
    context = {
        "organisations": Organisation.objects.where_works(user).for_listing(),
        "lines_to_check": HelpLine.objects.to_check().count() if coordinates(user) else 0,
        "open_invitations": MembershipInvitation.objects.visible_to(user).open().count(),
        "coordinates": coordinates(user),
    }
    return render(request, "workspace/home.html", context)
