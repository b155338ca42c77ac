"""Who of the threads of forms may use the processor: one at a time, so that pages need not share it with many.

A thread that waits for something else, for a key or for a process that reads a file, gives its turn away meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_WAIT = 5.0  # seconds; then a thread goes on all the same, so that nothing ever hangs here
RETURN_WAIT = 0.5  # the same for a thread that has had a turn: others may wait for a row that it has locked


class Turns:
    """One thread at a time has the turn."""

    def __init__(self) -> None:
        self._free = threading.BoundedSemaphore(1)
        self._own = threading.local()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for the turn, and have it in this block."""
        self._take(LONGEST_WAIT)
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def given_away(self) -> Iterator[None]:
        """Let others have the turn in this block. Without a turn, nothing happens."""
        had_turn = getattr(self._own, "has_turn", False)
        if had_turn:
            self._give()
        try:
            yield
        finally:
            if had_turn:
                self._take(RETURN_WAIT)

    def _take(self, seconds: float) -> None:
        self._own.has_turn = self._free.acquire(timeout=seconds)

    def _give(self) -> None:
        if self._own.has_turn:
            self._own.has_turn = False
            self._free.release()


TURNS = Turns()
