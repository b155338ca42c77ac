import pytest


@pytest.fixture(autouse=True)
def outbox(settings) -> None:
    """Mail becomes rows of the outbox, as in production; pytest-django would keep it in memory."""
    settings.EMAIL_BACKEND = "victor.mail.backend.OutboxBackend"
