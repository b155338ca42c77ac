"""Throttling: many requests from one place are delayed, one after the other, however many come at once.

Each request over the free ones takes the next turn of its place, and waits for it without a thread: the server's loop
calls the site again (`victor/server/`). Where no turn comes within `MAX_WAIT`, it waits a little for one, and is then
crowded out: the door asks for a proof of work, or to try again.

A place is an IPv4 address or an IPv6 network, stored in the memory of this process only, as a digest with a salt that
is replaced every hour. Of a request whose place is unknown nobody's turn is taken: each waits the longest delay.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import Counter
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings

from victor.server.states import MEMORY, CallAgain, RequestMemory

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - its type only

DELAY_STEP, MAX_DELAY = 0.25, 2.0  # seconds
MAX_WAIT = 6.0  # seconds until one's turn; more than three turns
PAUSE, PATIENCE = 3.0, 6.0  # seconds between two looks whether there is room, and for which somebody looks
HOUR = 3600.0
UNKNOWN = ""  # a place that no proxy has told


class Passage(Enum):
    """How a request passed a throttle: by its proof of work, at once, after its delay, or not."""

    PROVEN = "proven"
    FREE = "free"
    DELAYED = "delayed"
    CROWDED = "crowded"


class Throttle:
    """Counts requests by place within an hour. The first `free` are not delayed."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.counts: Counter[bytes] = Counter()
        self.turns: dict[bytes, float] = {}  # when the last turn of a place that was given away is over
        self.salt, self.since = secrets.token_bytes(32), time.monotonic()
        self.counting = Lock()

    def forget(self) -> None:
        """Forget all places."""
        self.counts.clear()
        self.turns.clear()
        self.salt, self.since = secrets.token_bytes(32), time.monotonic()

    def take_turn(self, place: str) -> float | None:
        """Count one more request from a place. Return the seconds until its turn; None where too many wait before."""
        if place == UNKNOWN:
            return MAX_DELAY
        with self.counting:
            now = time.monotonic()
            if now - self.since > HOUR:
                self.forget()
            digest = hmac.new(self.salt, place.encode(), hashlib.sha256).digest()
            self.counts[digest] += 1
            over = self.counts[digest] - self.free
            if over <= 0:
                return 0
            turn = max(now, self.turns.get(digest, now)) + min(DELAY_STEP * over, MAX_DELAY)
            if turn - now > MAX_WAIT:
                return None
            self.turns[digest] = turn
            return turn - now


def pass_throttle(request: HttpRequest, throttle: Throttle) -> Passage:
    """Count a request, and let it wait for its turn. Where no server can call again, as in tests, it waits right here.

    Raises:
        CallAgain: it waits.
    """
    memory: RequestMemory | None = request.META.get(MEMORY)
    if memory and memory.has_turn:
        return Passage.DELAYED
    seconds = throttle.take_turn(place_of(request))
    if seconds is None:
        wait_for_room(request)
        return Passage.CROWDED
    if seconds == 0:
        return Passage.FREE
    if memory is None:
        time.sleep(seconds)
        return Passage.DELAYED
    memory.has_turn = True
    raise CallAgain(seconds)


def wait_for_room(request: HttpRequest) -> None:
    """Let a request wait without a thread and come again. Return once its patience is at an end.

    Raises:
        CallAgain: it waits.
    """
    memory: RequestMemory | None = request.META.get(MEMORY)
    if memory and memory.waited < PATIENCE:
        raise CallAgain(PAUSE)


def client_ip(request: HttpRequest) -> str:
    """The IP address of a request, as the outermost trusted proxy has seen it.

    The function of allauth fails where a request has passed fewer proxies. No report may be refused for that: then the
    address is unknown, and the empty text. So it is where the proxy does not say whom it has seen: its own address
    would make one place of all visitors.
    """
    trusted: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT or 0
    if not trusted:
        return str(request.META.get("REMOTE_ADDR", ""))
    addresses = [address.strip() for address in request.headers.get("X-Forwarded-For", "").split(",")]
    return addresses[-trusted] if trusted <= len(addresses) else UNKNOWN


def place_of(request: HttpRequest) -> str:
    """Where a request comes from, for a throttle: one connection to the internet. UNKNOWN where nobody can tell."""
    return network_of(client_ip(request))


def network_of(text: str) -> str:
    """The address, or the /64 network of an IPv6 address, because one connection has all its addresses.

    UNKNOWN where it is no address. Some proxies write a port behind it.
    """
    address = _parse_address(text)
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or IPv6Network((address, 64), strict=False))
    return UNKNOWN if address is None else str(address)


def _parse_address(text: str) -> IPv4Address | IPv6Address | None:
    bare = text.strip().split("%", 1)[0]
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return ip_address(bare)
    except ValueError:
        return None
