"""Listens for the changes that the database notifies of."""

from __future__ import annotations

import select
import threading
import time

import psycopg2
import psycopg2.extensions
import structlog
from django.db import connection

from victor.pagecache.triggers import CHANNEL

SILENCE_SECONDS = 1.0  # without an answer from the database, after which no stored page is used
POLL_SECONDS = 0.3  # between two questions to the database
log = structlog.get_logger(__name__)


class ChangeListener:
    """Counts the changes that the database notifies of, in a thread of its own."""

    def __init__(self) -> None:
        self.count = 0
        self.answered_at = -SILENCE_SECONDS  # when the last question was asked that the database has answered
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def listen(self) -> None:
        """Start the thread, once in a process, after the server has forked its processes."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="pagecache", daemon=True)
                self._thread.start()

    def is_known(self, now: float) -> bool:
        """Whether `count` includes all changes up to a second ago."""
        return now - self.answered_at < SILENCE_SECONDS

    def _listen(self) -> None:
        while True:
            try:
                self._follow(connection.get_new_connection(connection.get_connection_params()))
            except (psycopg2.Error, OSError, ValueError) as error:  # the last two come from a closed connection
                log.warning("pages are not kept until the database is back", type=type(error).__name__)
                time.sleep(SILENCE_SECONDS)

    def _follow(self, listener: psycopg2.extensions.connection) -> None:
        try:
            listener.autocommit = True
            cursor = listener.cursor()
            cursor.execute(f"LISTEN {CHANNEL}")
            self.count += 1  # for changes before it listened
            while True:
                asked_at = time.monotonic()
                cursor.execute("SELECT 1")
                self._count_notifications(listener)
                self.answered_at = asked_at
                select.select([listener], [], [], POLL_SECONDS)
                listener.poll()
                self._count_notifications(listener)
        finally:
            listener.close()

    def _count_notifications(self, listener: psycopg2.extensions.connection) -> None:
        if listener.notifies:
            self.count += 1
            listener.notifies.clear()
