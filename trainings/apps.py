from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    name = "trainings"
    verbose_name = _("Training seminars")

    def ready(self) -> None:
        """Let publishing ask for what seminars need."""
        from trainings import requirements  # noqa: F401, PLC0415 - needs the models
