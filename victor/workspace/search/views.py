"""The search for staff, and the keys of the workspace."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from victor.access import SignedInRequest, requires
from victor.staff_search import search_for_staff
from victor.workspace.search.forms import SearchForm


@requires("workspace.enter")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: SignedInRequest) -> HttpResponse:
    """Show what a person may see of what fits. The question comes in the body, so that no address and no log has it."""
    form = SearchForm(request.POST.get("q", "") if request.method == "POST" else None)
    context = {"form": form, "question": form.question, "kinds": search_for_staff(request.user, form.question)}
    return render(request, "workspace/search/search.html", context)


@requires("workspace.enter")
@require_safe
def keys(request: SignedInRequest) -> HttpResponse:
    """Show which keys do what."""
    return render(request, "workspace/search/keys.html")
