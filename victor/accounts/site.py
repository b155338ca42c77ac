"""The admin of coordinators."""

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
    """Send visitors to the log-in page, and from there to where they were going.

    Raises:
        PermissionDenied: the person is logged in, but has no access to the admin.
    """
    if request.user.is_authenticated:
        raise PermissionDenied("admin.enter")
    return redirect_to_login(request.GET.get("next", ""))


class CoordinationSite(AdminSite):
    """The Django admin, for coordinators who have logged in to the site with a second factor."""

    site_title = site_header = _("VICTOR administration")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and has_second_factor(request.user)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The pages of the admin without those for log-in, log-out and passwords: the site has its own."""
        urls = [url for url in super().get_urls() if getattr(url, "name", None) not in OWN_ROUTES]
        leave = RedirectView.as_view(pattern_name="account_logout")
        return [path("login/", enter_through_login, name="login"), path("logout/", leave, name="logout"), *urls]
