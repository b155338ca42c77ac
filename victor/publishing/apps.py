from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "victor.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Let pictures know which texts show them."""
        from victor.publishing import picture_uses  # noqa: F401, PLC0415 - needs the models
