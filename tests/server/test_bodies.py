"""Room for bodies is bounded; where it gets short, the slowest is given up, and words always have room."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from victor.server import bodies
from victor.server.bodies import BodyLimits, BodyReader, BodyRefused, Disconnected
from victor.server.states import BodyFault

LIMITS = BodyLimits(largest=1000, largest_of_staff=5000, memory=6000, seconds=60)


class Sender:
    """A client: gives the chunks that it was told, and then waits until somebody tells it more."""

    def __init__(self, *chunks: bytes, is_whole: bool = True) -> None:
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        for number, chunk in enumerate(chunks, start=1):
            more = number < len(chunks) or not is_whole
            self.messages.put_nowait({"type": "http.request", "body": chunk, "more_body": more})

    async def receive(self) -> dict[str, Any]:
        message = await self.messages.get()
        self.messages.task_done()
        return message

    def leave(self) -> None:
        self.messages.put_nowait({"type": "http.disconnect"})


async def no_account() -> bool:
    return False


async def an_account() -> bool:
    return True


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a loop of a thread of its own: in this thread the loop of a browser's library may run."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


async def read(reader: BodyReader, sender: Sender, length: int | None, is_staff: Any = no_account) -> bytes:
    async with reader.read(sender.receive, length, is_staff) as content:
        return content.read()


def fault_of(attempt: Coroutine[Any, Any, bytes]) -> BodyFault:
    with pytest.raises(BodyRefused) as refusal:
        run(attempt)
    return refusal.value.fault


def test_read_returns_the_chunks_in_order():
    assert run(read(BodyReader(LIMITS), Sender(b"one ", b"two"), 7)) == b"one two"


@pytest.mark.parametrize("length", [1001, None])
def test_read_refuses_more_than_the_largest(length):
    assert fault_of(read(BodyReader(LIMITS), Sender(bytes(600), bytes(600)), length)) == BodyFault.TOO_LARGE


def test_read_accepts_more_from_an_account():
    whole = run(read(BodyReader(LIMITS), Sender(bytes(2000), bytes(2000)), 4000, an_account))
    assert len(whole) == 4000


def test_read_refuses_more_than_an_account_may_send():
    assert fault_of(read(BodyReader(LIMITS), Sender(bytes(6000)), None, an_account)) == BodyFault.TOO_LARGE


def test_read_gives_up_a_body_that_does_not_come():
    hasty = BodyLimits(largest=1000, largest_of_staff=1000, memory=6000, seconds=0.01)
    assert fault_of(read(BodyReader(hasty), Sender(b"x", is_whole=False), 100)) == BodyFault.TOO_SLOW


def test_read_notices_that_the_sender_has_gone():
    async def leave() -> None:
        sender = Sender(b"x", is_whole=False)
        sender.leave()
        await read(BodyReader(LIMITS), sender, 100)

    with pytest.raises(Disconnected):
        run(leave())


def test_read_returns_the_room_of_bodies_that_are_done():
    reader = BodyReader(LIMITS)
    run(read(reader, Sender(bytes(800)), 800))
    with pytest.raises(BodyRefused):
        run(read(reader, Sender(bytes(600), bytes(600)), None))
    assert reader.bytes == 0
    assert reader.reading == set()


async def crowded(reader: BodyReader, sender: Sender, *, age: float) -> tuple[BodyFault | None, bytes]:
    """A slow body of 5,000 bytes is there when another comes: what became of both."""
    slow_sender = Sender(bytes(5000), is_whole=False)
    slow = asyncio.create_task(read(reader, slow_sender, None, an_account))
    await slow_sender.messages.join()
    next(iter(reader.reading)).started -= age
    whole = await read(reader, sender, None, an_account)
    try:
        await asyncio.wait_for(slow, 0.01)
    except BodyRefused as refusal:
        return refusal.fault, whole
    except TimeoutError:
        return None, whole
    return None, whole


def test_slowest_body_is_given_up_where_room_is_short(monkeypatch):
    monkeypatch.setattr(bodies, "SMALL_BYTES", 0)
    fault, whole = run(crowded(BodyReader(LIMITS), Sender(bytes(3000)), age=10))
    assert fault == BodyFault.NO_ROOM
    assert len(whole) == 3000


def test_body_is_refused_where_no_other_can_be_given_up(monkeypatch):
    monkeypatch.setattr(bodies, "SMALL_BYTES", 0)
    assert fault_of(crowded(BodyReader(LIMITS), Sender(bytes(3000)), age=0)) == BodyFault.NO_ROOM


def test_words_have_room_where_files_have_none():
    fault, whole = run(crowded(BodyReader(LIMITS), Sender(bytes(3000)), age=0))
    assert fault is None
    assert len(whole) == 3000
