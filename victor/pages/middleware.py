"""Answers requests that cannot be read, and names languages that stand in for those that a browser asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import structlog
from django.conf import settings
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from victor import serbian
from victor.pages.views import not_found
from victor.publishing.views import PAGE_INFO, PageInfo
from victor.server.environ import body_length
from victor.server.states import BODY_FAULT, CALL_AGAIN, STATUS, BodyFault, CallAgain
from victor.vault.errors import Unopenable

MEGABYTE = 1024 * 1024
RETRY_SECONDS = 30
CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Lone surrogates; numbers that no column holds; filters of the admin that are none.
TEXT_ERRORS = (UnicodeEncodeError, DataError, IncorrectLookupParameters)
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
READERS_OF_SERBIAN = {"bs", "cnr", "hr", "sh"}  # ISO 639; "sh" is an old code that browsers still send
NEAREST = {"mk": "bg", "mo": "ro"}  # the language of ours that readers of another one understand; "mo" is an old code
LATIN_REGIONS = {"me", "ro", "tr"}  # where Serbian is written in Latin letters, as CLDR says
log = structlog.get_logger(__name__)
NUL_MESSAGE = "NUL (0x00)"  # of the database's driver


class OddBytesMiddleware:
    """Knows no address with control characters or with bytes that are no text; says so of what is typed.

    Controls stand in no address of ours, and no database takes NUL. What comes in a form is checked by its fields. What
    no field checks the database refuses, and this is the answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Answer instead of the view. A view that says so itself of whatever is in its address is asked."""
        if _is_odd(request) and not getattr(view, "takes_odd_text", False):
            return not_found(request, ValueError())
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks this when a view has raised an error."""
        if not (isinstance(exception, TEXT_ERRORS) or NUL_MESSAGE in str(exception)):
            return None
        log.info("odd characters", type=type(exception).__name__)
        if request.method in {"GET", "HEAD"}:
            return not_found(request, exception)
        return _render(request, "pages/odd_characters.html", {}, status=400)


class OddCookiesMiddleware:
    """Drops cookies with control characters: none of ours has any, and the database takes no NUL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name, value in list(request.COOKIES.items()):
            if CONTROL_BYTES.search(value.encode(errors="replace")):
                del request.COOKIES[name]
        return self.get_response(request)


class CallAgainMiddleware:
    """Tells the server's loop that a request waits. Nobody sees the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks this when a view has raised an error."""
        if not isinstance(exception, CallAgain):
            return None
        request.META[CALL_AGAIN] = exception.seconds
        return HttpResponse(status=503)


class BrokenKeyMiddleware:
    """Says to visitors with 503 that a key or a ciphertext was altered. The help strip has the emergency numbers.

    Colleagues are refused by `victor.vault.passphrases.middleware`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks this when a view has raised an error."""
        if not isinstance(exception, Unopenable) or request.user.is_authenticated:
            return None
        match = request.resolver_match
        log.warning("something in the vault was altered", route=match.view_name if match else None)
        return _render(request, "pages/unavailable.html", {}, status=503)


class BodyMiddleware:
    """Says why a body was not read. Checks its length too, for servers that do not stand behind `victor.server`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        fault = request.META.get(BODY_FAULT)
        if fault is None and _is_too_large(request):
            fault = BodyFault.TOO_LARGE
        if fault is None:
            return self.get_response(request)
        context = {"fault": str(fault), "megabytes": _max_megabytes(request)}
        response = _render(request, "pages/body_refused.html", context, status=STATUS[fault])
        if fault == BodyFault.NO_ROOM:
            response["Retry-After"] = str(RETRY_SECONDS)
        return response


def _is_too_large(request: HttpRequest) -> bool:
    """Whether the body is said to be too large. Only then is it looked at who asks: public pages read no session."""
    length = body_length(request.META) or 0
    return length > settings.BODY_MB * MEGABYTE and length > _max_megabytes(request) * MEGABYTE


def _max_megabytes(request: HttpRequest) -> int:
    return settings.STAFF_BODY_MB if request.user.is_authenticated else settings.BODY_MB


def _is_odd(request: HttpRequest) -> bool:
    path = request.META.get("PATH_INFO", "").encode("latin-1", "replace")
    query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
    return bool(CONTROL_BYTES.search(path)) or b"\x00" in query or not _is_text(path)


def _is_text(path: bytes) -> bool:
    try:
        path.decode()
    except UnicodeDecodeError:
        return False
    return True


def _render(request: HttpRequest, template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    request.META[PAGE_INFO] = PageInfo()  # the layout of the public, wherever it has happened
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response


class BrowserLanguagesMiddleware:
    """Names languages that the site has in place of those that the browser asks for. It comes before Django looks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if header := request.META.get("HTTP_ACCEPT_LANGUAGE"):
            request.META["HTTP_ACCEPT_LANGUAGE"] = LANGUAGE.sub(lambda language: stand_in(language[0]), header)
        return self.get_response(request)


def stand_in(language: str) -> str:
    """The language that a reader of `language` gets: Serbian in their letters, the nearest, or just this one."""
    code, *subtags = language.lower().split("-")
    if code in NEAREST:
        return NEAREST[code]
    if code not in {serbian.CYRILLIC, *READERS_OF_SERBIAN}:
        return language
    if "cyrl" in subtags:
        return serbian.CYRILLIC
    reads_latin = code in READERS_OF_SERBIAN or "latn" in subtags or LATIN_REGIONS.intersection(subtags)
    return serbian.LATIN if reads_latin else serbian.CYRILLIC
