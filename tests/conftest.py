import pytest


@pytest.fixture(autouse=True)
def as_in_production(settings) -> None:
    """Mail becomes rows of the outbox, where pytest-django would keep it in memory; static files need no collecting."""
    settings.EMAIL_BACKEND = "victor.mail.backend.OutboxBackend"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
