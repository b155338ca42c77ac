"""The admin of coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin, widgets
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from victor.access import signed_in_user
from victor.accounts.rules import has_second_factor
from victor.forms.fields import AddressField, DateField, NumberField, WholeNumberField
from victor.todo.board import needs_of, panels_of
from victor.todo.declarations import buttons_of
from victor.todo.presenters import worklist_of

if TYPE_CHECKING:
    from typing import Unpack

    from django_stubs_ext import StrOrPromise

MAX_CHANGES = 8  # on the start page
OWN_ROUTES = {"login", "logout", "password_change", "password_change_done"}


class SplitMomentOptions(TypedDict, total=False):
    """What the admin says of such a field."""

    required: bool
    widget: forms.Widget | type[forms.Widget]
    label: StrOrPromise
    help_text: StrOrPromise
    initial: object
    show_hidden_initial: bool
    localize: bool


class SplitMomentField(forms.SplitDateTimeField):
    """A day and a time of day in two inputs."""

    def __init__(self, **options: Unpack[SplitMomentOptions]) -> None:
        super().__init__(**options)
        day = DateField(widget=widgets.AdminDateWidget)
        day.required = self.fields[0].required
        self.fields = (day, *self.fields[1:])

    def bound_data(self, data: object, initial: object) -> object:
        """The parts, each as it was read."""
        bound = super().bound_data(data, initial)
        if not isinstance(bound, list):
            return bound
        return [field.bound_data(part, None) for field, part in zip(self.fields, bound, strict=True)]


ADMIN_FIELDS: dict[Any, dict[str, Any]] = {
    models.IntegerField: {"form_class": WholeNumberField, "widget": widgets.AdminTextInputWidget},
    models.BigIntegerField: {"form_class": WholeNumberField, "widget": widgets.AdminTextInputWidget},
    models.EmailField: {"form_class": AddressField, "widget": widgets.AdminEmailInputWidget},
    models.DecimalField: {"form_class": NumberField, "widget": widgets.AdminTextInputWidget},
    models.DateField: {"form_class": DateField, "widget": widgets.AdminDateWidget},
    models.DateTimeField: {"form_class": SplitMomentField, "widget": widgets.AdminSplitDateTime},
}
# What every page of the admin starts from. Django's own fields would read 1.000 as one.
FORMFIELD_FOR_DBFIELD_DEFAULTS.update(ADMIN_FIELDS)


def enter_through_login(request: HttpRequest) -> HttpResponse:
    """Send visitors to the log-in page, and from there to where they were going.

    Raises:
        PermissionDenied: the person is logged in, but has no access to the admin.
    """
    if request.user.is_authenticated:
        raise PermissionDenied("admin.enter")
    return redirect_to_login(request.GET.get("next", ""))


@dataclass(frozen=True)
class CountedModel:
    """A table on the start page: what its rows are called, how many there are, and what can be done with them."""

    name: str
    plural: str
    number: int
    url: str
    add_url: str
    export_url: str

    @classmethod
    def of(cls, model: type[models.Model], admin: ModelAdmin, request: HttpRequest) -> CountedModel:
        """As the person may see it."""
        prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        return cls(
            str(model._meta.verbose_name),
            str(model._meta.verbose_name_plural),
            model._default_manager.count(),
            reverse(f"{prefix}_changelist"),
            reverse(f"{prefix}_add") if admin.has_add_permission(request) else "",
            reverse(f"{prefix}_export") if hasattr(admin, "export_action") else "",
        )


class CoordinationSite(AdminSite):
    """The Django admin, for coordinators who have logged in to the site with a second factor."""

    site_title = site_header = _("VICTOR administration")
    index_title = _("Administration")
    enable_nav_sidebar = False  # lists need the width; the start page has all tables

    def index(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> TemplateResponse:
        """The start page: what is to be done, how much there is, and what has changed."""
        shown = {
            "work": worklist_of(signed_in_user(request)),
            "needs": needs_of(signed_in_user(request)),
            "panels": panels_of(signed_in_user(request)),
            "buttons": [button for button in buttons_of(signed_in_user(request)) if button.route != "admin:index"],
            "search_url": reverse(settings.STAFF_SEARCH_URL),
            "counted": self._counted(request),
            "changes": LogEntry.objects.select_related("user", "content_type").order_by("-action_time")[:MAX_CHANGES],
        }
        return super().index(request, {**shown, **(extra_context or {})})

    def _counted(self, request: HttpRequest) -> list[CountedModel]:
        """The tables that most work is about, with their numbers of rows."""
        admins = [(model, admin) for model, admin in self._registry.items() if getattr(admin, "is_counted", False)]
        return [CountedModel.of(model, admin, request) for model, admin in admins if admin.has_view_permission(request)]

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and has_second_factor(request.user)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The pages of the admin without those for log-in, log-out and passwords: the site has its own."""
        urls = [url for url in super().get_urls() if getattr(url, "name", None) not in OWN_ROUTES]
        leave = RedirectView.as_view(pattern_name="account_logout")
        return [path("login/", enter_through_login, name="login"), path("logout/", leave, name="logout"), *urls]
