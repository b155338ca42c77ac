from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    default = True
    name = "victor.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from victor.accounts import checks  # noqa: F401, PLC0415 - registers the checks once apps are loaded


class CoordinationConfig(admin_apps.AdminConfig):
    """The Django admin, entered through the log-in page of the site only."""

    default = False
    default_site = "victor.accounts.site.CoordinationSite"
