"""Calls in threads, each with a connection to the database of its own, which is closed when the call ends.

An open connection would outlive the thread, and a database to which somebody is connected cannot be dropped. So every
thread of a test that asks the database is started here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection, connections, transaction

from tests.waiting import wait_until
from victor.mail.models import Message


@contextmanager
def another_connection(threads: int = 1) -> Iterator[Callable[..., Future[Any]]]:
    """Submit calls to threads whose connections are their own: `submit(act, *arguments, **named)`."""
    with ThreadPoolExecutor(threads) as pool:
        yield lambda act, *arguments, **named: pool.submit(_call, act, *arguments, **named)


def call_at_once(act: Callable[[Any], Any], arguments: Iterable[Any]) -> list[Any]:
    """Call `act` with each of the arguments, all at the same time, each in a connection of its own."""
    calls = list(arguments)
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(partial(_call, act), calls))


def _call(act: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    try:
        return act(*arguments, **named)
    finally:
        connections.close_all()


def somebody_waits() -> bool:
    """Whether a connection asks for a lock that another one holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def refuse_to_wait() -> None:
    """Fail instead of waiting for a lock, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")


@contextmanager
def stopped_at_first_mail(act: Callable[[], Any]) -> Iterator[Future[Any]]:
    """Run `act` in a connection of its own until it writes its first mail; at the end of the block it goes on."""
    with another_connection() as submit, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Message._meta.db_table} IN SHARE MODE")
        action = submit(act)
        wait_until(somebody_waits)
        yield action
