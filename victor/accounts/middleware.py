"""Requires a log-in and a second factor, ends old sessions, and stores no page of people with an account."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from victor.access import PUBLIC
from victor.accounts import sessions
from victor.accounts.log_ins import record_refusal
from victor.accounts.models import User
from victor.accounts.rules import has_second_factor
from victor.isolation import CLEAR_AFTER_LOG_OUT, clear_site_data

# The set-up itself, the password that it asks for, and the log-out.
ENROLMENT = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
}


class SessionEndMiddleware:
    """Ends a session twelve hours after the log-in, however much somebody has worked in it.

    When a session has ended, by this or by a log-out, the browser deletes what it has stored of the site.

    A request without a session passes unchanged, so that public pages set no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_logged_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        if was_logged_in:
            sessions.note_start(request.session)
            end = sessions.ends_at(request.session)
            if end is None or end <= timezone.now():
                logout(request)
        response = self.get_response(request)
        if request.session.accessed and request.user.is_authenticated:  # a log-in: the clock starts now
            sessions.note_start(request.session)
        elif was_logged_in:
            clear_site_data(response, CLEAR_AFTER_LOG_OUT)
        return response


class RequireLoginMiddleware(LoginRequiredMiddleware):
    """Sends visitors to the log-in page from every page that is not public: a second net under `@requires`.

    Django's own class reads the session first, so that each public page would say that it depends on a cookie.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Let public pages pass, and ask Django about all others."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class RequireSecondFactorMiddleware:
    """Sends people who are logged in without a second factor to its set-up, from every page that is not public.

    A request without a session passes unchanged, so that public pages set no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Redirect to the set-up, or let the request pass."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or getattr(view, "access", None) == PUBLIC:
            return None
        if not request.user.is_authenticated or has_second_factor(request.user):
            return None
        if request.resolver_match and request.resolver_match.view_name in ENROLMENT:
            return None
        return redirect("mfa_index")


class RefusalLogMiddleware:
    """Records that somebody who is logged in was refused a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.FORBIDDEN and settings.SESSION_COOKIE_NAME in request.COOKIES:
            user = request.user
            if isinstance(user, User):
                record_refusal(user, request.resolver_match.view_name if request.resolver_match else "")
        return response


class NoStoreMiddleware:
    """Tells the browser to store no page for a person who is logged in: others may use the same computer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
