"""Whole public pages, answered before Django wakes.

A process keeps the pages it has rendered for visitors without a cookie and without a query. Whatever public pages show
lies in tables that tell of each change when it is committed (`TELLS_OF_CHANGES`); a process that hears of one uses
nothing it rendered before, and a process that has heard nothing for a second, not even that all is quiet, uses nothing
at all. So a change is seen everywhere within one second, and what it replaced never again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from victor.pagecache.changes import ChangeListener
from victor.pagecache.environ import COUNTED_AS, MAY_CACHE

MAX_SECONDS = 30.0  # seconds that a page is used: some of what it says depends on the clock
WAIT_SECONDS = 5.0  # seconds that a request waits for another that renders the same page
MAX_BYTES = 64 * 1024 * 1024
Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
CacheKey = tuple[str, str, str, str]


@dataclass(frozen=True)
class CachedAnswer:
    """What was rendered, when, and after how many changes; and what giving it out counts as."""

    headers: Headers
    body: bytes
    changes: int
    rendered: float
    counted: Any


class PageCache:
    """The portal's application, asked only for what is not kept."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.changes = ChangeListener()
        self.answers: dict[CacheKey, CachedAnswer] = {}
        self.bytes = 0
        self._keeping = threading.Lock()
        self._rendering: dict[CacheKey, threading.Event] = {}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _is_anonymous_get(environ):
            return self.application(environ, start_response)
        key = (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_X_FORWARDED_PROTO", ""),
            environ.get("HTTP_HOST", ""),
            environ["PATH_INFO"],
        )
        if answer := self._kept(key):
            return _send(answer, environ, start_response)
        return self._rendered_once(key, environ, start_response)

    def _kept(self, key: CacheKey) -> CachedAnswer | None:
        answer, now = self.answers.get(key), time.monotonic()
        if answer is None or not self.changes.is_known(now):
            return None
        return answer if answer.changes == self.changes.count and now - answer.rendered < MAX_SECONDS else None

    def _rendered_once(
        self, key: CacheKey, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Render, or wait for the one who does."""
        mine = threading.Event()
        first = self._rendering.setdefault(key, mine)
        if first is not mine:
            first.wait(WAIT_SECONDS)
            if answer := self._kept(key):
                return _send(answer, environ, start_response)
            return self.application(environ, start_response)
        try:
            return self._rendered(key, environ, start_response)
        finally:
            del self._rendering[key]
            mine.set()

    def _rendered(self, key: CacheKey, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.changes.listen()
        changes, known = self.changes.count, self.changes.is_known(time.monotonic())
        said: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, *more: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers, *more)

        body = self.application(environ, note)
        status, headers = said[0]
        if not (known and environ.get(MAY_CACHE) and status == "200 OK" and _may_be_cached(environ, headers)):
            return body
        try:
            whole = b"".join(body)
        finally:
            if hasattr(body, "close"):
                body.close()
        self._keep(key, CachedAnswer(list(headers), whole, changes, time.monotonic(), environ.get(COUNTED_AS)))
        return [whole]

    def _keep(self, key: CacheKey, answer: CachedAnswer) -> None:
        with self._keeping:
            self._forget(key)
            self.answers[key] = answer
            self.bytes += len(answer.body)
            while self.bytes > MAX_BYTES:
                self._forget(next(iter(self.answers)))

    def _forget(self, key: CacheKey) -> None:
        if old := self.answers.pop(key, None):
            self.bytes -= len(old.body)


def _send(answer: CachedAnswer, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ[COUNTED_AS] = answer.counted
    start_response("200 OK", list(answer.headers))
    return [answer.body]


def _is_anonymous_get(environ: dict[str, Any]) -> bool:
    """Whether a request could be any visitor's, and is of a kind of which there are not endlessly many."""
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and "HTTP_COOKIE" not in environ
        and environ.get("HTTP_X_FORWARDED_PROTO", "") in {"", "http", "https"}
    )


def _may_be_cached(environ: dict[str, Any], headers: Headers) -> bool:
    """Nothing with a cookie, a token of a form or a nonce is anybody else's."""
    if "CSRF_COOKIE" in environ:
        return False
    return not any(
        name.lower() == "set-cookie" or (name.lower() == "content-security-policy" and "'nonce-" in value)
        for name, value in headers
    )
