"""Ask the worker for a task by its written name, so that what asks need not import what does the work."""

from __future__ import annotations

from typing import Any

from celery import current_app
from kombu.exceptions import OperationalError


def queue_task(name: str, *arguments: Any, **options: Any) -> bool:
    """Queue a task; whether the broker took it. Where it did not, the clock does what was asked for.

    `options` are those of Celery's `apply_async`.
    """
    try:
        current_app.signature(name, args=arguments).apply_async(**options)
    except OperationalError:
        return False
    return True
