from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from queue import Empty
from typing import Any

import pytest

from victor.celery import app
from victor.vault.groups.tasks import reseal


def take_queued() -> Iterator[list[str]]:
    """What the broker holds for the worker that reseals, taken from it."""
    with (
        suppress(Empty),
        app.connection_for_read() as connection,
        connection.SimpleQueue("celery", no_ack=True) as queue,
    ):
        while message := queue.get(block=False):
            if message.headers["task"] == reseal.name:
                yield message.payload[0]


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    """What other tests have published is nobody's any more."""
    list(take_queued())


@pytest.fixture
def worker(django_capture_on_commit_callbacks: Any) -> Callable[[], AbstractContextManager[None]]:
    """What happens inside is committed; then the worker does what it finds in the broker."""

    @contextmanager
    def work() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield
        for arguments in take_queued():
            reseal(*arguments)

    return work
