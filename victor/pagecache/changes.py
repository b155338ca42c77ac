"""Whole public pages, answered before Django wakes.

A process keeps the pages it has rendered for visitors without a cookie and without a query. Whatever public pages show
lies in tables that tell of each change when it is committed (`TELLS_OF_CHANGES`); a process that hears of one uses
nothing it rendered before, and a process that has heard nothing for a second, not even that all is quiet, uses nothing
at all. So a change is seen everywhere within one second, and what it replaced never again.
"""

from __future__ import annotations

import select
import threading
import time
from typing import Any

import psycopg2
import structlog
from django.db import connection

from victor.pagecache.triggers import CHANNEL

SILENCE_SECONDS = 1.0  # seconds without word from the database after which nothing kept is used
POLL_SECONDS = 0.3  # seconds between two words
log = structlog.get_logger(__name__)


class ChangeListener:
    """Counts the changes that the database tells of, in a thread of its own."""

    def __init__(self) -> None:
        self.count = 0
        self.heard = -SILENCE_SECONDS  # when the database last gave word
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def listen(self) -> None:
        """Begin to listen, once in a process: after the server has made its processes."""
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="pagecache", daemon=True)
                self._thread.start()

    def is_known(self, now: float) -> bool:
        """Whether `count` tells of all that happened until a second ago."""
        return now - self.heard < SILENCE_SECONDS

    def _listen(self) -> None:
        while True:
            try:
                self._follow(connection.get_new_connection(connection.get_connection_params()))
            except (psycopg2.Error, OSError, ValueError) as error:  # the last two: of a connection that is closed
                log.warning("pages are not kept until the database is back", type=type(error).__name__)
                time.sleep(SILENCE_SECONDS)

    def _follow(self, listener: Any) -> None:
        try:
            listener.autocommit = True
            cursor = listener.cursor()
            cursor.execute(f"LISTEN {CHANNEL}")
            self.count += 1  # whatever happened while nobody listened
            while True:
                asked = time.monotonic()
                cursor.execute("SELECT 1")
                self._note(listener)
                self.heard = asked
                select.select([listener], [], [], POLL_SECONDS)
                listener.poll()
                self._note(listener)
        finally:
            listener.close()

    def _note(self, listener: Any) -> None:
        if listener.notifies:
            self.count += 1
            listener.notifies.clear()
