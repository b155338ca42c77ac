from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime

import pytest
import time_machine


@pytest.fixture(autouse=True)
def outbox(settings) -> None:
    """Mail becomes rows of the outbox, as in production; pytest-django would keep it in memory."""
    settings.EMAIL_BACKEND = "victor.mail.backend.OutboxBackend"


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """Travel to a moment, at which the clock stands still: `at(moment)`."""
    with ExitStack() as travels:
        yield lambda moment: travels.enter_context(time_machine.travel(moment, tick=False))
