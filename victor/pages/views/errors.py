"""What is shown when a page is not there, not allowed or broken: calm words, and the way to help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from victor.access import public


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In the language of the address, else of the browser."""
    return render(request, "404.html", status=404)


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A colleague without the right."""
    return render(request, "403.html", status=403)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was open for too long."""
    return render(request, "403.html", {"form_expired": True}, status=403)
