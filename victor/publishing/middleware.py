"""Turns the errors of addresses into answers."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from victor.publishing.errors import PageGone, PageMoved


class MovedPagesMiddleware:
    """Answers with the new address of a page that has moved (301), and says so where it is gone (410)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks this when a view has raised an error."""
        if isinstance(exception, PageMoved):
            return HttpResponsePermanentRedirect(exception.address)
        return render(request, "404.html", status=410) if isinstance(exception, PageGone) else None
