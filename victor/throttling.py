"""Throttling: many requests from one IP address are delayed, one at a time. None is refused.

The address is stored in the memory of this process only, as a digest with a salt that is replaced every hour.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import Counter
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest  # noqa: TID251 - its type only

DELAY_STEP, MAX_DELAY = 0.25, 2.0  # seconds
HOUR = 3600.0


class Throttle:
    """Counts requests by address within an hour. The first `free` are not delayed."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.counts: Counter[bytes] = Counter()
        self.salt, self.since = secrets.token_bytes(32), time.monotonic()
        self.counting, self.waiting = Lock(), BoundedSemaphore(1)

    def delay(self, address: str) -> bool:
        """Count one more request from an address, and delay it if there were too many. Returns whether there were."""
        over = self._count(address) - self.free
        if over <= 0:
            return False
        if self.waiting.acquire(blocking=False):  # others pass at once, so that waiting does not use up all threads
            try:
                time.sleep(min(DELAY_STEP * over, MAX_DELAY))
            finally:
                self.waiting.release()
        return True

    def _count(self, address: str) -> int:
        with self.counting:
            if time.monotonic() - self.since > HOUR:
                self.counts.clear()
                self.salt, self.since = secrets.token_bytes(32), time.monotonic()
            digest = hmac.new(self.salt, address.encode(), hashlib.sha256).digest()
            self.counts[digest] += 1
            return self.counts[digest]


def client_ip(request: HttpRequest) -> str:
    """The IP address of a request, as the outermost trusted proxy has seen it.

    The function of allauth fails where a request has passed fewer proxies. No report may be refused for that.
    """
    addresses = [address.strip() for address in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT or 0
    return addresses[-trusted] if 0 < trusted <= len(addresses) else str(request.META.get("REMOTE_ADDR", ""))
