from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "victor.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Let publishing ask for the funder's notice."""
        from victor.pages import requirements  # noqa: F401, PLC0415 - needs the models
