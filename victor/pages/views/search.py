"""Search, without a trace: what was asked for is in no address, no log and no history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from victor.access import public
from victor.publishing.languages import current
from victor.publishing.search import search as find
from victor.publishing.views import show

LONGEST = 200  # characters


@csrf_exempt  # it changes nothing, and a token would set a cookie
@public
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """What the site says of some words, in the reader's language."""
    question = request.POST.get("q", "").replace("\x00", "").strip()[:LONGEST]
    context = {"question": question, "found": find(question, current()) if question else None}
    return show(request, "pages/search.html", context, private=True)
