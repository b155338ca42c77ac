from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from victor.accounts.rules import has_second_factor

OWN_ROUTES = {"login", "logout", "password_change", "password_change_done"}


def enter_through_login(request: HttpRequest) -> HttpResponse:
    """Send visitors through the log-in page of the site to where they were going.

    Whoever is logged in and was sent here all the same may not enter.
    """
    if request.user.is_authenticated:
        raise PermissionDenied("admin.enter")
    return redirect_to_login(request.GET.get("next", ""))


class CoordinationSite(AdminSite):
    """The Django admin for coordinators who came in through the log-in page of the site, with a second factor."""

    site_title = site_header = _("VICTOR administration")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and has_second_factor(request.user)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """All but the admin's own pages for logging in and out and for passwords: the site has its own."""
        urls = [url for url in super().get_urls() if getattr(url, "name", None) not in OWN_ROUTES]
        leave = RedirectView.as_view(pattern_name="account_logout")
        return [path("login/", enter_through_login, name="login"), path("logout/", leave, name="logout"), *urls]
