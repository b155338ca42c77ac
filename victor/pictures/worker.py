"""Ask the worker for the sizes of a picture."""

from __future__ import annotations

import structlog

from victor.task_queue import queue_task

log = structlog.get_logger(__name__)


def request_sizes(pk: int) -> None:
    """Queue the making of a picture's sizes, or leave it to the sweep."""
    if not queue_task("victor.pictures.tasks.make_sizes", pk):
        log.warning("broker unreachable, the sizes wait for the sweep", picture=pk)
