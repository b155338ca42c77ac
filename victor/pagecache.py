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
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pgtrigger
import psycopg2
import structlog
from django.db import connection

CHANNEL = "public_pages"
TELLS_OF_CHANGES = pgtrigger.Trigger(
    name="tells_of_changes",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL;",
)

KEPT = "victor.pagecache"  # in the environment of a request: its answer may be kept
COUNTED = "victor.counted"  # there too: what the answer counts as, kept beside it for those who count
LONGEST = 30.0  # seconds that a page is used: some of what it says depends on the clock
SILENCE = 1.0  # seconds without word from the database after which nothing kept is used
LISTENING = 0.3  # seconds between two words
PATIENCE = 5.0  # seconds that a request waits for another that renders the same page
MOST_BYTES = 64 * 1024 * 1024

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Key = tuple[str, str, str, str]
log = structlog.get_logger(__name__)


def keep(environ: dict[str, Any]) -> None:
    """Allow the answer to this request to be kept: it is the same for everybody who has no cookie."""
    environ[KEPT] = True


@dataclass(frozen=True)
class Answer:
    """What was rendered, when, and after how many changes; and what giving it out counts as."""

    headers: Headers
    body: bytes
    changes: int
    rendered: float
    counted: Any


class Changes:
    """Counts the changes that the database tells of, in a thread of its own."""

    def __init__(self) -> None:
        self.count = 0
        self.heard = -SILENCE  # when the database last gave word
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
        return now - self.heard < SILENCE

    def _listen(self) -> None:
        while True:
            try:
                self._follow(connection.get_new_connection(connection.get_connection_params()))
            except (psycopg2.Error, OSError, ValueError) as error:  # the last two: of a connection that is closed
                log.warning("pages are not kept until the database is back", type=type(error).__name__)
                time.sleep(SILENCE)

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
                select.select([listener], [], [], LISTENING)
                listener.poll()
                self._note(listener)
        finally:
            listener.close()

    def _note(self, listener: Any) -> None:
        if listener.notifies:
            self.count += 1
            listener.notifies.clear()


class PageCache:
    """The portal's application, asked only for what is not kept."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.changes = Changes()
        self.answers: dict[Key, Answer] = {}
        self.bytes = 0
        self._keeping = threading.Lock()
        self._rendering: dict[Key, threading.Event] = {}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _is_anybodys(environ):
            return self.application(environ, start_response)
        key = (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_X_FORWARDED_PROTO", ""),
            environ.get("HTTP_HOST", ""),
            environ["PATH_INFO"],
        )
        if answer := self._kept(key):
            return _given(answer, environ, start_response)
        return self._rendered_once(key, environ, start_response)

    def _kept(self, key: Key) -> Answer | None:
        answer, now = self.answers.get(key), time.monotonic()
        if answer is None or not self.changes.is_known(now):
            return None
        return answer if answer.changes == self.changes.count and now - answer.rendered < LONGEST else None

    def _rendered_once(self, key: Key, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Render, or wait for the one who does."""
        mine = threading.Event()
        first = self._rendering.setdefault(key, mine)
        if first is not mine:
            first.wait(PATIENCE)
            if answer := self._kept(key):
                return _given(answer, environ, start_response)
            return self.application(environ, start_response)
        try:
            return self._rendered(key, environ, start_response)
        finally:
            del self._rendering[key]
            mine.set()

    def _rendered(self, key: Key, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.changes.listen()
        changes, known = self.changes.count, self.changes.is_known(time.monotonic())
        said: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, *more: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers, *more)

        body = self.application(environ, note)
        status, headers = said[0]
        if not (known and environ.get(KEPT) and status == "200 OK" and _may_be_kept(environ, headers)):
            return body
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        self._keep(key, Answer(list(headers), whole, changes, time.monotonic(), environ.get(COUNTED)))
        return [whole]

    def _keep(self, key: Key, answer: Answer) -> None:
        with self._keeping:
            self._forget(key)
            self.answers[key] = answer
            self.bytes += len(answer.body)
            while self.bytes > MOST_BYTES:
                self._forget(next(iter(self.answers)))

    def _forget(self, key: Key) -> None:
        if old := self.answers.pop(key, None):
            self.bytes -= len(old.body)


def _given(answer: Answer, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ[COUNTED] = answer.counted
    start_response("200 OK", list(answer.headers))
    return [answer.body]


def _is_anybodys(environ: dict[str, Any]) -> bool:
    """Whether a request could be any visitor's, and is of a kind of which there are not endlessly many."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and "HTTP_COOKIE" not in environ
        and environ.get("HTTP_X_FORWARDED_PROTO", "") in {"", "http", "https"}
    )


def _may_be_kept(environ: dict[str, Any], headers: Headers) -> bool:
    """Nothing with a cookie, a token of a form or a nonce is anybody else's."""
    if "CSRF_COOKIE" in environ:
        return False
    return not any(
        name.lower() == "set-cookie" or (name.lower() == "content-security-policy" and "'nonce-" in value)
        for name, value in headers
    )
