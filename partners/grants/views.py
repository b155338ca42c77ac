"""The list of grants."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partners.grants.models import Grant
from partners.grants.sections import tabs_of
from victor.access import SignedInRequest, is_permitted, requires


@requires("partners.view_grants")
@require_safe
def grants(request: SignedInRequest) -> HttpResponse:
    """The grants of the partnership, the newest first."""
    rows = Grant.objects.visible_to(request.user).for_listing()
    can_manage = is_permitted(request.user, "partners.add_grant")
    return render(request, "partners/grants/grants.html", {"grants": rows, "can_manage": can_manage})


def get_grant_or_404(request: SignedInRequest, pk: int) -> Grant:
    """The grant, where the reader may see it.

    Raises:
        Http404: there is none that they may see.
    """
    grant: Grant = get_object_or_404(Grant.objects.visible_to(request.user).for_listing(), pk=pk)
    return grant


def grant_context(grant: Grant, route: str) -> dict[str, object]:
    """What every page of a grant shows: the grant, and the pages beside it."""
    return {"grant": grant, "tabs": tabs_of(grant, route)}
