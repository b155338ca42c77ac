from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesksConfig(AppConfig):
    name = "desks"
    verbose_name = _("Intervention desks")

    def ready(self) -> None:
        """Let publishing ask what a desk needs, and partners take the keys from those who leave."""
        from desks import actions, requirements  # noqa: F401, PLC0415 - needs the models
