"""Counts readers in daily totals, without identifier, IP address or cookie.

A view declares what its answer counts as (`count_as`). A wrapper around the whole application adds up in memory what
readers asked for, and writes the sums every few seconds. A process that is killed loses what it has not written yet.
"""

from __future__ import annotations

import atexit
import threading
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from crawleruseragents import is_crawler
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from victor.analytics.states import Use
from victor.pagecache.environ import COUNTED_AS

WRITE_SECONDS = 5.0  # between two writes
MAX_AGENTS = 2_000  # user agents that are remembered
log = structlog.get_logger(__name__)


class CountedUse(NamedTuple):
    """A use of an object in a language."""

    content_type: int
    object_id: int
    language: str
    use: str


def count_as(environ: WSGIEnvironment, obj: models.Model, language: str, use: Use) -> None:
    """Declare that the answer to this request is a use of an object."""
    environ[COUNTED_AS] = CountedUse(ContentType.objects.get_for_model(obj).pk, obj.pk, language, use.value)


class ReaderCounter:
    """A WSGI application whose readers are counted."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.totals = UnwrittenTotals()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self.application(environ, start_response)
        self.count(environ, environ.get(COUNTED_AS))
        return answer

    def count(self, environ: WSGIEnvironment, use: object) -> None:
        """Count what an answer counts as, where a reader asked."""
        if isinstance(use, CountedUse) and is_reader(environ):
            self.totals.add(use)
            self.totals.start_writing()


class UnwrittenTotals:
    """Sums that are not in the database yet."""

    def __init__(self) -> None:
        self._sums: Counter[CountedUse] = Counter()
        self._adding = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, use: CountedUse) -> None:
        """Count one more use."""
        with self._adding:
            self._sums[use] += 1

    def start_writing(self) -> None:
        """Start the thread that writes, once in a process, after the server has forked its processes."""
        if self._thread is None:
            with self._adding:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._write_repeatedly, name="counts", daemon=True)
                    self._thread.start()
                    atexit.register(self.write)

    def write(self) -> None:
        """Add the sums to the totals of today. What cannot be written now is written the next time."""
        with self._adding:
            sums, self._sums = self._sums, Counter()
        try:
            add_to_totals(sums)
        except DatabaseError as error:
            log.warning("readers are counted once the database is back", type=type(error).__name__)
            with self._adding:
                self._sums.update(sums)
        finally:
            connection.close()

    def _write_repeatedly(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(WRITE_SECONDS)
            if self._sums:
                self.write()


@transaction.atomic
def add_to_totals(sums: Counter[CountedUse]) -> None:
    """Add sums to the totals of today. Rows are written in one order, so that two processes cannot deadlock."""
    day = timezone.localdate()
    with connection.cursor() as cursor:
        for use, number in sorted(sums.items()):
            cursor.execute(
                "INSERT INTO counts_dailytotal AS total (day, content_type_id, object_id, language, use, number) "
                "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (content_type_id, object_id, use, day, language) "
                "DO UPDATE SET number = total.number + excluded.number",
                [day, *use, number],
            )


def is_reader(environ: WSGIEnvironment) -> bool:
    """Whether a reader asked: not staff, no crawler or other program, no browser that prefetches."""
    if environ["REQUEST_METHOD"] != "GET" or f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", ""):
        return False
    if "prefetch" in (environ.get("HTTP_SEC_PURPOSE") or environ.get("HTTP_PURPOSE") or ""):
        return False
    return not _is_program(environ.get("HTTP_USER_AGENT", ""))


@lru_cache(MAX_AGENTS)
def _is_program(agent: str) -> bool:
    return not agent or is_crawler(agent)
