"""Readers are counted, nobody is followed: daily totals without identifier, address or cookie.

A view says what its answer counts as (`counts_as`); the wrapper around the whole application adds it up in memory when
a reader asked, and writes the sums every few seconds. A process that is killed loses the seconds since it last wrote.
"""

from __future__ import annotations

import atexit
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import structlog
from crawleruseragents import is_crawler
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from victor.analytics.states import Use
from victor.pagecache.environ import COUNTED_AS

WRITE_SECONDS = 5.0  # seconds between two writings
MAX_AGENTS = 2_000  # programs' names that are remembered with what they are
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
log = structlog.get_logger(__name__)


class CountedUse(NamedTuple):
    """A use of a thing in a language."""

    content_type: int
    object_id: int
    language: str
    use: str


def count_as(environ: dict[str, Any], obj: models.Model, language: str, use: Use) -> None:
    """Say that the answer to this request is a use of a thing, whoever gets it."""
    environ[COUNTED_AS] = CountedUse(ContentType.objects.get_for_model(obj).pk, obj.pk, language, use.value)


class ReaderCounter:
    """An application whose readers are counted."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.tally = Tally()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self.application(environ, start_response)
        counted = environ.get(COUNTED_AS)
        if counted and is_reader(environ):
            self.tally.add(counted)
            self.tally.start_writing()
        return answer


class Tally:
    """Sums that are not written yet."""

    def __init__(self) -> None:
        self._sums: Counter[CountedUse] = Counter()
        self._adding = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, counted: CountedUse) -> None:
        """Count one more."""
        with self._adding:
            self._sums[counted] += 1

    def start_writing(self) -> None:
        """Begin to write by the clock, once in a process: after the server has made its processes."""
        if self._thread is None:
            with self._adding:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._write_repeatedly, name="counts", daemon=True)
                    self._thread.start()
                    atexit.register(self.write)

    def write(self) -> None:
        """Add the sums to today's; what cannot be written now stays for the next time."""
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
    """Add sums to the totals of today, in one order, so that two processes never wait for each other in a circle."""
    day = timezone.localdate()
    with connection.cursor() as cursor:
        for counted, number in sorted(sums.items()):
            cursor.execute(
                "INSERT INTO counts_dailytotal AS total (day, content_type_id, object_id, language, use, number) "
                "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (content_type_id, object_id, use, day, language) "
                "DO UPDATE SET number = total.number + excluded.number",
                [day, *counted, number],
            )


def is_reader(environ: dict[str, Any]) -> bool:
    """Whether a person asked who is not one of the staff: no crawler, no program, no browser that looks ahead."""
    if environ["REQUEST_METHOD"] != "GET" or "sessionid=" in environ.get("HTTP_COOKIE", ""):
        return False
    if "prefetch" in (environ.get("HTTP_SEC_PURPOSE") or environ.get("HTTP_PURPOSE") or ""):
        return False
    return not _is_program(environ.get("HTTP_USER_AGENT", ""))


@lru_cache(MAX_AGENTS)
def _is_program(agent: str) -> bool:
    return not agent or is_crawler(agent)
