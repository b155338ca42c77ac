"""Reads the bodies of requests before a thread works on them: in memory, within bounds of size, time and room.

Nothing of a body is written to a disk here. A slow sender costs a connection and the bytes that have come, never a
thread. Where room gets short, the slowest body is given up first: whoever sends at a usual speed is not pushed out.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from victor.server.states import BodyFault

AsgiMessage = dict[str, Any]  # of shapes that the web server chooses (ASGI 3)
Receive = Callable[[], Awaitable[AsgiMessage]]
MEGABYTE = 1024 * 1024
BYTES_PER_SECOND = 4096  # so fast a body has to come after its first seconds: half of what GPRS carries
SMALL_BYTES = 64 * 1024  # words without files always have room
MAX_READING = 1000  # bodies that are read at once in a process
GRACE_SECONDS = 2.0  # no body is given up for others before
LINGER_SECONDS = 10.0  # for which the rest of a refused body is read and dropped, so that its sender sees the answer


class Disconnected(Exception):
    """The sender has gone."""


class BodyRefused(Exception):
    """A body was not read to its end."""

    def __init__(self, fault: BodyFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class BodyLimits:
    """What a process accepts: bytes of one body, bytes of all bodies at once, seconds for the first of them."""

    largest: int
    largest_of_staff: int
    memory: int
    seconds: float


@dataclass(eq=False)
class Body:
    """One body that is read: what has come, and since when."""

    started: float
    alarm: asyncio.Timeout
    content: BytesIO = field(default_factory=BytesIO)
    received: int = 0
    is_given_up: bool = False

    def speed(self, now: float) -> float:
        """Bytes a second."""
        return self.received / max(now - self.started, 0.001)


class BodyReader:
    """Reads all bodies of a process. Used in its event loop only, so that nothing needs a lock."""

    def __init__(self, limits: BodyLimits) -> None:
        self.limits = limits
        self.bytes = 0
        self.reading: set[Body] = set()

    @asynccontextmanager
    async def read(
        self, receive: Receive, length: int | None, is_staff: Callable[[], Awaitable[bool]]
    ) -> AsyncIterator[BytesIO]:
        """The whole body, whose room is free again when the block is left. `length` is None where it was not said.

        Raises:
            BodyRefused: it is too large or too slow, or there is no room for it.
            Disconnected: its sender has gone.
        """
        largest = self.limits.largest
        if length is None or length > largest:
            largest = self.limits.largest_of_staff if await is_staff() else largest
        if length is not None and length > largest:
            raise BodyRefused(BodyFault.TOO_LARGE)
        body = await self._read_whole(receive, largest)
        try:
            yield body.content
        finally:
            self._release(body)

    async def _read_whole(self, receive: Receive, largest: int) -> Body:
        alarm = asyncio.timeout(None)
        body = Body(asyncio.get_running_loop().time(), alarm)
        self.reading.add(body)
        try:
            async with alarm:
                await self._fill(body, receive, largest)
        except TimeoutError:
            self._release(body)
            raise BodyRefused(BodyFault.NO_ROOM if body.is_given_up else BodyFault.TOO_SLOW) from None
        except BaseException:
            self._release(body)
            raise
        finally:
            self.reading.discard(body)
        body.content.seek(0)
        return body

    async def _fill(self, body: Body, receive: Receive, largest: int) -> None:
        more = True
        while more:
            allowed = self.limits.seconds + body.received / BYTES_PER_SECOND
            body.alarm.reschedule(body.started + allowed)
            message = await receive()
            if message["type"] != "http.request":
                raise Disconnected
            chunk, more = message.get("body", b""), message.get("more_body", False)
            if body.received + len(chunk) > largest:
                raise BodyRefused(BodyFault.TOO_LARGE)
            if not self._has_room(body, len(chunk)):
                raise BodyRefused(BodyFault.NO_ROOM)
            body.content.write(chunk)
            body.received += len(chunk)
            self.bytes += len(chunk)
        body.alarm.reschedule(None)

    def _has_room(self, body: Body, size: int) -> bool:
        """Whether so many bytes more have room, after the slowest were given up where that is needed."""
        while self.bytes + size > self.limits.memory or len(self.reading) > MAX_READING:
            slowest = self._slowest()
            if slowest is None or slowest is body:
                return body.received + size <= SMALL_BYTES
            slowest.is_given_up = True
            self.reading.discard(slowest)
            self._release(slowest)
            slowest.alarm.reschedule(0)
        return True

    def _slowest(self) -> Body | None:
        now = asyncio.get_running_loop().time()
        old = [body for body in self.reading if now - body.started > GRACE_SECONDS and not body.is_given_up]
        return min(old, key=lambda body: body.speed(now), default=None)

    def _release(self, body: Body) -> None:
        self.bytes -= body.received
        body.received = 0
        body.content = BytesIO()


async def drop_rest(receive: Receive) -> None:
    """Read what still comes of a refused body, and drop it: who is still sending would not see the answer."""
    try:
        async with asyncio.timeout(LINGER_SECONDS):
            more = True
            while more:
                message = await receive()
                more = message["type"] == "http.request" and message.get("more_body", False)
    except TimeoutError:
        pass
