from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")

    def ready(self) -> None:
        """Let publishing ask for alternative texts, and pictures know which campaigns show them."""
        from campaigns import requirements, usage  # noqa: F401, PLC0415 - needs the models
