from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        """Let search find partners, networks and help."""
        from partners import search  # noqa: F401, PLC0415 - needs the models
