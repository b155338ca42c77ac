"""Keeps what the site serves apart from other sites, in the browser too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

CLEAR_AFTER_LOG_OUT = '"cache", "storage"'  # the cookies are deleted by name: another may be set in the same answer
CLEAR_ON_EXIT = '"cache", "cookies", "storage"'


class OwnSiteMiddleware:
    """Tells browsers that no other site may load what this one serves. Links to it work as before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def clear_site_data(response: HttpResponse, what: str) -> HttpResponse:
    """Let the browser delete what it has stored of this site. Browsers do so over HTTPS only."""
    response.headers["Clear-Site-Data"] = what
    return response
