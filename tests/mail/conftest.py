from __future__ import annotations

from collections.abc import Callable

import pytest

from victor.mail.actions import queue
from victor.mail.models import Message


@pytest.fixture
def write() -> Callable[..., Message]:
    """Put a message into the outbox."""

    def write(recipient: str = "anna@example.org", **changes: str | bool) -> Message:
        words = {"subject": "A word", "text": "Come in.", "language": "en", "sender": "VICTOR <victor@example.org>"}
        return queue(recipient=recipient, **words | changes)

    return write
