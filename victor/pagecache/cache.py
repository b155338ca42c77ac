"""The page cache: whole public pages, answered before Django runs.

A process stores the pages that it has rendered for visitors without a cookie and without a query. The tables that
public pages read send a notification with each committed change (`NOTIFY_PAGE_CACHE`). After a notification a process
uses none of the pages it has rendered before. A process that has had no answer from the database for a second uses
none at all. So a change is visible everywhere within one second, and an old page never comes back.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from victor.pagecache.changes import ChangeListener
from victor.pagecache.environ import COUNTED_AS, MAY_CACHE

if TYPE_CHECKING:
    from _typeshed import OptExcInfo

MAX_SECONDS = 30.0  # for which a page is used: parts of it may depend on the clock
WAIT_SECONDS = 5.0  # for which a request waits for another that renders the same page
MAX_BYTES = 64 * 1024 * 1024
Headers = list[tuple[str, str]]
CacheKey = tuple[str, str, str, str]


@dataclass(frozen=True)
class CachedAnswer:
    """A rendered page: `changes` is the count of changes before it was rendered, `use` is what an answer counts as."""

    headers: Headers
    body: bytes
    changes: int
    rendered: float
    use: object


class PageCache:
    """A WSGI application that calls the site's own only for what is not stored."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.changes = ChangeListener()
        self.answers: dict[CacheKey, CachedAnswer] = {}
        self.bytes = 0
        self._storing = threading.Lock()
        self._rendering: dict[CacheKey, threading.Event] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_anonymous_get(environ):
            return self.application(environ, start_response)
        if answer := self.stored_answer(environ):
            return _send(answer, environ, start_response)
        return self._render_once(_key_of(environ), environ, start_response)

    def stored_answer(self, environ: WSGIEnvironment) -> CachedAnswer | None:
        """The stored page that answers a request. None where it has to be rendered. Asks nothing of anybody."""
        return self._find(_key_of(environ)) if _is_anonymous_get(environ) else None

    def _find(self, key: CacheKey) -> CachedAnswer | None:
        answer, now = self.answers.get(key), time.monotonic()
        if answer is None or not self.changes.is_known(now):
            return None
        return answer if answer.changes == self.changes.count and now - answer.rendered < MAX_SECONDS else None

    def _render_once(self, key: CacheKey, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Render a page, or wait for the request that is rendering it."""
        mine = threading.Event()
        first = self._rendering.setdefault(key, mine)
        if first is not mine:
            first.wait(WAIT_SECONDS)
            if answer := self._find(key):
                return _send(answer, environ, start_response)
            return self.application(environ, start_response)
        try:
            return self._render(key, environ, start_response)
        finally:
            del self._rendering[key]
            mine.set()

    def _render(self, key: CacheKey, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.changes.listen()
        changes, is_known = self.changes.count, self.changes.is_known(time.monotonic())
        starts: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, exc_info: OptExcInfo | None = None, /) -> Callable[[bytes], object]:
            starts.append((status, headers))
            return start_response(status, headers, exc_info)

        body = self.application(environ, note)
        status, headers = starts[0]
        if not (is_known and environ.get(MAY_CACHE) and status == "200 OK" and _may_be_cached(environ, headers)):
            return body
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        self._store(key, CachedAnswer(list(headers), whole, changes, time.monotonic(), environ.get(COUNTED_AS)))
        return [whole]

    def _store(self, key: CacheKey, answer: CachedAnswer) -> None:
        with self._storing:
            self._forget(key)
            self.answers[key] = answer
            self.bytes += len(answer.body)
            while self.bytes > MAX_BYTES:
                self._forget(next(iter(self.answers)))

    def _forget(self, key: CacheKey) -> None:
        if old := self.answers.pop(key, None):
            self.bytes -= len(old.body)


def _send(answer: CachedAnswer, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    environ[COUNTED_AS] = answer.use
    start_response("200 OK", list(answer.headers))
    return [answer.body]


def _key_of(environ: WSGIEnvironment) -> CacheKey:
    return (
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("HTTP_HOST", ""),
        environ["PATH_INFO"],
    )


def _is_anonymous_get(environ: WSGIEnvironment) -> bool:
    """Whether the answer is the same for all visitors, and the number of such addresses is limited."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and "HTTP_COOKIE" not in environ
        and environ.get("HTTP_X_FORWARDED_PROTO", "") in {"", "http", "https"}
    )


def _may_be_cached(environ: WSGIEnvironment, headers: Headers) -> bool:
    """Whether an answer is the same for others: without a cookie, a CSRF token or a nonce."""
    if "CSRF_COOKIE" in environ:
        return False
    return not any(
        name.lower() == "set-cookie" or (name.lower() == "content-security-policy" and "'nonce-" in value)
        for name, value in headers
    )
