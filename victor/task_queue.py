"""Ask the worker for a task by its written name, so that what asks need not import what does the work."""

from __future__ import annotations

from celery import current_app
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
