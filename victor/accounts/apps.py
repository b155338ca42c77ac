"""The app of accounts, and the configuration of the admin."""

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _

from victor.slices import import_modules, modules_named

# Models of libraries. Permissions follow from roles here. Factors, addresses and sessions are private to their owner.
NOT_FOR_COORDINATORS = [
    "auth.Group",
    "account.EmailAddress",
    "account.EmailConfirmation",
    "mfa.Authenticator",
    "usersessions.UserSession",
]


class AccountsConfig(AppConfig):
    default = True
    name = "victor.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from victor.accounts import checks, log_ins  # noqa: F401, PLC0415 - both need the apps loaded

        log_ins.connect()


class CoordinationConfig(admin_apps.AdminConfig):
    """The Django admin, entered through the log-in page of the site only."""

    default = False
    default_site = "victor.accounts.site.CoordinationSite"

    def ready(self) -> None:
        """Register the admins of all apps, and remove the models that coordinators must not see."""
        from django.contrib.admin import site  # noqa: PLC0415 - needs the apps loaded

        super().ready()
        import_modules(modules_named("admin"))
        site.unregister([model for name in NOT_FOR_COORDINATORS if site.is_registered(model := apps.get_model(name))])
