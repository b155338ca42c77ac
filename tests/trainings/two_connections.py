"""Two transactions at once, each with a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from victor.mail.models import Message

SECONDS = 20


def in_own_connection(act: Callable[..., Any], *arguments: Any) -> Any:
    """Call `act` in this thread, and close the connection that the thread opened."""
    try:
        return act(*arguments)
    finally:
        connection.close()


def wait_until_somebody_waits() -> None:
    """Return once a connection asks for a lock that another one holds."""
    limit = time.monotonic() + SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < limit:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.02)")
    pytest.fail("nobody waits")


@contextmanager
def stopped_at_first_mail(act: Callable[[], Any]) -> Iterator[Future[Any]]:
    """Run `act` in a connection of its own until it writes its first mail; at the end of the block it goes on."""
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Message._meta.db_table} IN SHARE MODE")
        action = pool.submit(in_own_connection, act)
        wait_until_somebody_waits()
        yield action
