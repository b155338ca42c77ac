from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from queue import Empty
from typing import Any

import pytest

from victor.celery import app


def take_queued() -> Iterator[Any]:
    """What the broker holds for any worker, taken from it: the names of tasks and their arguments."""
    with (
        suppress(Empty),
        app.connection_for_read() as connection,
        connection.SimpleQueue("celery", no_ack=True) as queue,
    ):
        while message := queue.get(block=False):
            yield message.headers["task"], message.payload[0]


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    """What other tests have published is nobody's any more."""
    list(take_queued())
