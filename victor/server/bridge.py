"""The way from the web server's event loop to the site, which is a WSGI application in threads.

The loop reads bodies (`bodies.py`) and hands whole requests to threads: pages have threads of their own, so that they
are answered whatever forms and uploads are doing. Answers that come in parts are sent at the pace of their reader,
which holds no thread either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from wsgiref.types import WSGIApplication, WSGIEnvironment

from victor.server.bodies import AsgiMessage, BodyLimits, BodyReader, BodyRefused, Disconnected, Receive, drop_rest
from victor.server.environ import SAFE_METHODS, Scope, body_length, build_environ, has_body
from victor.server.states import BODY_FAULT, CALL_AGAIN, MEMORY, BodyFault, RequestMemory
from victor.server.turns import TURNS

if TYPE_CHECKING:
    from _typeshed import OptExcInfo

Headers = list[tuple[bytes, bytes]]
StoredPage = tuple[Headers, bytes]  # headers and body
Send = Callable[[AsgiMessage], Awaitable[None]]
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
PAGE_THREADS, FORM_THREADS = 4, 20  # threads of forms mostly wait: for a turn, a key or a file
MAX_WAITING = 200  # requests that wait for a thread of forms; more are refused at once
MAX_PARKED = 1000  # requests that wait to be called again
PART_BYTES = 256 * 1024  # that are taken of an answer at a time


@dataclass
class Answer:
    """What the application answers: status and headers, a first part, and the parts that are still to come."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    first: bytes = b""
    parts: PartReader | None = None


class PartReader:
    """The body of an answer, in parts of a size that is worth a thread's time."""

    def __init__(self, body: Iterable[bytes]) -> None:
        self.body, self.iterator, self.is_finished = body, iter(body), False

    def read(self) -> bytes:
        """The next part; the last one closes the body."""
        part = bytearray()
        while len(part) < PART_BYTES:
            chunk = next(self.iterator, None)
            if chunk is None:
                self.close()
                break
            part += chunk
        return bytes(part)

    def close(self) -> None:
        """Let the application know that nothing more is read."""
        if not self.is_finished:
            self.is_finished = True
            if hasattr(self.body, "close"):
                self.body.close()


class Bridge:
    """An ASGI application around a WSGI application."""

    def __init__(
        self,
        application: WSGIApplication,
        limits: BodyLimits,
        is_staff: Callable[[WSGIEnvironment], bool],
        stored_page: Callable[[WSGIEnvironment], StoredPage | None],
    ) -> None:
        self.application, self.is_staff, self.stored_page = application, is_staff, stored_page
        self.bodies = BodyReader(limits)
        self.pages = ThreadPoolExecutor(PAGE_THREADS, "pages")
        self.forms = ThreadPoolExecutor(FORM_THREADS, "forms")
        self.waiting = self.parked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        environ = build_environ(scope)
        try:
            if has_body(environ):
                await self._answer_with_body(environ, receive, send)
            elif page := self.stored_page(environ):
                await _send_whole(200, *page, send)
            else:
                await self._answer(environ, BytesIO(), send)
        except Disconnected:
            return

    async def _answer_with_body(self, environ: WSGIEnvironment, receive: Receive, send: Send) -> None:
        async def is_staff() -> bool:
            return await _run(self.pages, self.is_staff, environ)

        try:
            async with self.bodies.read(receive, body_length(environ), is_staff) as content:
                self._refuse_crowd()
                environ["CONTENT_LENGTH"] = str(content.getbuffer().nbytes)
                await self._answer(environ, content, send)
        except BodyRefused as refusal:
            environ[BODY_FAULT] = refusal.fault
            environ["CONTENT_LENGTH"] = "0"
            await self._answer(environ, BytesIO(), send, closes=True)
            await drop_rest(receive)

    def _refuse_crowd(self) -> None:
        if self.waiting >= MAX_WAITING:
            raise BodyRefused(BodyFault.NO_ROOM)

    async def _answer(self, environ: WSGIEnvironment, content: BytesIO, send: Send, *, closes: bool = False) -> None:
        environ["wsgi.input"] = content
        is_page = environ["REQUEST_METHOD"] in SAFE_METHODS or BODY_FAULT in environ
        pool = self.pages if is_page else self.forms
        answer = await (_run(pool, self._call, environ) if is_page else self._answer_to_form(environ, content))
        headers = [*answer.headers, (b"connection", b"close")] if closes else answer.headers
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await self._send_body(answer, pool, send)

    async def _answer_to_form(self, environ: WSGIEnvironment, content: BytesIO) -> Answer:
        """Ask the application, and once more each time that it wants to be called again."""
        memory = RequestMemory()
        while True:
            if self.parked < MAX_PARKED:
                environ[MEMORY] = memory
            own = environ.copy()
            self.waiting += 1
            try:
                answer = await _run(self.forms, self._call_in_turn, own)
            finally:
                self.waiting -= 1
            seconds = own.get(CALL_AGAIN)
            if seconds is None:
                return answer
            await self._park(seconds)
            memory.waited += seconds
            content.seek(0)

    async def _park(self, seconds: float) -> None:
        self.parked += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self.parked -= 1

    def _call_in_turn(self, environ: WSGIEnvironment) -> Answer:
        with TURNS.one():
            return self._call(environ)

    async def _send_body(self, answer: Answer, pool: ThreadPoolExecutor, send: Send) -> None:
        part, parts = answer.first, answer.parts
        try:
            while parts is not None and not parts.is_finished:
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = await _run(pool, parts.read)
        finally:
            if parts is not None and not parts.is_finished:
                await _run(pool, parts.close)
        await send({"type": "http.response.body", "body": part, "more_body": False})

    def _call(self, environ: WSGIEnvironment) -> Answer:
        """Ask the application, in a thread; take the first part of what it answers."""
        answer = Answer()

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            answer.status = int(status.split(" ", 1)[0])
            answer.headers = raw_headers(headers)
            return _refuse_writing

        answer.parts = PartReader(self.application(environ, start_response))
        answer.first = answer.parts.read()
        return answer


async def _run(
    pool: ThreadPoolExecutor,
    function: Callable[Arguments, Result],
    *arguments: Arguments.args,
    **named: Arguments.kwargs,
) -> Result:
    """Call a function in a thread of the pool."""
    return await asyncio.get_running_loop().run_in_executor(pool, partial(function, *arguments, **named))


async def _send_whole(status: int, headers: Headers, body: bytes, send: Send) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def raw_headers(headers: list[tuple[str, str]]) -> Headers:
    """Headers as ASGI has them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def _refuse_writing(_content: bytes) -> object:
    raise NotImplementedError("Answers are returned, not written.")
