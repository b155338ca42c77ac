"""Two at once, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from django.db import connection

LIMIT = 60  # seconds: more than any of these waits on a busy machine
PAUSE = 0.02


@contextmanager
def another() -> Iterator[Callable[..., Future]]:
    """Submit a call to a thread whose connection is its own."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda act, *given, **named: pool.submit(_call, act, *given, **named)


def _call(act: Callable[..., Any], *given: Any, **named: Any) -> Any:
    try:
        return act(*given, **named)
    finally:
        connection.close()


def wait_until(condition: Callable[[], bool]) -> None:
    """Until something is so that another thread brings about."""
    for _ in range(int(LIMIT / PAUSE)):
        if condition():
            return
        Event().wait(PAUSE)
    pytest.fail("what was waited for did not happen")


def somebody_waits() -> bool:
    """Whether a lock is asked for that another connection holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def refuse_to_wait() -> None:
    """Fail instead of waiting for a lock, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")
