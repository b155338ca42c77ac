"""Notifies the worker that mail is due."""

from __future__ import annotations

import time

import structlog

from victor.task_queue import queue_task

log = structlog.get_logger(__name__)


class WorkerNotifier:
    """Asks the worker to send mail. Nothing depends on it: the sweep sends what the worker was not asked for.

    After a broker did not answer, it is silent until the next sweep. So only one of many requests waits for a broker
    that hangs.
    """

    SILENCE = 15  # seconds

    def __init__(self) -> None:
        self.silent_until = 0.0

    def notify(self) -> None:
        """Queue a round of sending, or leave it to the sweep."""
        if time.monotonic() < self.silent_until:
            return
        if not queue_task("victor.mail.tasks.send_due"):
            self.silent_until = time.monotonic() + self.SILENCE
            log.warning("broker unreachable, mail waits for the sweep")


NOTIFIER = WorkerNotifier()


def notify_worker() -> None:
    """Ask the worker to send mail."""
    NOTIFIER.notify()
