"""Ask the worker for a task by its written name, so that what asks need not import what does the work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app
from django.db import connection
from kombu.exceptions import OperationalError


def queue_task(name: str, *arguments: str | int, argsrepr: str | None = None) -> bool:
    """Queue a task; whether the broker took it. Where it did not, the clock does what was asked for.

    `argsrepr` is what the worker logs in place of the arguments.
    """
    try:
        current_app.signature(name, args=arguments).apply_async(argsrepr=argsrepr)
    except OperationalError:
        return False
    return True


@contextmanager
def only_worker(kind: int, number: int) -> Iterator[bool]:
    """Whether no other worker does this piece of work. The database frees the lock of a worker that is killed.

    The lock belongs to the connection, not to a transaction, and is on a number, not on a row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, number])
        is_only: bool = cursor.fetchone()[0]
        try:
            yield is_only
        finally:
            if is_only:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, number])
