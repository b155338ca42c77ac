"""Marks in the WSGI environment, by which the web server's loop and the site tell each other something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BODY_FAULT = "victor.body_fault"  # the body is missing, and why
MEMORY = "victor.memory"  # a `RequestMemory`, where the loop can call the site again for the same request
CALL_AGAIN = "victor.call_again"  # seconds after which the site wants that


class BodyFault(StrEnum):
    """Why the body of a request was not read. The page that answers is chosen by it."""

    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NO_ROOM = "no_room"


STATUS = {BodyFault.TOO_LARGE: 413, BodyFault.TOO_SLOW: 408, BodyFault.NO_ROOM: 503}


class CallAgain(Exception):
    """The site answers this request later: it waits without a thread, and a view is called for it again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass
class RequestMemory:
    """What the site remembers of a request for which it wants to be called again."""

    waited: float = 0.0  # seconds so far
    has_turn: bool = False  # it has waited for its turn in a throttle
